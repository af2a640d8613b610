package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// forms: who answered a form is known after a merge too, and another form is another
// question; what was agreed to stands there with its time.
func forms(w *world) {
	p, other := w.newPerson(), w.newPerson()
	g := chat.FormGiven{PersonID: p.ID, Form: "one", Consent: "That you keep this.", Link: "https://shop.example/privacy"}
	w.write(func(tx chat.Tx) error { return tx.SaveFormGiven(&g) })
	w.later(time.Minute)
	w.write(func(tx chat.Tx) error { return tx.SaveFormGiven(&chat.FormGiven{PersonID: p.ID, Form: "two"}) })
	given := func(person, form string) bool {
		w.Helper()
		got, err := w.store.FormGiven(w.ctx, person, form)
		w.must(err)
		return got
	}
	if !given(p.ID, "one") || !given(p.ID, "two") || given(p.ID, "three") || given(other.ID, "one") {
		w.Error("the wrong forms are given")
	}
	w.write(func(tx chat.Tx) error { return tx.MergePerson(&chat.Merge{FromID: p.ID, IntoID: other.ID}) })
	if !given(other.ID, "one") {
		w.Error("a merge forgets a form")
	}
	if n := w.count(`SELECT count(*) FROM form_answer WHERE consent = $1 AND link = $2 AND at = $3`, g.Consent, g.Link, g.At); n != 1 {
		w.Errorf("%d rows say what was agreed to", n)
	}
}
