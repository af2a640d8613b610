package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// A sleeping conversation is out of the way for the team and unchanged for its
// customer, whose next words wake it at once.
func TestASnoozeEndsWithTheCustomersWords(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	s.replies(ben, id, "client-ben", "Hello! I'm Ben.")
	until := s.now().Add(20 * time.Hour)
	s.must(s.desk.Snooze(s.ctx(), ben, id, until))
	s.must(s.desk.Snooze(s.ctx(), ben, id, until)) // a second click
	r := s.row(id)
	if r.State != chat.Snoozed || r.SnoozedUntil != until || r.AssigneeID != ben.ID || r.PublicState() != chat.Open {
		t.Errorf("asleep: %+v", r)
	}
	public, err := s.store.NextPublicEvents(s.ctx(), id, 0)
	s.must(err)
	if last := public[len(public)-1]; last.Type != chat.MessagePosted || last.PublicSeq != r.PublicSeq {
		t.Errorf("the customer's last event is %+v", last)
	}
	counts, _, err := s.store.Counts(s.ctx(), s.site.ID, ben.ID)
	s.must(err)
	if counts.Snoozed != 1 || counts.Open != 0 || counts.Mine != 0 {
		t.Errorf("counted %+v", counts)
	}
	s.says(who, id, "client-back", "One more thing")
	if r := s.row(id); r.State != chat.Open || r.SnoozedUntil != 0 || r.WaitingSince != s.now() || r.AssigneeID != ben.ID {
		t.Errorf("awake: %+v", r)
	}
	if got := s.last(id, chat.ConversationWoken); got.By != chat.ByPerson {
		t.Errorf("woken by %+v", got)
	}
	snoozes := 0
	for _, kind := range s.types(id) {
		if kind == chat.ConversationSnoozed {
			snoozes++
		}
	}
	if snoozes != 1 {
		t.Errorf("%d events of one snooze", snoozes)
	}
}

// The clock wakes once, also over a restart; what nobody had is in the queue again,
// and both stand out until somebody looks.
func TestTheClockWakesOnce(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	until := s.now().Add(time.Hour)
	s.must(s.desk.Snooze(s.ctx(), ben, id, until))
	if woken, err := s.desk.WakeDue(s.ctx(), id); err != nil || woken {
		t.Errorf("woken early: %t, %v", woken, err)
	}
	s.later(time.Hour)
	s.restart()
	for i := range 2 {
		if woken, err := s.desk.WakeDue(s.ctx(), id); err != nil || woken != (i == 0) {
			t.Errorf("look %d: woken %t, %v", i, woken, err)
		}
	}
	r := s.row(id)
	if r.State != chat.Waiting || !r.PutBack || r.WokenAt != until || r.WaitingSince == 0 {
		t.Errorf("awake: %+v", r)
	}
	s.replies(ben, id, "client-ben", "Good morning!")
	if r := s.row(id); r.PutBack || r.State != chat.Open {
		t.Errorf("answered: %+v", r)
	}
}

