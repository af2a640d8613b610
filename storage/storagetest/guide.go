package storagetest

import (
	"reflect"

	"rapport/hub/chat"
)

// versions: rewriting a template keeps what it said, with who and when, the
// latest first and a bounded number of them.
func versions(w *world) {
	v := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, Title: "One", Shortcut: "a", Body: "first", Steps: []chat.Step{chat.Closing},
		Fit: chat.Fit{Types: []string{"complaint"}}, ByID: w.agent.ID}
	w.must(w.store.SaveTemplate(w.ctx, &v))
	for _, body := range []string{"second", "third"} {
		got, err := w.store.Template(w.ctx, v.ID)
		w.must(err)
		if !reflect.DeepEqual(got.Fit, v.Fit) {
			w.Fatalf("fit %+v", got.Fit)
		}
		got.Body, got.ByID = body, ""
		w.must(w.store.SaveTemplate(w.ctx, got))
	}
	list, err := w.store.TemplateVersions(w.ctx, v.ID)
	w.must(err)
	if len(list) != 2 || list[0].Body != "second" || list[0].ByName != "" || list[1].Body != "first" || list[1].ByName != w.agent.Name ||
		list[1].At == 0 || !reflect.DeepEqual(list[1].Fit, v.Fit) || !reflect.DeepEqual(list[1].Steps, v.Steps) {
		w.Errorf("versions %+v", list)
	}
	stale := v
	stale.Version = 1
	w.refused(w.store.SaveTemplate(w.ctx, &stale), chat.Conflict)
	if n := w.count(`SELECT count(*) FROM template_version`); n != 2 {
		w.Errorf("a refused change left %d versions", n)
	}
	for range 55 {
		got, err := w.store.Template(w.ctx, v.ID)
		w.must(err)
		w.must(w.store.SaveTemplate(w.ctx, got))
	}
	if n := w.count(`SELECT count(*) FROM template_version`); n != 50 {
		w.Errorf("%d versions are kept", n)
	}
}

// promptEdits: the writer sees a changed guide at once, a key is one prompt's,
// and another site's prompt is out of reach.
func promptEdits(w *world) {
	guide := func() (keys []string) {
		w.write(func(tx chat.Tx) error {
			list, err := tx.Guide(w.site.ID)
			keys = nil
			for _, p := range list {
				keys = append(keys, p.Key+" "+p.Text)
			}
			return err
		})
		return keys
	}
	guide() // the writer has read it before it changes
	p := chat.Prompt{ID: chat.NewID(), SiteID: w.site.ID, Key: "feel", Step: chat.Understanding, Text: "Feelings first", Evidence: "feeling_named", Fit: chat.Fit{Moods: []string{"upset"}}, Position: 9}
	w.must(w.store.SavePrompt(w.ctx, &p))
	p.Text, p.Key = "Name the feeling", "another"
	w.must(w.store.SavePrompt(w.ctx, &p))
	if got, want := guide(), []string{"hello Greet them", "name Say who you are", "feel Name the feeling", "thanks Thank them"}; !reflect.DeepEqual(got, want) {
		w.Errorf("the guide is %q, want %q", got, want)
	}
	twin := p
	twin.ID, twin.Key = chat.NewID(), "feel"
	w.refused(w.store.SavePrompt(w.ctx, &twin), chat.Conflict)
	other := w.newSite()
	w.refused(w.store.DeletePrompt(w.ctx, other.ID, p.ID), chat.NotFound)
	foreign := p
	foreign.SiteID, foreign.Text = other.ID, "Taken over"
	if err := w.store.SavePrompt(w.ctx, &foreign); err == nil {
		w.Error("a prompt of one site was saved on another")
	}
	w.must(w.store.DeletePrompt(w.ctx, w.site.ID, p.ID))
	if got := guide(); len(got) != 3 {
		w.Errorf("after deleting: %q", got)
	}
	w.refused(w.store.DeletePrompt(w.ctx, w.site.ID, p.ID), chat.NotFound)
}

