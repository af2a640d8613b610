package desk_test

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// asks gives a question a client id of its own.
func asks(q desk.Question) desk.Question {
	q.ClientID = chat.NewID()
	return q
}

// A question is answered without joining: both are notes, who has the conversation goes
// on having it, and each side is named in what is for them.
func TestAQuestionIsAnswered(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, _ := had(s)
	posted, err := s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{ToID: ben.ID, Text: "Do we have it in blue?"}))
	s.must(err)
	if e := s.last(id, chat.NotePosted); e.PublicSeq != 0 || e.Message.ID != posted.Message.ID || e.Message.Text != "For Ben:\nDo we have it in blue?" || len(posted.Mentioned) != 1 || posted.Mentioned[0] != ben.ID {
		t.Errorf("asked as %+v, for %v", e.Message, posted.Mentioned)
	}
	open, err := s.store.ConsultsFor(s.ctx(), ben.ID)
	if s.must(err); len(open) != 1 || open[0].Question != "Do we have it in blue?" || open[0].By.ID != ann.ID || open[0].To.ID != ben.ID {
		t.Fatalf("Ben is asked %+v", open)
	}
	if none, err := s.store.ConsultsFor(s.ctx(), noor.ID); err != nil || len(none) != 0 {
		t.Errorf("Noor is asked %+v, %v", none, err)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), noor, open[0].ID, chat.NewID(), "No idea.")
	s.refused(err, chat.NotFound)
	answer, err := s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, chat.NewID(), "Two, in the small store.")
	s.must(err)
	if m := answer.Message; m.Kind != chat.Note || !strings.Contains(m.Text, "Do we have it in blue?") || !strings.HasSuffix(m.Text, "Two, in the small store.") || answer.Mentioned[0] != ann.ID {
		t.Errorf("answered %+v for %v", m, answer.Mentioned)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, chat.NewID(), "Or three.")
	s.refused(err, chat.Conflict)
	if r := s.row(id); r.AssigneeID != ann.ID || r.Guests != "" {
		t.Errorf("whose it is now: %+v", r.Conversation)
	}
	if left, err := s.store.ConsultsBy(s.ctx(), ann.ID); err != nil || len(left) != 0 {
		t.Errorf("still open: %+v, %v", left, err)
	}
}

// A question reads the same whatever the asked are called by the time that it is read.
func TestAQuestionReadsTheSameAfterARename(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, _ := had(s)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs: EU", Members: []string{ben.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	text := "Two things:\nIs it blue?\nIs it here?"
	for _, q := range []desk.Question{{ToID: ben.ID, Text: text}, {TeamID: team.ID, Text: text}} {
		s.must(second(s.desk.Consult(s.ctx(), ann, id, asks(q))))
	}
	a, err := s.store.Agent(s.ctx(), ben.ID)
	s.must(err)
	a.Name, team.Name = "Benedict", "Europe"
	s.must(s.store.SaveAgent(s.ctx(), a))
	s.must(s.store.SaveTeam(s.ctx(), &team, team.Members))
	open, err := s.store.ConsultsFor(s.ctx(), ben.ID)
	if s.must(err); len(open) != 2 {
		t.Fatalf("open are %+v", open)
	}
	for _, q := range open {
		if q.Question != text {
			t.Errorf("%s%s is asked %q", q.To.Name, q.Team, q.Question)
		}
	}
}

