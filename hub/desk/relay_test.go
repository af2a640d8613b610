package desk_test

import (
	"fmt"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"

	"pgregory.net/rapid"
)

// The customer's wait is that of the time between asking and taking in which nobody had
// answered them, and a reply ends it.
func TestAHandoverSaysHowLongTheCustomerWaited(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, there := had(s)
	s.later(time.Minute) // waits already, for Ann
	s.must(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, there))
	s.later(30 * time.Second)
	s.must(s.desk.Take(s.ctx(), ben, id, ann.ID))
	s.replies(ben, id, "client-ben", "I have it now.")
	s.must(s.desk.HandOver(s.ctx(), ben, id, desk.Handover{ToID: ann.ID, FromID: ben.ID}, []string{ann.ID}))
	s.later(20 * time.Second)
	s.must(s.desk.Decline(s.ctx(), ann, id, "", nil))
	got := s.rows(`SELECT kind || ' ' || outcome || ' ' || why || ' ' || waited || ' ' || turn FROM relay ORDER BY at, id`)
	want := []string{"handover accepted  30000 1", "handover returned declined 0 0"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("noted %q, want %q", got, want)
	}
}

// Whatever a team does, what was asked was accepted, returned, has lapsed, or is open;
// open is what somebody is asked now; and turns count how often somebody lost it.
func TestNothingPassedOnIsLost(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := newShop(t)
		w := &passing{shop: s, r: r, turns: map[string]int{}}
		for i := range 3 {
			w.agents = append(w.agents, s.agent(fmt.Sprint("Agent ", i), chat.Supervisor))
			w.there = append(w.there, w.agents[i].ID)
		}
		for range 2 {
			_, id := s.chatting()
			w.ids = append(w.ids, id)
		}
		for range rapid.IntRange(5, 25).Draw(r, "steps") {
			w.step()
			w.check()
		}
		who := w.row(w.ids[0]).PersonID
		_, err := s.desk.ErasePerson(s.ctx(), s.agent("Olga", chat.Owner), who, chat.EraseAsked)
		s.must(err)
		w.ids = w.ids[1:]
		w.check()
	})
}

// passing is a team that passes conversations on at random.
type passing struct {
	*shop
	r      *rapid.T
	agents []chat.Actor
	there  []string
	ids    []string
	turns  map[string]int
}

func (w *passing) step() {
	id := rapid.SampledFrom(w.ids).Draw(w.r, "conversation")
	who, to := rapid.SampledFrom(w.agents).Draw(w.r, "who"), rapid.SampledFrom(w.there).Draw(w.r, "to")
	before := w.row(id)
	has := before.AssigneeID
	w.later(time.Duration(rapid.IntRange(0, 90).Draw(w.r, "seconds")) * time.Second)
	acts := map[string]func() error{
		"take":    func() error { return w.desk.Take(w.ctx(), who, id, has) },
		"hand":    func() error { return w.desk.HandOver(w.ctx(), who, id, desk.Handover{ToID: to, FromID: has}, w.there) },
		"invite":  func() error { return w.desk.Invite(w.ctx(), who, id, desk.Handover{ToID: to, FromID: has}, w.there) },
		"join":    func() error { return w.desk.Join(w.ctx(), who, id) },
		"recall":  func() error { return w.desk.Recall(w.ctx(), who, id) },
		"give":    func() error { return w.desk.Give(w.ctx(), who, id, to, has) },
		"release": func() error { return w.desk.Release(w.ctx(), who, id) },
		"close":   func() error { return w.desk.CloseWith(w.ctx(), who, id, desk.Parting{Why: "over"}) },
		"reopen":  func() error { return w.desk.Reopen(w.ctx(), who, id) },
		"snooze":  func() error { return w.desk.Snooze(w.ctx(), who, id, w.now().Add(time.Hour)) },
		"wake":    func() error { return w.desk.Wake(w.ctx(), who, id) },
		"decline": func() error { return w.desk.Decline(w.ctx(), w.asked(before), id, "", w.there) },
		"lapse": func() error {
			_, err := w.desk.PassOffer(w.ctx(), id, before.OfferedTo, chat.OfferLapsed, w.there)
			return err
		},
		"go": func() error {
			_, err := w.desk.PassOffer(w.ctx(), id, before.OfferedTo, chat.OfferGone, w.there)
			return err
		},
		"offer":    func() error { _, err := w.desk.Offer(w.ctx(), id, to, "free", w.now().Add(time.Minute)); return err },
		"route":    func() error { _, err := w.desk.Assign(w.ctx(), id, to, "free"); return err },
		"question": func() error { return w.ask(who, id, to) },
		"answer":   func() error { return w.answer(who) },
		"drop":     func() error { return w.drop(who) },
	}
	names := []string{"take", "hand", "hand", "invite", "join", "recall", "give", "release", "close", "reopen", "snooze", "wake", "decline", "lapse", "go", "offer", "route", "question", "answer", "drop"}
	name := rapid.SampledFrom(names).Draw(w.r, "act")
	err := acts[name]()
	for _, code := range []chat.Code{chat.Conflict, chat.NotFound, chat.AlreadyClosed, chat.TakenByOther} {
		if chat.Is(err, code) {
			return
		}
	}
	w.must(err)
	if after := w.row(id); name != "reopen" && has != "" && after.AssigneeID != has {
		w.turns[id]++
	}
}

