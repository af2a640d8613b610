package desk_test

import (
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/desk"
)

// twice is a customer who came back too late for the first conversation to open again.
func (s *shop) twice(ben chat.Actor) (who chat.Actor, first, second string) {
	s.Helper()
	who, first = s.visitor(), chat.NewID()
	s.says(who, first, "client-1", "Hi, where is my parcel?")
	s.replies(ben, first, "client-ben1", "Hello, I'm Ben. It comes tomorrow.")
	s.must(s.desk.Close(s.ctx(), ben, first))
	s.later(desk.ReopenWindow + time.Hour)
	second = s.says(who, first, "client-2", "My invoice has the wrong name on it. Can you fix that?").Message.ConversationID
	if second == first {
		s.Fatal("it opened again")
	}
	return who, first, second
}

func (s *shop) talk(id string) *chat.Row {
	s.Helper()
	r := s.row(id)
	return &r
}

// united is what two conversations hear that become one.
func (s *shop) united(ben chat.Actor) []chat.EventType {
	s.Helper()
	_, first, second := s.twice(ben)
	s.must(s.desk.Unite(s.ctx(), ben, second, desk.Uniting{IntoID: first}))
	return append(s.types(first), s.types(second)...)
}

// The one that goes is closed and leads on; the other opens with what is open in it, and
// its customer waits since they first did.
func TestAConversationGoesOnInAnother(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, first, next := s.twice(ben)
	s.must(s.desk.AddTag(s.ctx(), s.agent("Sue", chat.Supervisor), next, "", "invoice"))
	s.must(s.desk.Take(s.ctx(), ben, next, ""))
	need := "The name on the invoice"
	s.must(s.desk.Correct(s.ctx(), ben, next, cycle.Correction{Need: &need}))
	p, err := s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: next, ClientID: "client-promise", Whose: chat.Ours, Text: "A new invoice", DueAt: s.now().Add(48 * time.Hour)})
	s.must(err)
	waited := s.talk(next).WaitingSince

	s.must(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first, From: ben.ID}))
	goes, stays := s.talk(next), s.talk(first)
	if goes.State != chat.Closed || goes.MergedInto != first || goes.WaitingSince != 0 || goes.PromisedAt != 0 {
		t.Errorf("the one that goes: %+v", goes)
	}
	if stays.State != chat.Open || stays.AssigneeID != ben.ID || stays.WaitingSince != waited || stays.PromisedAt != p.DueAt {
		t.Errorf("the one that stays: %+v", stays)
	}
	if e := s.last(next, chat.ConversationMerged); e.Other.ID != first || e.Other.StartedAt != stays.StartedAt || e.PublicSeq == 0 {
		t.Errorf("told where it goes on: %+v", e)
	}
	if e := s.last(first, chat.ConversationReceived); e.Other.ID != next || e.Other.Messages != 1 || e.PublicSeq == 0 {
		t.Errorf("told what goes on here: %+v", e)
	}
	m := s.matter(first)
	if m.Need != need || m.Number != 2 || m.ConversationID != first {
		t.Errorf("the current matter is %+v", m)
	}
	kept, err := s.store.Promise(s.ctx(), p.ID)
	s.must(err)
	if kept.ConversationID != first || kept.MatterID != m.ID || kept.DueAt != p.DueAt || kept.Owner.ID != ben.ID {
		t.Errorf("the promise is %+v", kept)
	}
	if len(stays.Tags) != 1 || stays.Tags[0].Name != "invoice" {
		t.Errorf("tags: %+v", stays.Tags)
	}
	// Again changes nothing; and it is over for good.
	s.must(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first, From: ben.ID}))
	if again := s.talk(first); again.Seq != stays.Seq {
		t.Errorf("again it has %d events, it had %d", again.Seq, stays.Seq)
	}
	s.refused(s.desk.Reopen(s.ctx(), ben, next), chat.Conflict)
	_, err = s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: next, ClientID: "client-late", Kind: chat.Reply, Text: "Hello?"})
	s.refused(err, chat.Conflict)
	_, err = s.desk.PlanFollowUp(s.ctx(), ben, next, chat.FollowUp{Text: "All well?", DueAt: s.now().Add(48 * time.Hour)})
	s.refused(err, chat.Conflict)

	// What was promised there is found again by whoever did not hear of it.
	same, err := s.desk.MakePromise(s.ctx(), ben, chat.Promise{ConversationID: next, ClientID: "client-promise", Whose: chat.Ours, Text: "A new invoice", DueAt: s.now().Add(48 * time.Hour)})
	s.must(err)
	if same.ID != p.ID {
		t.Errorf("promised twice: %s and %s", p.ID, same.ID)
	}
	no := chat.SolvedNotYet
	_, err = s.desk.GiveFeedback(s.ctx(), who, next, chat.FeedbackChange{Solved: &no})
	s.refused(err, chat.Conflict)

	// A tab that has not heard of it writes there: once, and where it goes on, also when
	// that was closed meanwhile.
	for range 2 {
		if got := s.says(who, next, "client-3", "Are you there?").Message; got.ConversationID != first {
			t.Errorf("it landed in %s", got.ConversationID)
		}
	}
	s.replies(ben, first, "client-ben2", "I am.")
	s.must(second(s.desk.KeepPromise(s.ctx(), ben, p.ID, "client-kept", "")))
	s.must(s.desk.Close(s.ctx(), ben, first))
	if got := s.says(who, next, "client-4", "One thing more: is it paid?").Message; got.ConversationID != first || s.talk(first).State == chat.Closed {
		t.Errorf("it landed in %s", got.ConversationID)
	}
	if n := s.rows(`SELECT count(*) FROM audit WHERE action = 'conversation.merged' AND object = ? AND detail = ?`, next, first); n[0] != "1" {
		t.Errorf("%s lines in the audit log", n[0])
	}
}