// A team is asked at once and the first of it answers; who asks may take it back, and
// nobody asks those who could not answer, nor without end.
func TestQuestionsToATeamAndTheirEnd(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, _ := had(s)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{ann.ID, ben.ID, noor.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	posted, err := s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{TeamID: team.ID, Text: "Who knows these lamps?"}))
	if s.must(err); len(posted.Mentioned) != 2 {
		t.Errorf("asked are %v", posted.Mentioned)
	}
	open, err := s.store.ConsultsFor(s.ctx(), noor.ID)
	if s.must(err); len(open) != 1 || open[0].Team != "Repairs" {
		t.Fatalf("Noor is asked %+v", open)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), ann, open[0].ID, chat.NewID(), "I do.")
	s.refused(err, chat.NotFound)
	_, err = s.desk.DropConsult(s.ctx(), ben, open[0].ID)
	s.refused(err, chat.NotFound)
	for range 2 {
		_, err = s.desk.DropConsult(s.ctx(), ann, open[0].ID)
		s.must(err)
	}
	_, err = s.desk.AnswerConsult(s.ctx(), noor, open[0].ID, chat.NewID(), "I do.")
	s.refused(err, chat.Conflict)
	_, err = s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{ToID: ann.ID, Text: "Me?"}))
	s.refused(err, chat.Conflict)
	_, err = s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{ToID: chat.NewID(), Text: "Who?"}))
	s.refused(err, chat.NotFound)
	_, err = s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{ToID: ben.ID, Text: strings.Repeat("ö", chat.MaxQuestion+1)}))
	s.refused(err, chat.Invalid)
	for range chat.MaxConsults {
		_, err := s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{ToID: ben.ID, Text: "And now?"}))
		s.must(err)
	}
	_, err = s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{ToID: ben.ID, Text: "And now?"}))
	s.refused(err, chat.Conflict)
}

// What is sent again because its answer was lost asks once and answers once, and tells
// nobody again.
func TestAskingAndAnsweringAgainChangesNothing(t *testing.T) {
	s := newShop(t)
	ann, ben, _, id, _ := had(s)
	q := asks(desk.Question{ToID: ben.ID, Text: "Do we have it in blue?"})
	first, err := s.desk.Consult(s.ctx(), ann, id, q)
	if s.must(err); !slices.Equal(first.Concerned, []string{ann.ID, ben.ID}) {
		t.Errorf("asking concerns %v", first.Concerned)
	}
	again, err := s.desk.Consult(s.ctx(), ann, id, q)
	if s.must(err); again.Message.ID != first.Message.ID || len(again.Mentioned)+len(again.Concerned) != 0 {
		t.Errorf("asked again as %+v", again)
	}
	open, err := s.store.ConsultsFor(s.ctx(), ben.ID)
	if s.must(err); len(open) != 1 {
		t.Fatalf("Ben is asked %+v", open)
	}
	key := chat.NewID()
	answer, err := s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, key, "Two.")
	if s.must(err); !slices.Equal(answer.Concerned, []string{ann.ID, ben.ID}) {
		t.Errorf("answering concerns %v", answer.Concerned)
	}
	same, err := s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, key, "Two.")
	if s.must(err); same.Message.ID != answer.Message.ID || len(same.Mentioned)+len(same.Concerned) != 0 {
		t.Errorf("answered again as %+v", same)
	}
	q.ClientID = "short"
	_, err = s.desk.Consult(s.ctx(), ann, id, q)
	s.refused(err, chat.Invalid)
	_, err = s.desk.AnswerConsult(s.ctx(), ben, open[0].ID, "", "Two.")
	s.refused(err, chat.Invalid)
}

// Who may take over takes back any question; those in whose lists it stood hear of it.
func TestAQuestionIsTakenBackForAColleague(t *testing.T) {
	s := newShop(t)
	ann, ben, noor, id, _ := had(s)
	team := chat.Team{ID: chat.NewID(), Name: "Repairs", Members: []string{ben.ID, noor.ID}}
	s.must(s.store.InsertTeam(s.ctx(), &team))
	_, err := s.desk.Consult(s.ctx(), ann, id, asks(desk.Question{TeamID: team.ID, Text: "Who knows these lamps?"}))
	s.must(err)
	open, err := s.store.ConsultsBy(s.ctx(), ann.ID)
	if s.must(err); len(open) != 1 {
		t.Fatalf("open are %+v", open)
	}
	told, err := s.desk.DropConsult(s.ctx(), s.agent("Sam", chat.Supervisor), open[0].ID)
	s.must(err)
	slices.Sort(told)
	want := []string{ann.ID, ben.ID, noor.ID}
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("told are %v, want %v", told, want)
	}
	if left, err := s.store.ConsultsFor(s.ctx(), noor.ID); err != nil || len(left) != 0 {
		t.Errorf("still open: %+v, %v", left, err)
	}
}
