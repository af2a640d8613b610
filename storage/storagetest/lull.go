package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// lulls: who waits is found until it was looked at, again when due, and again for
// another waiting; who fell silent within a day of the rule.
func lulls(w *world) {
	c := w.started(nil)
	now := chat.Time(w.clock.Load())
	found := func(what string, ids []string, err error, want bool) {
		w.Helper()
		w.must(err)
		if slices.Contains(ids, c.ID) != want {
			w.Errorf("%s: found %v, want %v", what, ids, want)
		}
	}
	fresh := func(what string, want bool) {
		w.Helper()
		ids, err := w.store.FreshLulls(w.ctx, w.site.ID)
		found(what, ids, err, want)
		ids, err = w.store.FreshAmong(w.ctx, []string{"nobody's", c.ID})
		found(what+", among some", ids, err, want)
	}
	due := func(what string, want bool) {
		w.Helper()
		ids, err := w.store.DueLulls(w.ctx, chat.Time(w.clock.Load()))
		found(what, ids, err, want)
	}
	silent := func(what string, want bool) {
		w.Helper()
		ids, err := w.store.SilentLulls(w.ctx, w.site.ID, chat.Time(w.clock.Load()), 10*time.Minute)
		found(what, ids, err, want)
	}
	save := func(change func(*chat.Conversation)) {
		w.Helper()
		w.write(func(tx chat.Tx) error {
			v, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			change(v)
			return tx.SaveConversation(v)
		})
	}
	save(func(v *chat.Conversation) { v.State, v.WaitingSince, v.LastAt = chat.Waiting, now, now })
	fresh("nobody has looked", true)
	l := chat.Lull{ConversationID: c.ID, SiteID: c.SiteID, Since: now, SaidAt: now, OpensAt: now + 1, Stages: 2, Reminded: now + 2, AskedAt: now + 3, DueAt: now.Add(time.Minute)}
	w.write(func(tx chat.Tx) error { return tx.SaveLull(&l) })
	w.write(func(tx chat.Tx) error {
		v, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		got, err := tx.Lull(v)
		if err == nil && *got != l {
			w.Errorf("stored %+v, read %+v", l, *got)
		}
		return err
	})
	fresh("it was looked at", false)
	due("too early", false)
	w.later(time.Minute)
	due("a minute later", true)
	save(func(v *chat.Conversation) { v.WaitingSince = now.Add(time.Second) })
	fresh("they wait anew", true)

	l.DueAt = 0
	w.write(func(tx chat.Tx) error { return tx.SaveLull(&l) })
	due("never again", false)
	last := chat.Time(w.clock.Load())
	save(func(v *chat.Conversation) {
		v.State, v.AssigneeID, v.WaitingSince, v.LastAt, v.LastBy = chat.Open, w.agent.ID, 0, last, chat.ByAgent
	})
	fresh("an agent answered", false)
	silent("just now", false)
	w.later(10 * time.Minute)
	silent("ten minutes ago", true)
	w.later(24*time.Hour + time.Second)
	silent("long ago", false)

	w.write(func(tx chat.Tx) error {
		return tx.Record(&chat.Fact{ID: chat.NewID(), SiteID: c.SiteID, ConversationID: c.ID, Kind: chat.FactFirstResponse, Value: 60_000, Day: "2026-11-21", At: last})
	})
	w.write(func(tx chat.Tx) error {
		waits, err := tx.Waits(c.SiteID, "2026-11-21")
		if err == nil && !slices.Contains(waits, chat.Wait{EndedAt: last, For: 60_000}) {
			w.Errorf("waits %+v", waits)
		}
		later, e := tx.Waits(c.SiteID, "2026-11-22")
		if e == nil && len(later) != 0 {
			w.Errorf("waits of the day after: %+v", later)
		}
		return err
	})
}

// ahead: a place in the queue counts those of the same site who came before.
func ahead(w *world) {
	now := chat.Time(w.clock.Load())
	for i := range 3 {
		c := w.started(nil)
		w.write(func(tx chat.Tx) error {
			v, err := tx.Conversation(c.ID)
			if err != nil {
				return err
			}
			v.State, v.WaitingSince = chat.Waiting, now.Add(time.Duration(i)*time.Second)
			if err := tx.SaveConversation(v); err != nil {
				return err
			}
			n, err := tx.Ahead(v)
			if n != i {
				w.Errorf("%d are ahead, want %d", n, i)
			}
			return err
		})
	}
}
