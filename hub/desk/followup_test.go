package desk_test

import (
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
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
		s.must(failing(s.desk.SendFollowUp(s.ctx(), id)))
		if held, err := s.desk.SendFollowUp(s.ctx(), id); held || err != nil {
			s.Errorf("a second time: held %v, %v", held, err)
		}
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
	waits, err := s.store.StandingFollowUp(s.ctx(), id)
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

// However long after the closing a follow-up is said, its answer opens that same
// conversation and comes to the agent in whose name it was.
func TestTheAnswerToALateFollowUpComesHome(t *testing.T) {
	s := newShop(t)
	maria, ben, id := s.closed()
	anna := s.agent("Anna", chat.AgentRole)
	s.must(failing(s.desk.PlanFollowUp(s.ctx(), anna, id, chat.FollowUp{Text: "How was the party?", DueAt: s.now().Add(30 * 24 * time.Hour)})))
	s.later(30 * 24 * time.Hour)
	s.due()
	s.later(6 * 24 * time.Hour)
	s.says(maria, id, "client-answer", "It broke again, on the day itself.")
	if row := s.row(id); row.State != chat.Open || row.AssigneeID != anna.ID || row.WaitingSince != s.now() {
		t.Errorf("the answer came to %+v, want Anna, not Ben (%s)", row.Conversation, ben.ID)
	}
}

// Who said it may be gone by then: the answer comes to the front of the queue, and
// a note that only the team sees says why.
func TestTheAnswerFindsItsAgentGone(t *testing.T) {
	s := newShop(t)
	s.rule(1, "Is it still all right?")
	maria, ben, id := s.closed()
	closed := s.row(id).ClosedAt
	s.later(5 * 24 * time.Hour)
	s.due()
	gone, err := s.store.Agent(s.ctx(), ben.ID)
	s.must(err)
	gone.DisabledAt = s.now()
	s.must(s.store.SaveAgent(s.ctx(), gone))
	s.says(maria, id, "client-answer", "No, it broke again.")
	row := s.row(id)
	if row.State != chat.Waiting || row.AssigneeID != "" || row.WaitingSince != closed || row.LastText != "No, it broke again." {
		t.Errorf("the answer came to %+v, want the queue's front", row.Conversation)
	}
	note := s.last(id, chat.NotePosted)
	if note.By != chat.BySystem || note.PublicSeq != 0 || !strings.HasPrefix(note.Message.Text, "Ben had this conversation") {
		t.Errorf("the note is %+v", note)
	}
}

// Who said it may be away: then the answer waits for whoever is here.
func TestTheAnswerFindsItsAgentAway(t *testing.T) {
	s := newShop(t)
	s.rule(1, "Is it still all right?")
	maria, ben, id := s.closed()
	closed := s.row(id).ClosedAt
	s.later(5 * 24 * time.Hour)
	s.due()
	s.away(ben, s.now().Add(24*time.Hour), "")
	s.says(maria, id, "client-answer", "No, it broke again.")
	if row := s.row(id); row.State != chat.Waiting || row.AssigneeID != "" || row.WaitingSince != closed {
		t.Errorf("the answer came to %+v, want the queue's front", row.Conversation)
	}
	if note := s.last(id, chat.NotePosted); note.By != chat.BySystem || note.Message.Text != "Ben had this conversation and is away, so it is for whoever is here." {
		t.Errorf("the note is %+v", note.Message)
	}
}

// The follow-up of an agent who has left is not said, and the team hears what it
// was, also of one that was held back.
func TestFollowUpsOfNobodyAreDropped(t *testing.T) {
	for text, held := range map[string]bool{"How was the party?": false, "Is your {{customer.attribute.cake}} all right?": true} {
		s := newShop(t)
		_, ben, id := s.closed()
		s.must(failing(s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: text, DueAt: s.now().Add(time.Hour)})))
		s.later(time.Hour)
		if held {
			s.due()
		}
		gone, err := s.store.Agent(s.ctx(), ben.ID)
		s.must(err)
		gone.DisabledAt = s.now()
		s.must(s.store.SaveAgent(s.ctx(), gone))
		s.later(time.Hour)
		if n := s.due(); n != 1 {
			t.Errorf("%q: %d were met", text, n)
		}
		if f, err := s.store.StandingFollowUp(s.ctx(), id); !chat.Is(err, chat.NotFound) {
			t.Errorf("%q stands as %+v, %v", text, f, err)
		}
		note := s.last(id, chat.NotePosted).Message.Text
		if !strings.HasPrefix(note, "The follow-up was not sent: Ben,") || !strings.Contains(note, text) || len(s.said(id)) != 0 {
			t.Errorf("%q: noted %q, said %+v", text, note, s.said(id))
		}
		s.later(time.Hour)
		if n := s.due(); n != 0 {
			t.Errorf("%q: %d were met again", text, n)
		}
	}
}

