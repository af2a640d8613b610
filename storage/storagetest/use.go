package storagetest

import (
	"reflect"
	"slices"

	"rapport/hub/chat"
)

// templateUses: a use comes back as it was until it is past, the latest first, and
// the sums of a template are those of a recount, whatever is taken back.
func templateUses(w *world) {
	own := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, AgentID: w.agent.ID, Title: "Mine", Body: "Hi", Steps: []chat.Step{chat.Closing}}
	w.must(w.store.SaveTemplate(w.ctx, &own))
	other := chat.Template{ID: chat.NewID(), SiteID: w.site.ID, AgentID: w.agent.ID, Title: "Other", Body: "Bye", Steps: []chat.Step{chat.Closing}}
	w.must(w.store.SaveTemplate(w.ctx, &other))
	c := w.started(nil)
	use := func(seq int64, reworded bool) chat.TemplateUse {
		return chat.TemplateUse{ConversationID: c.ID, Seq: seq, SiteID: w.site.ID, MatterID: c.MatterID, TemplateID: own.ID, Version: 1, Reworded: reworded, At: 7}
	}
	uses := []chat.TemplateUse{use(9, true), use(5, false), use(3, false)}
	w.write(func(tx chat.Tx) error {
		for i := range uses {
			if err := tx.AddUse(&uses[i]); err != nil {
				return err
			}
		}
		return nil
	})
	beside := use(9, false)
	beside.TemplateID, beside.Past = other.ID, true // the same reply held another template
	w.write(func(tx chat.Tx) error { return tx.AddUse(&beside) })
	save := func(change func(u *chat.TemplateUse)) {
		w.Helper()
		w.write(func(tx chat.Tx) error {
			for i := range uses {
				before := uses[i]
				change(&uses[i])
				if err := tx.SaveUse(&uses[i], &before); err != nil {
					return err
				}
			}
			return nil
		})
	}
	save(func(u *chat.TemplateUse) {
		u.Ended, u.Answered, u.Accepted, u.Solved = true, u.Seq == 3, u.Seq == 9, chat.SolvedYes
	})
	w.write(func(tx chat.Tx) error {
		got, err := tx.OpenUses(c.ID)
		if !reflect.DeepEqual(got, uses) {
			w.Errorf("got %+v, want %+v", got, uses)
		}
		return err
	})
	save(func(u *chat.TemplateUse) { u.Solved, u.Reopened, u.Past = chat.SolvedNotYet, true, u.Seq != 5 })
	w.write(func(tx chat.Tx) error {
		got, err := tx.OpenUses(c.ID)
		if len(got) != 1 || got[0] != uses[1] {
			w.Errorf("open are %+v", got)
		}
		return err
	})
	list, err := w.store.Templates(w.ctx, w.site.ID, w.agent.ID)
	w.must(err)
	at := slices.IndexFunc(list, func(t chat.Template) bool { return t.ID == own.ID })
	asIs, reworded := chat.Outcome{Uses: 2, Ended: 2, Answered: 1, Reopened: 2, Unsolved: 2}, chat.Outcome{Uses: 1, Ended: 1, Accepted: 1, Reopened: 1, Unsolved: 1}
	if at < 0 || list[at].Uses != 3 || list[at].AsIs != asIs || list[at].Reworded != reworded {
		w.Errorf("templates %+v", list)
	}
	at = slices.IndexFunc(list, func(t chat.Template) bool { return t.ID == other.ID })
	if at < 0 || list[at].AsIs != (chat.Outcome{Uses: 1}) {
		t := list[max(at, 0)]
		w.Errorf("the one beside it counts %+v", t.AsIs)
	}
	if list, err := w.store.Templates(w.ctx, w.site.ID, ""); err != nil || slices.ContainsFunc(list, func(t chat.Template) bool { return t.AsIs != chat.Outcome{} }) {
		w.Errorf("somebody else's counts: %+v: %v", list, err)
	}
}
