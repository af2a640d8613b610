package desk_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// rule lets the shop follow up by itself.
func (s *shop) rule(days int64, text string) {
	s.Helper()
	s.site.After = chat.After{FollowUpDays: days, FollowUpText: text}
	s.must(s.site.Validate())
	s.must(s.store.SaveSite(s.ctx(), &s.site))
}

// due sends what is due now and returns how many there were.
func (s *shop) due() int {
	s.Helper()
	ids, err := s.store.ClaimFollowUps(s.ctx())
	s.must(err)
	for _, id := range ids {
		s.must(s.desk.SendFollowUp(s.ctx(), id))
		s.must(s.desk.SendFollowUp(s.ctx(), id))
	}
	return len(ids)
}

// said are the automatic messages of a conversation.
func (s *shop) said(id string) (out []chat.Message) {
	s.Helper()
	for _, e := range s.events(id) {
		if e.Message != nil && e.Message.Kind == chat.Auto {
			out = append(out, *e.Message)
		}
	}
	return out
}

// A rule follows up once, on a working day, in the name of who had it; the answer
// comes back to them, and none of it counts as a response.
func TestFollowUpByRule(t *testing.T) {
	s := newShop(t)
	s.rule(2, "Hello {{customer.first_name|there}}, it's {{agent.first_name}}. Is it still all right?")
	maria, ben, id := s.closed()
	waits, err := s.store.WaitingFollowUp(s.ctx(), id)
	s.must(err)
	at := waits.DueAt.Std().In(time.UTC)
	if day := at.Weekday(); day == time.Saturday || day == time.Sunday || at.Hour() != 10 || waits.DueAt.Sub(s.now()) < 24*time.Hour {
		t.Errorf("due %v", at)
	}
	s.later(waits.DueAt.Sub(s.now()) - time.Second)
	if n := s.due(); n != 0 {
		t.Fatalf("%d are due too early", n)
	}
	s.later(time.Second)
	if n := s.due(); n != 1 {
		t.Fatalf("%d are due", n)
	}
	said := s.said(id)
	if len(said) != 1 || said[0].Text != "Hello there, it's Ben. Is it still all right?" || said[0].ByID != ben.ID {
		t.Fatalf("said %+v", said)
	}
	if row := s.row(id); row.State != chat.Closed || row.UnreadPublic == 0 {
		t.Errorf("after it the conversation is %+v", row.Conversation)
	}
	s.says(maria, id, "client-answer", "No, it broke again.")
	if row := s.row(id); row.State != chat.Open || row.AssigneeID != ben.ID || row.WaitingSince == 0 {
		t.Errorf("the answer came to %+v", row.Conversation)
	}
	if got := s.rows(`SELECT count(*) FROM fact WHERE conversation_id = $1 AND kind = 'first.response'`, id); got[0] != "1" {
		t.Errorf("%s responses", got[0])
	}
}

// By rule nobody is asked who is talking again, was never answered, or has closed
// it themselves; and no raw variable is ever said.
func TestFollowUpByRuleIsDropped(t *testing.T) {
	for name, arrange := range map[string]func(s *shop) string{
		"talking again": func(s *shop) string {
			s.rule(1, "Still all right?")
			maria, _, id := s.closed()
			s.says(maria, id, "client-again", "One more question")
			return id
		},
		"a raw variable": func(s *shop) string {
			s.rule(1, "Hello {{customer.first_name}}!")
			_, _, id := s.closed()
			return id
		},
		"nobody answered": func(s *shop) string {
			s.rule(1, "Still all right?")
			ben := s.agent("Ben", chat.AgentRole)
			_, id := s.chatting()
			s.must(s.desk.Take(s.ctx(), ben, id, ""))
			s.must(s.desk.Close(s.ctx(), ben, id))
			return id
		},
		"they closed it": func(s *shop) string {
			s.rule(1, "Still all right?")
			ben := s.agent("Ben", chat.AgentRole)
			maria, id := s.chatting()
			s.replies(ben, id, "client-reply", "It is on its way.")
			s.must(s.desk.Close(s.ctx(), maria, id))
			return id
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			id := arrange(s)
			s.later(8 * 24 * time.Hour)
			s.due()
			if said := s.said(id); len(said) != 0 {
				t.Errorf("said %q", said[0].Text)
			}
			if _, err := s.store.WaitingFollowUp(s.ctx(), id); !chat.Is(err, chat.NotFound) {
				t.Errorf("it still waits: %v", err)
			}
		})
	}
}