// By rule nobody is asked who is talking again, was never answered, or has closed
// it themselves.
func TestFollowUpByRuleIsDropped(t *testing.T) {
	for name, arrange := range map[string]func(s *shop) string{
		"talking again": func(s *shop) string {
			s.rule(1, "Still all right?")
			maria, _, id := s.closed()
			s.says(maria, id, "client-again", "One more question")
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
		"its agent wants none": func(s *shop) string {
			s.rule(1, "Still all right?")
			ben := s.agent("Ben", chat.AgentRole)
			_, id := s.chatting()
			s.replies(ben, id, "client-reply", "It is on its way.")
			s.must(s.desk.CloseWith(s.ctx(), ben, id, desk.Parting{NoFollowUp: true}))
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
			if _, err := s.store.StandingFollowUp(s.ctx(), id); !chat.Is(err, chat.NotFound) {
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
	if f, err := s.store.StandingFollowUp(s.ctx(), id); !chat.Is(err, chat.NotFound) {
		t.Fatalf("%+v waits in an open conversation: %v", f, err)
	}
	s.must(s.desk.Close(s.ctx(), anna, id))
	if f, err := s.store.StandingFollowUp(s.ctx(), id); err != nil || f.AgentID != anna.ID || f.MadeAt != s.now() {
		t.Errorf("the second closing planned %+v, %v", f, err)
	}
	s.says(maria, id, "client-again", "One more question")
	s.must(s.desk.Close(s.ctx(), maria, id))
	s.later(4 * 24 * time.Hour)
	s.due()
	if said := s.said(id); len(said) != 0 {
		t.Errorf("after they closed it themselves: said %q", said[0].Text)
	}
	s.must(failing(s.desk.PlanFollowUp(s.ctx(), anna, id, chat.FollowUp{Text: "How was the party?", DueAt: s.now().Add(48 * time.Hour)})))
	s.must(s.desk.Reopen(s.ctx(), anna, id))
	if _, err := s.store.StandingFollowUp(s.ctx(), id); err != nil {
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
		_, err := s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: text, DueAt: s.now().Add(in)})
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
		"never filled":   {plan("Hello {{custmer.first_name}}", time.Hour), chat.PlaceholderLeft},
		"a broken one":   {plan("Hello {customer.first_name}", time.Hour), chat.PlaceholderLeft},
		"no template":    {failing(s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: "x", TemplateID: "x", DueAt: s.now().Add(time.Hour)})), chat.Invalid},
		"by a customer":  {failing(s.desk.PlanFollowUp(s.ctx(), maria, id, chat.FollowUp{Text: "x", DueAt: s.now().Add(time.Hour)})), chat.Forbidden},
		"nowhere":        {failing(s.desk.PlanFollowUp(s.ctx(), ben, chat.NewID(), chat.FollowUp{Text: "x", DueAt: s.now().Add(time.Hour)})), chat.NotFound},
		"dropped by her": {s.desk.DropFollowUp(s.ctx(), maria, id), chat.Forbidden},
	} {
		if !chat.Is(c.err, c.code) {
			t.Errorf("%s: %v, want %s", name, c.err, c.code)
		}
	}
}

// A follow-up says its template's words, filled when it is said. By rule they are
// those of the closing, and the rule's own once the template is gone.
func TestFollowUpFromATemplate(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	ask := s.writes("", "Hello {{customer.first_name}}, how is it?")
	maria, id := s.chatting()
	s.replies(ben, id, "client-reply", "It is on its way.")
	s.must(failing(s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: "Dear {{customer.first_name}}, still well?", TemplateID: ask, DueAt: s.now().Add(time.Hour)})))
	s.named(maria, "Maria Lopez")
	s.later(time.Hour)
	s.due()
	if said := s.said(id); len(said) != 1 || said[0].Text != "Dear Maria, still well?" || said[0].TemplateID != ask {
		t.Fatalf("said %+v", said)
	}
	if uses := s.rows(`SELECT uses FROM template WHERE id = $1`, ask); uses[0] != "1" {
		t.Errorf("it was used %s times", uses[0])
	}
	own := s.writes(ben.ID, "Mine alone")
	for name, c := range map[string]struct{ template, want string }{
		"the site's":     {ask, "Hello {{customer.first_name}}, how is it?"},
		"an agent's own": {own, "Still all right?"},
		"gone":           {chat.NewID(), "Still all right?"},
		"none":           {"", "Still all right?"},
	} {
		s.site.After = chat.After{FollowUpDays: 1, FollowUpText: "Still all right?", FollowUpTemplateID: c.template}
		s.must(s.site.Validate())
		s.must(s.store.SaveSite(s.ctx(), &s.site))
		s.must(s.desk.Close(s.ctx(), ben, id))
		if f, err := s.store.StandingFollowUp(s.ctx(), id); err != nil || f.Text != c.want {
			t.Errorf("%s: planned %+v, %v", name, f, err)
		}
		s.must(s.desk.Reopen(s.ctx(), ben, id))
	}
}

