package desk_test

import (
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// A question is answered without joining: both are notes, who has the conversation goes
// on having it, and each side is named in what is for them.
func TestAQuestionIsAnswered(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, _ := had(s)
	posted, err := s.desk.Consult(s.ctx(), ann, id, desk.Question{ToID: ben.ID, Text: "Do we have it in blue?"})
	s.must(err)
	if e := s.last(id, chat.NotePosted); e.PublicSeq != 0 || e.Message.ID != posted.Message.ID || e.Message.Text != "For Ben: Do we have it in blue?" || len(posted.Mentioned) != 1 || posted.Mentioned[0] != ben.ID {
		t.Errorf("asked as %+v, for %v", e.Message, posted.Mentioned)
	}
	open, err := s.store.ConsultsFor(s.ctx(), ben.ID)
	if s.must(err); len(open) != 1 || open[0].Question != "Do we have it in blue?" || open[0].By.ID != ann.ID || open[0].To.ID != ben.ID {
		t.Fatalf("Ben is asked %+v", open)
	}
	if none, err := s.store.ConsultsFor(s.ctx(), noor.ID); err != nil || len(none) != 0 {
		t.Errorf("Noor is asked %+v, %v", none, err)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), noor, open[0].ID, "No idea.")
	s.refused(err, chat.NotFound)
	answer, err := s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, "Two, in the small store.")
	s.must(err)
	if m := answer.Message; m.Kind != chat.Note || !strings.Contains(m.Text, "Do we have it in blue?") || !strings.HasSuffix(m.Text, "Two, in the small store.") || answer.Mentioned[0] != ann.ID {
		t.Errorf("answered %+v for %v", m, answer.Mentioned)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, "Or three.")
	s.refused(err, chat.Conflict)
	if r := s.row(id); r.AssigneeID != ann.ID || r.Guests != "" {
		t.Errorf("whose it is now: %+v", r.Conversation)
	}
	if left, err := s.store.ConsultsBy(s.ctx(), ann.ID); err != nil || len(left) != 0 {
		t.Errorf("still open: %+v, %v", left, err)
	}
}

// A team is asked at once and the first of it answers; who asks may take it back, and
// nobody asks those who could not answer, nor without end.
func TestQuestionsToATeamAndTheirEnd(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, _ := had(s)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{ann.ID, ben.ID, noor.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	posted, err := s.desk.Consult(s.ctx(), ann, id, desk.Question{TeamID: team.ID, Text: "Who knows these lamps?"})
	if s.must(err); len(posted.Mentioned) != 2 {
		t.Errorf("asked are %v", posted.Mentioned)
	}
	open, err := s.store.ConsultsFor(s.ctx(), noor.ID)
	if s.must(err); len(open) != 1 || open[0].Team != "Repairs" {
		t.Fatalf("Noor is asked %+v", open)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), ann, open[0].ID, "I do.")
	s.refused(err, chat.NotFound)
	_, err = s.desk.DropConsult(s.ctx(), ben, open[0].ID)
	s.refused(err, chat.NotFound)
	for range 2 {
		_, err = s.desk.DropConsult(s.ctx(), ann, open[0].ID)
		s.must(err)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), noor, open[0].ID, "I do.")
	s.refused(err, chat.Conflict)
	_, err = s.desk.Consult(s.ctx(), ann, id, desk.Question{ToID: ann.ID, Text: "Me?"})
	s.refused(err, chat.Conflict)
	_, err = s.desk.Consult(s.ctx(), ann, id, desk.Question{ToID: chat.NewID(), Text: "Who?"})
	s.refused(err, chat.NotFound)
	_, err = s.desk.Consult(s.ctx(), ann, id, desk.Question{ToID: ben.ID, Text: strings.Repeat("ö", chat.MaxQuestion+1)})
	s.refused(err, chat.Invalid)
	for range chat.MaxConsults {
		_, err := s.desk.Consult(s.ctx(), ann, id, desk.Question{ToID: ben.ID, Text: "And now?"})
		s.must(err)
	}
	_, err = s.desk.Consult(s.ctx(), ann, id, desk.Question{ToID: ben.ID, Text: "And now?"})
	s.refused(err, chat.Conflict)
}
