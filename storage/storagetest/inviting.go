package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// shownTo keeps an invitation that was shown to a person now.
func (w *world) shownTo(personID string) chat.Showing {
	w.Helper()
	s := chat.Showing{
		ID: chat.NewID(), TokenHash: chat.HashSecret(chat.NewSecret()), SiteID: w.site.ID, RuleID: chat.NewID(), Rule: "Prices", Text: "Can we help?",
		Day: "2026-11-22", At: chat.Time(w.clock.Load()), PersonID: personID,
	}
	w.write(func(tx chat.Tx) error { return tx.InsertShowing(&s) })
	return s
}

// showings are found by their token, and by their customer through a merge; what
// nobody answered is forgotten in the end, and the rest is told with its event.
func showings(w *world) {
	before, customer := w.newPerson(), w.newPerson()
	old, stranger := w.shownTo(before.ID), w.shownTo("")
	w.later(time.Hour)
	s := w.shownTo(before.ID)
	since := s.At.Add(-time.Minute)
	w.write(func(tx chat.Tx) error {
		if _, err := tx.OpenShowing(before.ID, since); !chat.Is(err, chat.NotFound) {
			w.Errorf("one from which nobody opened the chat: %v", err)
		}
		got, err := tx.ShowingOf(s.TokenHash)
		if err != nil || *got != s {
			w.Errorf("got %+v: %v", got, err)
		}
		s.OpenedAt = tx.Now()
		return tx.SaveShowing(&s)
	})
	w.write(func(tx chat.Tx) error {
		return tx.MergePerson(&chat.Merge{FromID: before.ID, IntoID: customer.ID, ByID: w.agent.ID})
	})
	c := w.startedBy(customer, nil)
	w.write(func(tx chat.Tx) error {
		if got, err := tx.OpenShowing(customer.ID, since); err != nil || *got != s {
			w.Errorf("of the customer: %+v, %v", got, err)
		}
		if _, err := tx.OpenShowing(customer.ID, s.At+1); !chat.Is(err, chat.NotFound) {
			w.Errorf("one from before: %v", err)
		}
		s.AnsweredAt, s.ConversationID = tx.Now(), c.ID
		if err := tx.SaveShowing(&s); err != nil {
			return err
		}
		if list, err := tx.AnsweredShowings(customer.ID, since); err != nil || !slices.Equal(list, []chat.Showing{s}) {
			w.Errorf("answered: %+v, %v", list, err)
		}
		old.DeclinedAt = tx.Now()
		if err := tx.SaveShowing(&old); err != nil {
			return err
		}
		v, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		if err := tx.Append(v, &chat.Event{Type: chat.InvitationAnswered, By: chat.ByPerson, ByID: customer.ID, ShowingID: s.ID}); err != nil {
			return err
		}
		return tx.SaveConversation(v)
	})
	events, err := w.store.EventsAfter(w.ctx, c.ID, c.Seq)
	if err != nil || len(events) != 1 || events[0].Showing == nil || *events[0].Showing != s || events[0].PublicSeq != 0 {
		w.Errorf("events %+v: %v", events, err)
	}
	shown, declined, err := w.store.ShownTo(w.ctx, customer.ID, old.At)
	if err != nil || shown != 2 || declined != 1 {
		w.Errorf("shown %d times, declined %d: %v", shown, declined, err)
	}
	if shown, _, err = w.store.ShownTo(w.ctx, customer.ID, s.At); err != nil || shown != 1 {
		w.Errorf("lately %d times: %v", shown, err)
	}
	w.later(chat.KeepShowings + time.Minute)
	w.shownTo("") // a visitor's beacon takes nothing away
	if n := w.count(`SELECT count(*) FROM showing WHERE id = $1`, old.ID); n != 1 {
		w.Errorf("%d of the old one before it is forgotten", n)
	}
	if more, err := w.store.ForgetShowings(w.ctx); err != nil || more {
		w.Errorf("there are more: %v", err)
	}
	for id, want := range map[string]int64{stranger.ID: 0, old.ID: 0, s.ID: 1} {
		if n := w.count(`SELECT count(*) FROM showing WHERE id = $1`, id); n != want {
			w.Errorf("%d of showing %s are left, want %d", n, id, want)
		}
	}
}

// inviteUses: counts add up by rule and day, and stay on their site.
func inviteUses(w *world) {
	a, b, other := chat.NewID(), chat.NewID(), w.newSite()
	w.write(func(tx chat.Tx) error {
		for _, c := range []struct {
			site string
			use  chat.InviteUse
		}{
			{w.site.ID, chat.InviteUse{RuleID: a, Day: "2026-10-01", Shown: 100}},
			{w.site.ID, chat.InviteUse{RuleID: b, Day: "2026-11-02", Shown: 1, Declined: 1}},
			{w.site.ID, chat.InviteUse{RuleID: a, Day: "2026-11-02", Shown: 1}},
			{w.site.ID, chat.InviteUse{RuleID: a, Day: "2026-11-02", Answered: 1}},
			{w.site.ID, chat.InviteUse{RuleID: a, Day: "2026-11-02", Led: 1, Shown: 1}},
			{w.site.ID, chat.InviteUse{RuleID: a, Day: "2026-11-01", Shown: 5}},
			{other.ID, chat.InviteUse{RuleID: a, Day: "2026-11-02", Shown: 9}},
		} {
			if err := tx.CountInvites(c.site, c.use); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := w.store.InviteUses(w.ctx, w.site.ID, "2026-11-01")
	want := []chat.InviteUse{
		{RuleID: a, Day: "2026-11-01", Shown: 5},
		{RuleID: a, Day: "2026-11-02", Shown: 2, Answered: 1, Led: 1},
		{RuleID: b, Day: "2026-11-02", Shown: 1, Declined: 1},
	}
	if err != nil || !slices.Equal(got, want) {
		w.Errorf("got %+v, want %+v: %v", got, want, err)
	}
}