// What its template keeps goes along, as it is when it is said; what only an earlier
// version kept can be sent by nobody.
func TestFilesGoWithAFollowUp(t *testing.T) {
	s := newShop(t)
	_, ben, id := s.closed()
	form := s.formOf(ben, "")
	_, err := s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: "Here is the form, as promised.", TemplateID: form.ID, DueAt: s.now().Add(time.Hour)})
	s.must(err)
	s.later(time.Hour)
	s.due()
	said := s.said(id)
	if len(said) != 1 || len(said[0].Files) != 1 || said[0].Files[0].Name != "form.pdf" || said[0].Files[0].ConversationID != id {
		t.Fatalf("said %+v", said)
	}
	now, err := s.store.Template(s.ctx(), form.ID)
	s.must(err)
	if len(now.Files) != 1 || now.Files[0].ID == said[0].Files[0].ID {
		t.Fatalf("the template keeps %+v", now.Files)
	}
	former := now.Files[0].ID
	now.Files, now.ByID = nil, ben.ID
	s.must(s.store.SaveTemplate(s.ctx(), now))
	_, err = s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: "client-former", Kind: chat.Reply, Text: "Here.", Files: []string{former}})
	s.refused(err, chat.Invalid)
}

// What has no value is never said raw: it is held back, the team's note says what
// is lacking, and it stands until it is planned anew or let go.
func TestFollowUpIsHeldBack(t *testing.T) {
	for name, byRule := range map[string]bool{"by rule": true, "by hand": false} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t)
			text := "Hello {{customer.first_name}}, is your {{customer.attribute.cake}} all right?"
			if byRule {
				s.rule(1, text)
			}
			maria, ben, id := s.closed()
			if !byRule {
				s.must(failing(s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: text, DueAt: s.now().Add(time.Hour)})))
			}
			s.named(maria, "Maria Lopez")
			s.later(5 * 24 * time.Hour)
			ids, err := s.store.ClaimFollowUps(s.ctx())
			s.must(err)
			if held, err := s.desk.SendFollowUp(s.ctx(), ids[0]); !held || err != nil {
				t.Fatalf("held %v, %v", held, err)
			}
			f, err := s.store.StandingFollowUp(s.ctx(), id)
			if err != nil || f.State != chat.FollowUpHeld || f.Lacks != "customer.attribute.cake" {
				t.Fatalf("it stands as %+v, %v", f, err)
			}
			note := s.last(id, chat.NotePosted)
			if said := s.said(id); len(said) != 0 || note.By != chat.BySystem || !strings.Contains(note.Message.Text, "{{customer.attribute.cake}}") {
				t.Errorf("said %+v, noted %+v", said, note.Message)
			}
			held, err := s.store.HeldFollowUps(s.ctx(), s.site.ID, ben.ID)
			if err != nil || len(held) != 1 || held[0].ID != f.ID || held[0].PersonName != "Maria Lopez" {
				t.Errorf("held %+v, %v", held, err)
			}
			s.later(time.Hour)
			if n := s.due(); n != 0 {
				t.Errorf("%d are due that are held back", n)
			}
			s.must(failing(s.desk.PlanFollowUp(s.ctx(), ben, id, chat.FollowUp{Text: "Hello {{customer.first_name}}!", DueAt: s.now().Add(time.Hour)})))
			s.later(time.Hour)
			s.due()
			if said := s.said(id); len(said) != 1 || said[0].Text != "Hello Maria!" {
				t.Errorf("planned anew it said %+v", said)
			}
			if held, err = s.store.HeldFollowUps(s.ctx(), s.site.ID, ben.ID); len(held) != 0 || err != nil {
				t.Errorf("still held: %+v, %v", held, err)
			}
		})
	}
}

// named tells who a customer is, as an agent enters it.
func (s *shop) named(customer chat.Actor, name string) {
	s.Helper()
	s.must(failing(s.desk.UpdatePerson(s.ctx(), s.agent("Noor", chat.AgentRole), customer.ID, desk.PersonChange{Name: &name})))
}

// writes makes a template with a body, of the whole site or of an agent's own.
func (s *shop) writes(agent, body string) string {
	s.Helper()
	v := chat.Template{ID: chat.NewID(), SiteID: s.site.ID, AgentID: agent, Title: "Later", Body: body, Steps: []chat.Step{chat.Closing}}
	s.must(v.Validate())
	s.must(s.store.SaveTemplate(s.ctx(), &v))
	return v.ID
}

func failing[T any](_ T, err error) error { return err }