// A follow-up by rule belongs to the closing that planned it: reopening drops it,
// and the next closing plans its own. One by hand outlives that.
func TestReopeningDropsTheFollowUpByRule(t *testing.T) {
	s := newShop(t)
	s.rule(1, "Still all right?")
	maria, _, id := s.closed()
	anna := s.agent("Anna", chat.AgentRole)
	s.later(time.Hour)
	s.must(s.desk.Reopen(s.ctx(), anna, id))
	if f, err := s.store.WaitingFollowUp(s.ctx(), id); !chat.Is(err, chat.NotFound) {
		t.Fatalf("%+v waits in an open conversation: %v", f, err)
	}
	s.must(s.desk.Close(s.ctx(), anna, id))
	if f, err := s.store.WaitingFollowUp(s.ctx(), id); err != nil || f.AgentID != anna.ID || f.MadeAt != s.now() {
		t.Errorf("the second closing planned %+v, %v", f, err)
	}
	s.says(maria, id, "client-again", "One more question")
	s.must(s.desk.Close(s.ctx(), maria, id))
	s.later(4 * 24 * time.Hour)
	s.due()
	if said := s.said(id); len(said) != 0 {
		t.Errorf("after they closed it themselves: said %q", said[0].Text)
	}
	s.must(failing(s.desk.PlanFollowUp(s.ctx(), anna, id, "How was the party?", s.now().Add(48*time.Hour))))
	s.must(s.desk.Reopen(s.ctx(), anna, id))
	if _, err := s.store.WaitingFollowUp(s.ctx(), id); err != nil {
		t.Errorf("the one by hand is gone: %v", err)
	}
}

// By hand it takes the place of the one before and of the rule's, and can be taken
// back.
func TestFollowUpByHand(t *testing.T) {
	s := newShop(t)
	s.rule(1, "Still all right?")
	ben := s.agent("Ben", chat.AgentRole)
	maria, id := s.chatting()
	s.replies(ben, id, "client-reply", "It is on its way.")
	plan := func(text string, in time.Duration) error {
		_, err := s.desk.PlanFollowUp(s.ctx(), ben, id, text, s.now().Add(in))
		return err
	}
	s.must(plan("How was the party?", 72*time.Hour))
	s.must(plan("Did the cake arrive in time?", 48*time.Hour))
	s.must(s.desk.Close(s.ctx(), ben, id))
	s.later(49 * time.Hour)
	s.due()
	if said := s.said(id); len(said) != 1 || said[0].Text != "Did the cake arrive in time?" {
		t.Fatalf("said %+v", said)
	}
	s.must(plan("Once more?", time.Hour))
	s.must(s.desk.DropFollowUp(s.ctx(), ben, id))
	s.must(s.desk.DropFollowUp(s.ctx(), ben, id))
	s.later(2 * time.Hour)
	if n := s.due(); n != 0 {
		t.Errorf("%d are due that were taken back", n)
	}
	for name, c := range map[string]struct {
		err  error
		code chat.Code
	}{
		"in the past":    {plan("Hello?", -time.Hour), chat.Invalid},
		"next year":      {plan("Hello?", 61*24*time.Hour), chat.Invalid},
		"nothing":        {plan("  ", time.Hour), chat.Invalid},
		"a variable":     {plan("Hello {{customer.first_name}}", time.Hour), chat.PlaceholderLeft},
		"by a customer":  {failing(s.desk.PlanFollowUp(s.ctx(), maria, id, "x", s.now().Add(time.Hour))), chat.Forbidden},
		"nowhere":        {failing(s.desk.PlanFollowUp(s.ctx(), ben, chat.NewID(), "x", s.now().Add(time.Hour))), chat.NotFound},
		"dropped by her": {s.desk.DropFollowUp(s.ctx(), maria, id), chat.Forbidden},
	} {
		if !chat.Is(c.err, c.code) {
			t.Errorf("%s: %v, want %s", name, c.err, c.code)
		}
	}
}

func failing[T any](_ T, err error) error { return err }
