package desk_test

import (
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// A supervisor moves what colleagues have and what waits: to one of them, to who comes
// first of a team, and back into the queue; a note names who had it and who gets it.
func TestASupervisorRearranges(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, there := had(s)
	boss := s.agent("Sam", chat.Supervisor)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{noor.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	moves := func(m desk.Move) *desk.Posted {
		t.Helper()
		posted, err := s.desk.Move(s.ctx(), boss, id, m, there)
		s.must(err)
		return posted
	}
	_, err := s.desk.Move(s.ctx(), ben, id, desk.Move{ToID: ben.ID, FromID: ann.ID}, there)
	s.refused(err, chat.Forbidden)
	_, err = s.desk.Move(s.ctx(), boss, id, desk.Move{ToID: ben.ID, FromID: noor.ID}, there)
	s.refused(err, chat.TakenByOther)

	said := moves(desk.Move{ToID: ben.ID, FromID: ann.ID, Why: "Ann is at lunch."})
	if r := s.row(id); r.AssigneeID != ben.ID || r.State != chat.Open {
		t.Errorf("moved to Ben: %+v", r.Conversation)
	}
	if said.Message.Text != "Moved from Ann to Ben. Ann is at lunch." || len(said.Mentioned) != 2 || s.last(id, chat.NotePosted).PublicSeq != 0 {
		t.Errorf("told %q to %v", said.Message.Text, said.Mentioned)
	}
	if same := moves(desk.Move{ToID: ben.ID, FromID: ben.ID}); same.Message.ID != "" {
		t.Errorf("moved to who has it: %+v", same.Message)
	}
	moves(desk.Move{TeamID: team.ID, FromID: ben.ID})
	if r := s.row(id); r.AssigneeID != noor.ID {
		t.Errorf("moved to a team: %+v", r.Conversation)
	}
	_, err = s.desk.Move(s.ctx(), boss, id, desk.Move{TeamID: team.ID, FromID: noor.ID}, there)
	s.refused(err, chat.Conflict)
	said = moves(desk.Move{FromID: noor.ID})
	if r := s.row(id); r.AssigneeID != "" || r.State != chat.Waiting || r.WaitingSince == 0 || said.Message.Text != "Moved from Noor to the queue." || len(said.Mentioned) != 1 {
		t.Errorf("moved into the queue: %+v, told %q to %v", r.Conversation, said.Message.Text, said.Mentioned)
	}
	if twice := moves(desk.Move{}); twice.Message.ID != "" {
		t.Errorf("moved from the queue to the queue: %+v", twice.Message)
	}
	moves(desk.Move{ToID: ann.ID})
	s.must(s.desk.Snooze(s.ctx(), ann, id, s.now()+3_600_000))
	moves(desk.Move{ToID: ben.ID, FromID: ann.ID})
	if r := s.row(id); r.AssigneeID != ben.ID || r.State != chat.Snoozed || r.SnoozedUntil == 0 {
		t.Errorf("asleep, moved to Ben: %+v", r.Conversation)
	}
	s.must(s.desk.Close(s.ctx(), ben, id))
	_, err = s.desk.Move(s.ctx(), boss, id, desk.Move{FromID: ben.ID}, there)
	s.refused(err, chat.AlreadyClosed)
}