// Whatever wakes it, it is in the queue where who had it is away: nobody's words wait
// for somebody who does not read them. Their own hand wakes it for themselves.
func TestNothingWakesToWhoIsGone(t *testing.T) {
	for name, wakes := range map[string]func(s *shop, who, noor chat.Actor, id string){
		"the customer": func(s *shop, who, _ chat.Actor, id string) { s.says(who, id, "client-back", "One more thing") },
		"a colleague":  func(s *shop, _, noor chat.Actor, id string) { s.must(s.desk.Wake(s.ctx(), noor, id)) },
		"the clock": func(s *shop, _, _ chat.Actor, id string) {
			s.later(time.Hour)
			s.must(second(s.desk.WakeDue(s.ctx(), id)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			ben, noor := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
			who, id := s.chatting()
			s.replies(ben, id, "client-ben", "Hello! I'm Ben.")
			s.must(s.desk.Snooze(s.ctx(), ben, id, s.now().Add(time.Hour)))
			s.away(ben, s.now().Add(24*time.Hour), "")
			wakes(s, who, noor, id)
			if r := s.row(id); r.State != chat.Waiting || r.AssigneeID != "" || r.WaitingSince == 0 {
				t.Errorf("awake: %+v", r)
			}
			if e := s.last(id, chat.ConversationReleased); e.AgentID != ben.ID || e.By != chat.BySystem {
				t.Errorf("released %+v", e)
			}
		})
	}
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-ben", "Hello! I'm Ben.")
	s.must(s.desk.Snooze(s.ctx(), ben, id, s.now().Add(time.Hour)))
	s.away(ben, s.now().Add(24*time.Hour), "")
	s.must(s.desk.Wake(s.ctx(), ben, id))
	if r := s.row(id); r.State != chat.Open || r.AssigneeID != ben.ID {
		t.Errorf("their own: %+v", r)
	}
}

// A sleeping conversation that nobody has goes back into the queue as one that
// somebody has does.
func TestWhatNobodyHasGoesBackIntoTheQueue(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	s.must(s.desk.Snooze(s.ctx(), ben, id, s.now().Add(time.Hour)))
	s.must(s.desk.Release(s.ctx(), ben, id))
	if r := s.row(id); r.State != chat.Waiting || r.SnoozedUntil != 0 || r.WaitingSince == 0 {
		t.Errorf("released: %+v", r)
	}
}

// A promise of ours outlives a snooze as it stands.
func TestAPromiseOutlivesASnooze(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	s.replies(ben, id, "client-ben", "Hello!")
	p := s.promises(ben, id, "client-promise", time.Hour)
	s.must(s.desk.Snooze(s.ctx(), ben, id, s.now().Add(48*time.Hour)))
	after, err := s.store.Promise(s.ctx(), p.ID)
	s.must(err)
	if after.State != chat.PromiseIsOpen || after.DueAt != p.DueAt || after.RemindAt != p.RemindAt {
		t.Errorf("promise %+v", after)
	}
}

func TestWhatCannotBeSnoozed(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	for _, until := range []chat.Time{0, s.now(), s.now().Add(chat.MaxSnooze + time.Hour)} {
		s.refused(s.desk.Snooze(s.ctx(), ben, id, until), chat.Invalid)
	}
	later := s.now().Add(time.Hour)
	s.refused(s.desk.Snooze(s.ctx(), who, id, later), chat.Forbidden)
	s.refused(s.desk.Snooze(s.ctx(), ben, chat.NewID(), later), chat.NotFound)
	s.must(s.desk.Snooze(s.ctx(), ben, id, later))
	s.must(s.desk.Close(s.ctx(), ben, id))
	if r := s.row(id); r.State != chat.Closed || r.SnoozedUntil != 0 {
		t.Errorf("closed: %+v", r)
	}
	s.refused(s.desk.Snooze(s.ctx(), ben, id, later), chat.AlreadyClosed)
}

// Putting back is the team's own: what the customer was told of reading stands.
func TestPuttingBackTellsTheCustomerNothing(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	before, _, err := s.desk.Mark(s.ctx(), ben, id, desk.Read, s.row(id).Seq)
	s.must(err)
	s.must(s.desk.PutBack(s.ctx(), ben, id, true))
	r := s.row(id)
	if !r.PutBack || r.Marks != before.Marks || r.Seq != before.Seq {
		t.Errorf("put back: %+v", r)
	}
	s.says(who, id, "client-more", "Hello?")
	_, _, err = s.desk.Mark(s.ctx(), ben, id, desk.Read, s.row(id).Seq)
	s.must(err)
	if s.row(id).PutBack {
		t.Error("it was read, and is put back still")
	}
}

// Tags are one for each name, stand once on a conversation, and stay on their site.
func TestTags(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, id := s.chatting()
	for _, name := range []string{"Gift", "gift ", "#GIFT"} {
		s.must(s.desk.AddTag(s.ctx(), ben, id, "", name))
	}
	r := s.row(id)
	if len(r.Tags) != 1 || r.Tags[0].Name != "Gift" {
		t.Fatalf("tags %+v", r.Tags)
	}
	if n := len(slices.DeleteFunc(s.types(id), func(k chat.EventType) bool { return k != chat.TagAdded })); n != 1 {
		t.Errorf("%d events of one tag", n)
	}
	for _, name := range []string{"", " # ", strings.Repeat("x", chat.MaxTagName+1)} {
		s.refused(s.desk.AddTag(s.ctx(), ben, id, "", name), chat.Invalid)
	}
	s.refused(s.desk.AddTag(s.ctx(), who, id, "", "mine"), chat.Forbidden)
	s.refused(s.desk.AddTag(s.ctx(), ben, id, chat.NewID(), ""), chat.NotFound)
	elsewhere := chat.Actor{Kind: chat.BySystem, Site: chat.NewID()}
	s.refused(s.desk.AddTag(s.ctx(), elsewhere, id, "", "theirs"), chat.NotFound)
	s.refused(s.desk.RemoveTag(s.ctx(), elsewhere, id, r.Tags[0].ID), chat.NotFound)
	s.must(s.desk.RemoveTag(s.ctx(), ben, id, r.Tags[0].ID))
	s.must(s.desk.RemoveTag(s.ctx(), ben, id, r.Tags[0].ID))
	if got := s.row(id).Tags; len(got) != 0 {
		t.Errorf("tags %+v", got)
	}
	for i := range chat.MaxTagsOn {
		s.must(s.desk.AddTag(s.ctx(), ben, id, "", strings.Repeat("n", i+1)))
	}
	s.refused(s.desk.AddTag(s.ctx(), ben, id, "", "one more"), chat.Conflict)
}

// Giving on is for who has it and for supervisors, and only to who is here.
func TestGiving(t *testing.T) {
	s := newShop(t)
	ben, noor, lee, boss := s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole), s.agent("Lee", chat.AgentRole), s.agent("Ana", chat.Supervisor)
	_, id := s.chatting()
	readers := chat.OwnRole{ID: chat.NewID(), Name: "Reader", Rights: chat.RightsOf(chat.ReadConversations)}
	s.must(s.store.InsertRole(s.ctx(), &readers))
	s.refused(s.desk.Give(s.ctx(), ben, id, s.agent("Rita", chat.Role(readers.ID)).ID, ""), chat.Conflict)
	s.must(s.desk.Give(s.ctx(), ben, id, noor.ID, ""))
	if r := s.row(id); r.AssigneeID != noor.ID || r.State != chat.Open {
		t.Errorf("given: %+v", r)
	}
	s.refused(s.desk.Give(s.ctx(), ben, id, ben.ID, ""), chat.TakenByOther)
	s.refused(s.desk.Give(s.ctx(), ben, id, lee.ID, noor.ID), chat.TakenByOther)
	s.refused(s.desk.Give(s.ctx(), boss, id, lee.ID, ben.ID), chat.TakenByOther)
	until := s.now().Add(time.Hour)
	s.must(s.desk.Snooze(s.ctx(), noor, id, until))
	s.must(s.desk.Give(s.ctx(), boss, id, lee.ID, noor.ID))
	if r := s.row(id); r.AssigneeID != lee.ID || r.State != chat.Snoozed || r.SnoozedUntil != until {
		t.Errorf("given asleep: %+v", r)
	}
	s.refused(s.desk.Give(s.ctx(), lee, id, chat.NewID(), lee.ID), chat.NotFound)
	gone, err := s.store.Agent(s.ctx(), noor.ID)
	s.must(err)
	gone.DisabledAt = s.now()
	s.must(s.store.SaveAgent(s.ctx(), gone))
	s.refused(s.desk.Give(s.ctx(), lee, id, noor.ID, lee.ID), chat.Conflict)
}