// answers and standards come back as they were, and are their site's alone.
func answersAndStandards(w *world) {
	a := chat.Answer{ID: chat.NewID(), SiteID: w.site.ID, Title: "How do returns work?", Shortcut: "ret", Text: "Send it back.", Link: "https://shop.example/returns",
		Words: []string{"return", "exchange"}, Pages: []string{"/returns"}, Quick: true, Origin: "starter:2", ByID: w.agent.ID}
	w.must(w.store.SaveAnswer(w.ctx, &a))
	list, err := w.store.Answers(w.ctx, w.site.ID)
	w.must(err)
	if len(list) != 1 || !reflect.DeepEqual(list[0], a) {
		w.Fatalf("got %+v, want %+v", list, a)
	}
	a.Text, a.Words, a.Quick = "Within 30 days.", []string{}, false
	w.must(w.store.SaveAnswer(w.ctx, &a))
	list, err = w.store.Answers(w.ctx, w.site.ID)
	w.must(err)
	if len(list) != 1 || !reflect.DeepEqual(list[0], a) {
		w.Errorf("got %+v, want %+v", list, a)
	}
	s := chat.Standard{ID: chat.NewID(), SiteID: w.site.ID, Key: "greet", Text: "We greet first", Why: "It opens a door.", Shown: "A hello.", Steps: []chat.Step{chat.Greeting}, Position: 1}
	w.must(w.store.SaveStandard(w.ctx, &s))
	s.Why = "It is polite."
	w.must(w.store.SaveStandard(w.ctx, &s))
	twin := s
	twin.ID = chat.NewID()
	w.refused(w.store.SaveStandard(w.ctx, &twin), chat.Conflict)
	if got, err := w.store.Standards(w.ctx, w.site.ID); err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], s) {
		w.Errorf("got %+v, want %+v: %v", got, s, err)
	}
	last := chat.Standard{ID: chat.NewID(), SiteID: w.site.ID, Key: "last", Text: "We wave", Why: "It is kind.", Position: 7}
	w.must(w.store.SaveStandard(w.ctx, &last))
	w.must(w.store.OrderStandards(w.ctx, w.site.ID, []string{last.ID, s.ID}))
	if got, err := w.store.Standards(w.ctx, w.site.ID); err != nil || got[0].ID != last.ID || got[1].Position != 2 {
		w.Errorf("ordered %+v: %v", got, err)
	}
	for _, ids := range [][]string{nil, {s.ID}, {s.ID, s.ID}, {s.ID, last.ID, chat.NewID()}} {
		w.refused(w.store.OrderStandards(w.ctx, w.site.ID, ids), chat.Conflict)
	}
	w.must(w.store.DeleteStandard(w.ctx, w.site.ID, last.ID))
	other := w.newSite()
	w.refused(w.store.DeleteAnswer(w.ctx, other.ID, a.ID), chat.NotFound)
	w.refused(w.store.DeleteStandard(w.ctx, other.ID, s.ID), chat.NotFound)
	w.must(w.store.DeleteAnswer(w.ctx, w.site.ID, a.ID))
	w.must(w.store.DeleteStandard(w.ctx, w.site.ID, s.ID))
	if n := w.count(`SELECT (SELECT count(*) FROM answer) + (SELECT count(*) FROM standard)`); n != 0 {
		w.Errorf("%d rows are left", n)
	}
}

// landing: an import adds, changes or leaves; all of it or nothing; and what the
// site has and the file has not stays.
func landing(w *world) {
	file := func() chat.Guide {
		return chat.Guide{
			Prompts: []chat.Prompt{
				{ID: chat.NewID(), Key: "hello", Step: chat.Greeting, Text: "Say hello"},
				{ID: chat.NewID(), Key: "bye", Step: chat.Closing, Text: "Say goodbye"},
			},
			Templates: []chat.Template{
				{ID: chat.NewID(), Title: "Hello", Body: "Hi!", Steps: []chat.Step{chat.Greeting}},
				{ID: chat.NewID(), Title: "Bye", Shortcut: "bye", Body: "Bye!", Steps: []chat.Step{chat.Closing}},
			},
			Answers:   []chat.Answer{{ID: chat.NewID(), Title: "When?", Text: "Now."}},
			Standards: []chat.Standard{{ID: chat.NewID(), Key: "greet", Text: "We greet", Why: "Manners."}},
		}
	}
	land := func(g chat.Guide, onlyAdd bool) chat.Landed {
		w.Helper()
		got, err := w.store.LandGuide(w.ctx, w.site.ID, w.agent.ID, g, onlyAdd)
		w.must(err)
		return got
	}
	if got := land(file(), true); got != (chat.Landed{Added: 4, Same: 2}) {
		w.Errorf("only adding: %+v", got)
	}
	if got := land(file(), false); got != (chat.Landed{Changed: 2, Same: 4}) {
		w.Errorf("over what is there: %+v", got)
	}
	if got := land(file(), false); got != (chat.Landed{Same: 6}) {
		w.Errorf("once more: %+v", got)
	}
	w.write(func(tx chat.Tx) error {
		list, err := tx.Guide(w.site.ID)
		if len(list) != 4 || list[0].Text != "Say hello" {
			w.Errorf("the guide is %+v", list)
		}
		return err
	})
	templates, err := w.store.Templates(w.ctx, w.site.ID, "")
	w.must(err)
	for _, t := range templates {
		if t.Title != "Hello" {
			continue
		}
		if old, err := w.store.TemplateVersions(w.ctx, t.ID); err != nil || t.Body != "Hi!" || t.ByID != w.agent.ID || len(old) != 1 || old[0].Body != "Hello!" {
			w.Errorf("%+v was %+v: %v", t, old, err)
		}
	}
	// The last row does not fit: nothing of the file stays.
	full := file()
	full.Prompts[1].Key = "newer"
	for i := range chat.MaxStandards {
		full.Standards = append(full.Standards, chat.Standard{ID: chat.NewID(), Key: "k" + string(rune('a'+i%26)) + string(rune('a'+i/26)), Text: "T", Why: "W"})
	}
	_, err = w.store.LandGuide(w.ctx, w.site.ID, "", full, false)
	w.refused(err, chat.Invalid)
	if n := w.count(`SELECT count(*) FROM prompt`) + w.count(`SELECT count(*) FROM standard`); n != 5 {
		w.Errorf("%d rows after a refused file", n)
	}
}