func (w *passing) asked(row chat.Row) chat.Actor {
	return chat.Actor{Kind: chat.ByAgent, ID: row.OfferedTo, Role: chat.Supervisor}
}

func (w *passing) ask(who chat.Actor, id, to string) error {
	_, err := w.desk.Consult(w.ctx(), who, id, desk.Question{ClientID: "q-" + chat.NewID(), ToID: to, Text: "Which bulb?"})
	return err
}

func (w *passing) open() []string {
	return w.rows(`SELECT id FROM consult WHERE state = 'open' ORDER BY id`)
}

func (w *passing) answer(who chat.Actor) error {
	for _, id := range w.open() {
		if _, err := w.desk.AnswerConsult(w.ctx(), who, id, "a-"+chat.NewID(), "The warm one."); err == nil {
			return nil
		}
	}
	return nil
}

func (w *passing) drop(who chat.Actor) error {
	for _, id := range w.open() {
		_, err := w.desk.DropConsult(w.ctx(), who, id)
		return err
	}
	return nil
}

func (w *passing) check() {
	w.Helper()
	counts, err := w.store.RelayCounts(w.ctx(), w.site.ID, "")
	w.must(err)
	sums := map[chat.RelayOutcome]int64{}
	open, questions := int64(0), int64(0)
	var all int64
	for _, c := range counts {
		sums[c.Outcome] += c.N
		all += c.N
		if c.Outcome == chat.RelayOpen {
			if c.Kind == chat.RelayQuestion {
				questions += c.N
			} else {
				open += c.N
			}
		}
		if (c.Outcome == chat.RelayReturned) != (c.Why != "") {
			w.Fatalf("%s %s because of %q", c.Kind, c.Outcome, c.Why)
		}
	}
	if all != sums[chat.RelayAccepted]+sums[chat.RelayReturned]+sums[chat.RelayLapsed]+sums[chat.RelayOpen] {
		w.Fatalf("%d were asked, which became %v", all, sums)
	}
	asked := int64(0)
	for _, id := range w.ids {
		if row := w.row(id); row.OfferedTo != "" && row.AssigneeID != "" {
			asked++
		}
		if got := w.rows(`SELECT coalesce(max(turn), 0) FROM relay WHERE conversation_id = ?`, id); got[0] != fmt.Sprint(w.turns[id]) {
			w.Fatalf("%s turns, want %d: %v", got[0], w.turns[id], w.types(id))
		}
	}
	if open != asked || questions != int64(len(w.open())) {
		w.Fatalf("%d asks and %d questions are open, but %d and %d wait", open, questions, asked, len(w.open()))
	}
}