// A closed one is brought into the one that is open, which stays as it is.
func TestAClosedConversationGoesOnInTheOpenOne(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	_, first, next := s.twice(ben)
	s.must(s.desk.Take(s.ctx(), anna, next, ""))
	before := s.matter(next).ID
	s.refused(s.desk.Unite(s.ctx(), ben, first, desk.Uniting{IntoID: next, IntoHas: anna.ID}), chat.TakenByOther)
	s.refused(s.desk.Unite(s.ctx(), anna, first, desk.Uniting{IntoID: next, IntoHas: ben.ID}), chat.TakenByOther)
	s.must(s.desk.Unite(s.ctx(), anna, first, desk.Uniting{IntoID: next, IntoHas: anna.ID}))
	if r := s.talk(next); r.State != chat.Open || r.AssigneeID != anna.ID || r.MatterID != before {
		t.Errorf("the one that stays: %+v", r)
	}
	if n := len(slices.DeleteFunc(s.events(first), func(e chat.Event) bool { return e.Type != chat.ConversationClosed })); n != 1 {
		t.Errorf("closed %d times", n)
	}
}

// What cannot be brought together is refused, each with its reason.
func TestConversationsThatStayApart(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	who, first, next := s.twice(ben)
	other := s.says(s.visitor(), chat.NewID(), "client-o", "Hello!").Message.ConversationID
	s.refused(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: other}), chat.Invalid)
	s.refused(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: next}), chat.Invalid)
	s.refused(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: chat.NewID()}), chat.NotFound)
	s.refused(s.desk.Unite(s.ctx(), who, next, desk.Uniting{IntoID: first}), chat.Forbidden)
	s.must(s.desk.Close(s.ctx(), who, next))
	s.refused(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first}), chat.AlreadyClosed)
	s.later(chat.UniteWithin)
	third := s.says(who, next, "client-3", "Me again, about a lamp").Message.ConversationID
	s.refused(s.desk.Unite(s.ctx(), ben, third, desk.Uniting{IntoID: first}), chat.Conflict)
	s.must(s.desk.Unite(s.ctx(), ben, third, desk.Uniting{IntoID: next}))
	s.refused(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: third}), chat.Conflict)
}

