package desk_test

import (
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

func say[T any](v T) *T { return &v }

// closed is a new visitor's conversation that Ben answered and closed.
func (s *shop) closed() (maria, ben chat.Actor, id string) {
	s.Helper()
	ben = s.agent("Ben", chat.AgentRole)
	maria, id = s.chatting()
	s.replies(ben, id, "client-reply", "A new one is on its way to you.")
	s.must(s.desk.Close(s.ctx(), ben, id))
	return maria, ben, id
}

// given are the events of feedback, oldest first.
func (s *shop) given(id string) (out []chat.Event) {
	s.Helper()
	for _, e := range s.events(id) {
		if e.Type == chat.FeedbackGiven {
			out = append(out, e)
		}
	}
	return out
}

// solvedFacts are what reports count, oldest first.
func (s *shop) solvedFacts(id string) []string {
	s.Helper()
	return s.rows(`SELECT value FROM fact WHERE conversation_id = $1 AND kind = 'feedback.solved' ORDER BY id`, id)
}

func TestFeedbackIsKeptAndChanged(t *testing.T) {
	s := newShop(t)
	maria, _, id := s.closed()
	f, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedYes), Rating: say(int64(5))})
	s.must(err)
	s.later(time.Minute)
	g, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Comment: say("  Quick and kind. ")})
	s.must(err)
	if g.ID != f.ID || g.Solved != chat.SolvedYes || g.Rating != 5 || g.Comment != "Quick and kind." {
		t.Errorf("feedback %+v", g)
	}
	before := len(s.given(id))
	_, err = s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Rating: say(int64(5))})
	s.must(err)
	if after := len(s.given(id)); before != 2 || after != 2 {
		t.Errorf("%d events, then %d after the same again", before, after)
	}
	if got := s.solvedFacts(id); !slices.Equal(got, []string{"1"}) {
		t.Errorf("facts of being solved %v, want one", got)
	}
}

func TestNotYetOpensAtTheFrontWithWhoHadIt(t *testing.T) {
	s := newShop(t)
	maria, ben, id := s.closed()
	closed := s.now()
	s.later(2 * time.Hour)
	_, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedNotYet)})
	s.must(err)
	if row := s.row(id); row.State != chat.Open || row.AssigneeID != ben.ID || row.WaitingSince != closed || row.ClosedAt != 0 {
		t.Errorf("reopened as %+v", row.Conversation)
	}
	_, err = s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedYes)})
	s.must(err)
	if got := s.solvedFacts(id); !slices.Equal(got, []string{"0", "1"}) {
		t.Errorf("facts %v, want the first word and the last", got)
	}
}

func TestNotYetLeavesANewerConversationAlone(t *testing.T) {
	s := newShop(t)
	maria, _, id := s.closed()
	s.later(desk.ReopenWindow + time.Hour)
	s.says(maria, id, "client-new", "One more question")
	_, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedNotYet)})
	s.must(err)
	if row := s.row(id); row.State != chat.Closed {
		t.Errorf("the old conversation is %v", row.State)
	}
}

func TestPureThanksCountAsSolved(t *testing.T) {
	s := newShop(t)
	maria, _, id := s.closed()
	s.says(maria, id, "client-ty", "Thank you so much, Ben!")
	given := s.given(id)
	if len(given) != 1 || given[0].Feedback.Solved != chat.SolvedYes || !given[0].Feedback.Thanks {
		t.Fatalf("events %+v", given)
	}
	f, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Solved: say(chat.SolvedNotYet)})
	s.must(err)
	if f.Thanks || f.Solved != chat.SolvedNotYet {
		t.Errorf("their own word must win: %+v", f)
	}
}

func TestFeedbackIsBoundedAndTheirOwn(t *testing.T) {
	s := newShop(t)
	maria, ben, id := s.closed()
	eve := s.visitor()
	for name, c := range map[string]struct {
		who    chat.Actor
		change chat.FeedbackChange
		code   chat.Code
	}{
		"nothing":    {maria, chat.FeedbackChange{}, chat.Invalid},
		"six stars":  {maria, chat.FeedbackChange{Rating: say(int64(6))}, chat.Invalid},
		"maybe":      {maria, chat.FeedbackChange{Solved: say(chat.Solved("maybe"))}, chat.Invalid},
		"a book":     {maria, chat.FeedbackChange{Comment: say(string(make([]rune, 2000)))}, chat.Invalid},
		"a stranger": {eve, chat.FeedbackChange{Solved: say(chat.SolvedYes)}, chat.NotFound},
		"the agent":  {ben, chat.FeedbackChange{Solved: say(chat.SolvedYes)}, chat.Forbidden},
	} {
		if _, err := s.desk.GiveFeedback(s.ctx(), c.who, id, c.change); !chat.Is(err, c.code) {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
	}
}

// What was said of Ben before a closing stays his when Anna is rated after it, and
// each rating counts for who had the conversation then.
func TestEachRoundAndAgentHasItsOwn(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	maria, id := s.chatting()
	rate := func(n int64) *chat.Feedback {
		f, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Rating: &n})
		s.must(err)
		return f
	}
	s.replies(ben, id, "client-reply", "A new one is on its way to you.")
	first := rate(5)
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.must(s.desk.Reopen(s.ctx(), anna, id))
	second := rate(1)
	s.must(s.desk.Take(s.ctx(), ben, id, anna.ID))
	third := rate(1)
	if first.ID == second.ID || second.ID != third.ID || third.AgentID != ben.ID || second.Round == 0 {
		t.Errorf("%+v\n%+v\n%+v", first, second, third)
	}
	got := s.rows(`SELECT CAST(value AS TEXT) || agent_id FROM fact WHERE conversation_id = $1 AND kind = 'feedback.rating' ORDER BY id`, id)
	if want := []string{"5" + ben.ID, "1" + anna.ID, "1" + ben.ID}; !slices.Equal(got, want) {
		t.Errorf("facts %v, want %v", got, want)
	}
	if events := s.given(id); events[0].Feedback.Rating != 5 || events[1].Feedback.Rating != 1 {
		t.Errorf("events %+v", events)
	}
}

// Who changes their mind all day does not fill the thread, and the last word
// stands in it all the same.
func TestManyChangesAreFewLines(t *testing.T) {
	s := newShop(t)
	maria, _, id := s.closed()
	for n := range int64(3 * chat.MaxFeedbackLines) {
		_, err := s.desk.GiveFeedback(s.ctx(), maria, id, chat.FeedbackChange{Rating: say(n%5 + 1)})
		s.must(err)
	}
	if events := s.given(id); len(events) != chat.MaxFeedbackLines || events[len(events)-1].Feedback.Rating != 5 {
		t.Errorf("%d lines, the last %+v", len(events), events[len(events)-1].Feedback)
	}
}
