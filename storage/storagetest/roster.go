package storagetest

// rosters: what a server tells is there for the others, not for itself, until it ends.
func rosters(w *world) {
	told := func(except string) (out map[string]string) {
		list, err := w.store.Rosters(w.ctx, except)
		w.must(err)
		out = map[string]string{}
		for _, r := range list {
			if r.Age < 0 || r.Age.Seconds() > 5 {
				w.Errorf("%s is %v old", r.Server, r.Age)
			}
			out[r.Server] = r.Text
		}
		return out
	}
	w.must(w.store.KeepRoster(w.ctx, "a", "one"))
	w.must(w.store.KeepRoster(w.ctx, "b", "two"))
	w.must(w.store.KeepRoster(w.ctx, "a", "three"))
	if got := told("b"); len(got) != 1 || got["a"] != "three" {
		w.Errorf("b hears %v", got)
	}
	if got := told("c"); len(got) != 2 || got["b"] != "two" {
		w.Errorf("a third hears %v", got)
	}
}