// A complaint goes on with its track; a card that waits for an answer is taken back.
func TestAComplaintGoesOnInAnother(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, first, next := s.twice(ben)
	s.must(s.desk.Take(s.ctx(), ben, next, ""))
	k, err := s.desk.OpenTrack(s.ctx(), ben, next)
	s.must(err)
	s.sends(ben, s.summary(next, "client-card", "The invoice names the wrong street."))
	s.must(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first, From: ben.ID}))
	moved, err := s.store.Track(s.ctx(), k.ID)
	s.must(err)
	if r := s.talk(first); moved.ConversationID != first || moved.MatterID != r.MatterID || r.Complaint != chat.TrackedComplaint || s.talk(next).Complaint == chat.TrackedComplaint {
		t.Errorf("the track is %+v, the conversation %+v", moved, r)
	}
	if e := s.last(next, chat.CardWasWithdrawn); e.Card == nil || e.Card.State != chat.CardWithdrawn {
		t.Errorf("the card: %+v", e)
	}
	s.refused(s.desk.Close(s.ctx(), ben, first), chat.CauseMissing)
	if !slices.ContainsFunc(s.events(first), func(e chat.Event) bool { return e.Type == chat.ComplaintStaged }) {
		t.Error("nobody was told of the complaint")
	}
}

// Where two profiles are taken apart again, nobody's words land with the other.
func TestTakenApartNobodyWritesToTheOther(t *testing.T) {
	s := newShop(t)
	sue := s.agent("Sue", chat.Supervisor)
	laptop, phone := s.visitor(), s.visitor()
	stays := s.says(laptop, chat.NewID(), "client-1", "On my laptop").Message.ConversationID
	goes := s.says(phone, chat.NewID(), "client-2", "On my phone").Message.ConversationID
	s.refused(s.desk.Unite(s.ctx(), sue, goes, desk.Uniting{IntoID: stays}), chat.Invalid)
	done, err := s.desk.MergePeople(s.ctx(), sue, laptop.ID, phone.ID)
	s.must(err)
	s.must(s.desk.Unite(s.ctx(), sue, goes, desk.Uniting{IntoID: stays}))
	if r := s.row(stays); r.State != chat.Waiting || r.AssigneeID != "" || !r.PutBack {
		t.Errorf("the one that stays: %+v", r)
	}
	if got := s.says(phone, goes, "client-3", "Hello?").Message.ConversationID; got != stays {
		t.Errorf("it landed in %s", got)
	}
	s.must(second(s.desk.UnmergePeople(s.ctx(), sue, laptop.ID, done.Merge.ID)))
	got := s.says(phone, goes, "client-4", "And now?").Message.ConversationID
	if r := s.row(got); got == stays || got == goes || r.PersonID != phone.ID || r.PreviousID != goes {
		t.Errorf("it landed in %+v", r)
	}
}

// A follow-up that somebody planned is said where it goes on, when it was to be and once;
// one by rule is not, and one that stands there stays the only one.
func TestAFollowUpGoesOnInAnother(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	plan := func(id, text string) {
		t.Helper()
		_, err := s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: text, DueAt: s.now().Add(48 * time.Hour)})
		s.must(err)
	}
	said := func(id string) (out []string) {
		for _, m := range s.said(id) {
			out = append(out, m.Text)
		}
		return out
	}
	s.rule(1, "By rule: all well?")
	_, first, next := s.twice(ben) // the first closing has planned one by rule
	plan(next, "Did the invoice arrive?")
	s.must(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first}))
	s.later(48*time.Hour - time.Second)
	if n := s.due(); n != 0 {
		t.Errorf("%d are due too early", n)
	}
	s.later(time.Second)
	if n := s.due(); n != 1 || !slices.Equal(said(first), []string{"Did the invoice arrive?"}) || len(said(next)) != 0 {
		t.Errorf("%d are due; said are %q and %q", n, said(first), said(next))
	}

	_, first, next = s.twice(ben)
	plan(first, "Is the lamp well?")
	plan(next, "Did the invoice arrive?")
	s.must(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first}))
	s.later(48 * time.Hour)
	if n := s.due(); n != 1 || !slices.Equal(said(first), []string{"Is the lamp well?"}) {
		t.Errorf("%d are due; said is %q", n, said(first))
	}

	_, first, next = s.twice(ben)
	s.replies(ben, next, "client-ben2", "Done.")
	s.must(s.desk.Close(s.ctx(), ben, next)) // which plans one by rule
	s.must(s.desk.Reopen(s.ctx(), ben, first))
	if _, err := s.store.StandingFollowUp(s.ctx(), next); err != nil {
		t.Fatal(err)
	}
	s.must(s.desk.Unite(s.ctx(), ben, next, desk.Uniting{IntoID: first, IntoHas: ben.ID}))
	s.later(7 * 24 * time.Hour)
	if n := s.due(); n != 0 || len(said(first))+len(said(next)) != 0 {
		t.Errorf("%d by rule are due", n)
	}
}