// promptOrder: prompts stand in the order one gives them, each within its step; an
// order that does not name each once is refused.
func promptOrder(w *world) {
	list, err := w.store.Prompts(w.ctx, w.site.ID)
	w.must(err)
	if len(list) == 0 {
		_, err := w.store.LandGuide(w.ctx, w.site.ID, "", chat.Guide{Prompts: []chat.Prompt{
			{ID: chat.NewID(), Key: "one", Step: chat.Closing, Text: "One"}, {ID: chat.NewID(), Key: "two", Step: chat.Closing, Text: "Two"},
			{ID: chat.NewID(), Key: "three", Step: chat.Greeting, Text: "Three"},
		}}, false)
		w.must(err)
		list, err = w.store.Prompts(w.ctx, w.site.ID)
		w.must(err)
	}
	ids := make([]string, len(list))
	for i, p := range list {
		ids[len(list)-1-i] = p.ID
	}
	w.must(w.store.OrderPrompts(w.ctx, w.site.ID, ids))
	got, err := w.store.Prompts(w.ctx, w.site.ID)
	w.must(err)
	at := map[string]int{}
	for i, id := range ids {
		at[id] = i
	}
	for i := range got[1:] {
		if got[i].Step == got[i+1].Step && at[got[i].ID] > at[got[i+1].ID] {
			w.Errorf("%q stands before %q", got[i].Text, got[i+1].Text)
		}
	}
	for _, wrong := range [][]string{ids[1:], append([]string{ids[1]}, ids[1:]...), nil} {
		w.refused(w.store.OrderPrompts(w.ctx, w.site.ID, wrong), chat.Conflict)
	}
}

// promptVersions: rewriting a prompt keeps what it said, with who, the latest first;
// an import counts as well, and all of it goes with the prompt.
func promptVersions(w *world) {
	p := chat.Prompt{ID: chat.NewID(), SiteID: w.site.ID, Key: "wave", Step: chat.Closing, Text: "Wave", Fit: chat.Fit{Moods: []string{"fine"}}, ByID: w.agent.ID}
	w.must(w.store.SavePrompt(w.ctx, &p))
	again := p
	again.Text, again.ByID = "Wave back", ""
	w.must(w.store.SavePrompt(w.ctx, &again))
	landed, err := w.store.LandGuide(w.ctx, w.site.ID, w.agent.ID, chat.Guide{Prompts: []chat.Prompt{{ID: chat.NewID(), Key: "wave", Step: chat.Closing, Text: "Wave twice"}}}, false)
	w.must(err)
	list, err := w.store.PromptVersions(w.ctx, p.ID)
	w.must(err)
	if landed.Changed != 1 || len(list) != 2 || list[0].Text != "Wave back" || list[0].ByName != "" || list[0].Version != 2 ||
		list[1].Text != "Wave" || list[1].ByName != w.agent.Name || list[1].At == 0 || !reflect.DeepEqual(list[1].Fit, p.Fit) {
		w.Errorf("versions %+v", list)
	}
	w.must(w.store.DeletePrompt(w.ctx, w.site.ID, p.ID))
	if n := w.count(`SELECT count(*) FROM prompt_version`); n != 0 {
		w.Errorf("%d versions of a prompt that is gone", n)
	}
}
