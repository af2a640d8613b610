package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// had is a conversation that Ann has, with the colleagues who are there.
func had(s *shop) (ann, ben, noor chat.Actor, id string, there []string) {
	ann, ben, noor = s.agent("Ann", chat.AgentRole), s.agent("Ben", chat.AgentRole), s.agent("Noor", chat.AgentRole)
	_, id = s.chatting()
	s.must(s.desk.Take(s.ctx(), ann, id, ""))
	return ann, ben, noor, id, []string{ben.ID, noor.ID}
}

// Who has it keeps it until the colleague takes it; the customer hears who goes on
// then, and nothing before.
func TestAHandoverIsAccepted(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	s.must(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID, Note: "She wants it by Friday."}, there))
	if r := s.row(id); r.AssigneeID != ann.ID || r.State != chat.Open || r.OfferedTo != ben.ID {
		t.Fatalf("while it is offered: %+v", r.Conversation)
	}
	if e := s.last(id, chat.ConversationOffered); e.PublicSeq != 0 || e.AgentID != ben.ID || e.FromAgentID != ann.ID {
		t.Errorf("offered by %+v", e)
	}
	h, err := s.store.Handing(s.ctx(), id, ben.ID)
	s.must(err)
	if h.From.ID != ann.ID || h.Note != "She wants it by Friday." || h.Step == "" {
		t.Errorf("what goes with it: %+v", h)
	}
	s.refused(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: noor.ID, FromID: ann.ID}, there), chat.Conflict)
	s.must(s.desk.Take(s.ctx(), ben, id, ann.ID))
	if r := s.row(id); r.AssigneeID != ben.ID || r.OfferedTo != "" {
		t.Errorf("once it is taken: %+v", r.Conversation)
	}
	if e := s.last(id, chat.ConversationTaken); !e.Handed() || e.PublicSeq == 0 {
		t.Errorf("taken as %+v", e)
	}
	if list, err := s.store.Offers(s.ctx(), id); err != nil || len(list) != 0 {
		t.Errorf("left over: %+v, %v", list, err)
	}
}

// Declined, it stays where it was, with the reason; a colleague who takes it over
// unasked was not handed it.
func TestAHandoverReturns(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	s.must(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, there))
	s.must(s.desk.Decline(s.ctx(), ben, id, "I do not know these lamps.", there))
	r := s.row(id)
	if r.AssigneeID != ann.ID || r.OfferedTo != "" {
		t.Errorf("declined: %+v", r.Conversation)
	}
	if e := s.last(id, chat.NotePosted); e.ByID != ben.ID || e.Message.Text != "I do not know these lamps." {
		t.Errorf("the reason: %+v", e.Message)
	}
	s.must(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: noor.ID, FromID: ann.ID}, there))
	s.must(s.desk.Recall(s.ctx(), ann, id))
	s.must(s.desk.Recall(s.ctx(), ann, id))
	if r := s.row(id); r.OfferedTo != "" || r.AssigneeID != ann.ID {
		t.Errorf("taken back: %+v", r.Conversation)
	}
	s.must(s.desk.Take(s.ctx(), noor, id, ann.ID))
	if e := s.last(id, chat.ConversationTaken); e.Handed() {
		t.Errorf("taken over unasked, and told as %q", e.Why)
	}
}

// A team is asked one after the other, nobody twice, and then it returns.
func TestATeamIsAskedInTurn(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{ann.ID, ben.ID, noor.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	s.must(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{TeamID: team.ID, FromID: ann.ID}, append([]string{ann.ID}, there...)))
	for _, who := range []chat.Actor{ben, noor} {
		if r := s.row(id); r.OfferedTo != who.ID || r.AssigneeID != ann.ID {
			t.Fatalf("asked is %q, had by %q", r.OfferedTo, r.AssigneeID)
		}
		passed, err := s.desk.PassOffer(s.ctx(), id, who.ID, chat.OfferLapsed, there)
		if s.must(err); !passed {
			t.Fatal("there was nothing to pass on")
		}
	}
	if r := s.row(id); r.OfferedTo != "" || r.AssigneeID != ann.ID {
		t.Errorf("asked everybody: %+v", r.Conversation)
	}
	s.refused(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{TeamID: team.ID, FromID: ann.ID}, []string{ann.ID}), chat.Conflict)
}

// Nothing can be handed over that is not theirs, that nobody has, or to who is not
// there; and what goes back into the queue is held out to nobody.
func TestWhatCannotBeHandedOver(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	s.refused(s.desk.HandOver(s.ctx(), noor, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, there), chat.TakenByOther)
	s.refused(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, nil), chat.Conflict)
	boss := s.agent("Sam", chat.Supervisor)
	s.must(s.desk.HandOver(s.ctx(), boss, id, desk.Handover{ToID: ben.ID, FromID: ann.ID}, there))
	s.must(s.desk.Release(s.ctx(), ann, id))
	if r := s.row(id); r.OfferedTo != "" || r.State != chat.Waiting {
		t.Errorf("put back: %+v", r.Conversation)
	}
	s.refused(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID}, there), chat.Conflict)
	s.must(s.desk.Close(s.ctx(), ann, id))
	s.refused(s.desk.HandOver(s.ctx(), ann, id, desk.Handover{ToID: ben.ID}, there), chat.AlreadyClosed)
}

// With nobody there the customer is promised an answer that can be kept, once, and
// whoever comes first has it; their reply keeps the promise.
func TestAnAnswerIsPromisedInstead(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, _ := had(s)
	s.must(s.desk.PromiseAnswer(s.ctx(), ann, id, ann.ID, false))
	r := s.row(id)
	if r.State != chat.Waiting || r.PromisedAt != s.now().Add(2*time.Hour) || r.WaitingSince == 0 {
		t.Fatalf("in the queue: %+v", r.Conversation)
	}
	p := s.last(id, chat.PromiseWasMade).Promise
	if p.Text != "answer you here" || p.Owner.ID != "" || p.MadeBy != ann.ID {
		t.Errorf("promised %+v", p)
	}
	s.must(s.desk.PromiseAnswer(s.ctx(), ann, id, "", false))
	if open, err := s.store.Promises(s.ctx(), id); err != nil || len(open) != 1 {
		t.Errorf("%d promises, %v", len(open), err)
	}
	s.replies(ben, id, "client-reply", "Here I am.")
	if e := s.last(id, chat.PromiseWasKept); e.PromiseID != p.ID {
		t.Errorf("kept %+v", e)
	}
}
