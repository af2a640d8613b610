package storagetest

import (
	"fmt"
	"reflect"
	"slices"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// cards come back as they were written, with who sent them, and their events
// show them as they stand.
func cards(w *world) {
	c := w.started(nil)
	full := chat.Card{
		ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, ClientID: "client-full", Kind: chat.ProposalCard, State: chat.CardSent,
		By: chat.AgentCard{ID: w.agent.ID, Name: w.agent.Name, Picture: w.agent.Picture}, SentAt: 5, Text: "A “new” lamp\nor money – 灯",
		Options: []chat.CardOption{{Key: "a", Title: "A", Detail: "x"}, {Key: "b", Title: "B"}}, Limits: "Not blue.",
		OurPart: "Send it", OurDue: 10, YourPart: "Send it back", YourDue: 20,
	}
	plain := chat.Card{ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, ClientID: "client-plain", Kind: chat.SummaryCard,
		State: chat.CardSent, By: full.By, SentAt: 6, Text: "Broken lamp.", Options: []chat.CardOption{}}
	w.write(func(tx chat.Tx) error {
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		for _, k := range []*chat.Card{&full, &plain} {
			if err := tx.InsertCard(k); err != nil {
				return err
			}
			e := chat.Event{Type: chat.CardWasSent, By: chat.ByAgent, ByID: w.agent.ID, CardID: k.ID, Card: k}
			if err := tx.Append(c, &e); err != nil {
				return err
			}
		}
		return tx.SaveConversation(c)
	})
	full.State, full.Answer = chat.CardAccepted, chat.CardAnswer{Choice: chat.Accept, Option: "b", Text: "Please!", At: 7}
	w.write(func(tx chat.Tx) error { return tx.SaveCard(&full) })
	stored, err := w.store.Cards(w.ctx, c.ID)
	w.must(err)
	if !reflect.DeepEqual(stored, []chat.Card{full, plain}) {
		w.Errorf("cards %+v", stored)
	}
	events, err := w.store.NextPublicEvents(w.ctx, c.ID, 0)
	w.must(err)
	if last := events[len(events)-2]; last.Card == nil || !reflect.DeepEqual(*last.Card, full) {
		w.Errorf("event %+v", last)
	}
	w.write(func(tx chat.Tx) error {
		k, err := tx.CardByClientID(c.ID, w.agent.ID, "client-full")
		if err != nil || k.ID != full.ID {
			w.Errorf("by client id %+v, %v", k, err)
		}
		if _, err := tx.CardByClientID(c.ID, w.agent.ID, "client-none"); !chat.Is(err, chat.NotFound) {
			w.Errorf("no card: %v", err)
		}
		waiting, err := tx.SentCards(c.MatterID)
		if err != nil || len(waiting) != 1 || waiting[0].ID != plain.ID {
			w.Errorf("waiting %+v, %v", waiting, err)
		}
		n, err := tx.CountUnread(c.ID, chat.ByAgent, 0)
		if err != nil || n != 2 {
			w.Errorf("%d unread, %v", n, err)
		}
		return nil
	})
	again := full
	again.ID = chat.NewID()
	if err := w.store.Write(w.ctx, func(tx chat.Tx) error { return tx.InsertCard(&again) }); err == nil {
		w.Error("a card was stored twice under one client id")
	}
}

// promised stores an open promise of ours that is due so long from now.
func (w *world) promised(c chat.Conversation, owner chat.Agent, in time.Duration) chat.Promise {
	w.Helper()
	now := chat.Time(w.clock.Load())
	p := chat.Promise{
		ID: chat.NewID(), SiteID: c.SiteID, ConversationID: c.ID, MatterID: c.MatterID, MadeBy: w.agent.ID, ClientID: chat.NewID(), Whose: chat.Ours,
		Owner: chat.AgentCard{ID: owner.ID, Name: owner.Name, Picture: owner.Picture}, Text: "Call", DueAt: now.Add(in), State: chat.PromiseIsOpen, MadeAt: now,
	}
	p.Schedule(now)
	w.write(func(tx chat.Tx) error { return tx.InsertPromise(&p) })
	return p
}

func promises(w *world) {
	c, noor := w.started(nil), w.newAgent(chat.AgentRole)
	p := w.promised(c, w.agent, time.Hour)
	p.Owner, p.DueAt, p.NextAt, p.State, p.Moved, p.Why = chat.AgentCard{ID: noor.ID, Name: noor.Name, Picture: noor.Picture}, 7, 6, chat.PromiseKept, true, "Late"
	p.HandedAt, p.EndedAt, p.Told, p.RemindAt = 8, 9, chat.ToldLate, 0
	open := w.promised(c, w.agent, 2*time.Hour)
	sooner := w.promised(c, w.agent, time.Hour)
	w.write(func(tx chat.Tx) error {
		if err := tx.SavePromise(&p); err != nil {
			return err
		}
		list, err := tx.OpenPromises(c.ID)
		if err != nil || !reflect.DeepEqual(list, []chat.Promise{sooner, open}) {
			w.Errorf("open %+v, %v", list, err)
		}
		found, err := tx.PromiseByClientID(c.ID, w.agent.ID, open.ClientID)
		if err != nil || found.ID != open.ID {
			w.Errorf("by client id %+v, %v", found, err)
		}
		c, err := tx.Conversation(c.ID)
		if err != nil {
			return err
		}
		e := chat.Event{Type: chat.PromiseWasHanded, By: chat.ByAgent, ByID: w.agent.ID, PromiseID: p.ID, Promise: &p}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	all, err := w.store.Promises(w.ctx, c.ID)
	w.must(err)
	if !reflect.DeepEqual(all, []chat.Promise{p, open, sooner}) {
		w.Errorf("promises %+v", all)
	}
	events, err := w.store.EventsAfter(w.ctx, c.ID, 0)
	w.must(err)
	if last := events[len(events)-1]; last.Promise == nil || *last.Promise != p || last.PublicSeq != 0 {
		w.Errorf("event %+v", last)
	}
}

// ledger pages go on where they stopped, whatever is kept in between, and name
// the customer who is there now.
func ledger(w *world) {
	noor := w.newAgent(chat.AgentRole)
	known := w.newPerson()
	merged := w.newPerson()
	c := w.startedBy(merged, nil)
	w.write(func(tx chat.Tx) error { return tx.MergePerson(&chat.Merge{FromID: merged.ID, IntoID: known.ID}) })
	var due []string
	for i := range 7 {
		p := w.promised(c, w.agent, time.Duration(i%3+1)*time.Hour)
		due = append(due, fmt.Sprintf("%d %s", p.DueAt, p.ID))
	}
	slices.Sort(due)
	hers := w.promised(c, noor, 90*time.Minute)
	page := storage.LedgerPage{SiteID: w.site.ID, List: storage.MyPromises, AgentID: w.agent.ID, Limit: 3}
	var got []string
	for {
		page.Now = chat.Time(w.clock.Load())
		rows, next, err := w.store.Ledger(w.ctx, page)
		w.must(err)
		for _, r := range rows {
			got = append(got, fmt.Sprintf("%d %s", r.DueAt, r.ID))
			if r.PersonID != known.ID || r.PersonName != "Ada" || r.Owner.Name != w.agent.Name {
				w.Errorf("row %+v", r)
			}
			kept := r.Promise
			kept.End(chat.PromiseKept, "", page.Now)
			w.write(func(tx chat.Tx) error { return tx.SavePromise(&kept) })
		}
		if page.Cursor = next; next == "" {
			break
		}
	}
	if !slices.Equal(got, due) {
		w.Errorf("the ledger has\n%q, want\n%q", got, due)
	}
	w.later(100 * time.Minute)
	soon := w.promised(c, w.agent, time.Hour)
	w.promised(c, w.agent, 3*time.Hour)
	now := chat.Time(w.clock.Load())
	late, _, err := w.store.Ledger(w.ctx, storage.LedgerPage{SiteID: w.site.ID, List: storage.LatePromises, Limit: 9, Now: now})
	w.must(err)
	if len(late) != 1 || late[0].ID != hers.ID {
		w.Errorf("late %+v", late)
	}
	all, _, err := w.store.Ledger(w.ctx, storage.LedgerPage{SiteID: w.site.ID, List: storage.SitePromises, Limit: 9, Now: now})
	w.must(err)
	if len(all) != 3 || all[0].ID != hers.ID || all[1].ID != soon.ID {
		w.Errorf("site %+v", all)
	}
	ended := storage.LedgerPage{SiteID: w.site.ID, List: storage.EndedPromises, Limit: 4}
	first, next, err := w.store.Ledger(w.ctx, ended)
	w.must(err)
	ended.Cursor = next
	rest, end, err := w.store.Ledger(w.ctx, ended)
	w.must(err)
	for i, r := range append(first, rest...) {
		if r.State != chat.PromiseKept || i > 0 && i < len(first) && r.EndedAt > first[i-1].EndedAt {
			w.Errorf("ended %d: %+v", i, r.Promise)
		}
	}
	if len(first) != 4 || len(rest) != 3 || end != "" {
		w.Errorf("ended promises in pages of %d and %d, next %q", len(first), len(rest), end)
	}
	for agent, want := range map[string]storage.LedgerCounts{"": {Soon: 1, Late: 1}, noor.ID: {Late: 1}, w.agent.ID: {Soon: 1}} {
		if counts, err := w.store.LedgerCounts(w.ctx, w.site.ID, agent, now); err != nil || counts != want {
			w.Errorf("counts %+v, want %+v, %v", counts, want, err)
		}
	}
	for _, cursor := range []string{"x", "5", "5.x", ".", "9.'; DROP TABLE promise"} {
		_, _, err := w.store.Ledger(w.ctx, storage.LedgerPage{SiteID: w.site.ID, List: storage.SitePromises, Cursor: cursor, Limit: 3})
		w.refused(err, chat.Invalid)
	}
}

// reminders that are claimed are nobody else's until the claim runs out; one that
// was moved meanwhile is not marked by who gave the old one.
func reminders(w *world) {
	c := w.started(nil)
	p := w.promised(c, w.agent, time.Hour)
	claim := func(want int) []chat.Promise {
		w.Helper()
		list, err := w.store.ClaimReminders(w.ctx)
		w.must(err)
		if len(list) != want {
			w.Fatalf("%d reminders, want %d: %+v", len(list), want, list)
		}
		return list
	}
	claim(0)
	w.later(50 * time.Minute)
	if got := claim(1)[0]; got != p {
		w.Errorf("claimed %+v, want %+v", got, p)
	}
	claim(0)
	w.reopen() // the server that had claimed it died
	claim(0)
	w.later(time.Minute)
	given := claim(1)[0]
	was := given.RemindAt
	if what := given.Remind(chat.Time(w.clock.Load())); what != chat.ToldSoon {
		w.Errorf("told as %d", what)
	}
	w.must(w.store.Reminded(w.ctx, p.ID, was, given.Told, given.RemindAt))
	claim(0)
	w.later(10 * time.Minute)
	given = claim(1)[0]
	was = given.RemindAt
	moved := given
	w.must(moved.Move(chat.Time(w.clock.Load()).Add(3*time.Hour), 0, chat.Time(w.clock.Load())))
	w.write(func(tx chat.Tx) error { return tx.SavePromise(&moved) })
	given.Remind(chat.Time(w.clock.Load()))
	w.must(w.store.Reminded(w.ctx, p.ID, was, given.Told, given.RemindAt))
	if stored, err := w.store.Promise(w.ctx, p.ID); err != nil || *stored != moved {
		w.Errorf("stored %+v, want %+v, %v", stored, moved, err)
	}
	w.later(4 * time.Hour)
	moved.End(chat.PromiseKept, "", chat.Time(w.clock.Load()))
	w.write(func(tx chat.Tx) error { return tx.SavePromise(&moved) })
	claim(0)
}
