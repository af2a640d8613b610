package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/desk"
)

// matter returns the conversation's current matter.
func (s *shop) matter(id string) chat.Matter {
	s.Helper()
	m, err := s.store.Matter(s.ctx(), s.row(id).MatterID)
	s.must(err)
	return *m
}

// standing is what stands of a matter's progress, as "what state by".
func (s *shop) standing(id string) (out []string) {
	s.Helper()
	list, err := s.store.StandingProgress(s.ctx(), s.row(id).MatterID)
	s.must(err)
	for _, p := range list {
		out = append(out, strings.Join([]string{p.What, p.State, string(p.By)}, " "))
	}
	return out
}

// last returns the newest event of a type.
func (s *shop) last(id string, t chat.EventType) chat.Event {
	s.Helper()
	events := s.events(id)
	for _, e := range slices.Backward(events) {
		if e.Type == t {
			return e
		}
	}
	s.Fatalf("there is no %s", t)
	return chat.Event{}
}

// The first reply moves the step and ticks what it shows, each with a reason, a
// row and an event that only the team hears.
func TestFirstReplyMovesAndTicks(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	p := s.replies(ben, id, "client-ben", "Hello! I'm Ben. Thank you for getting in touch.")
	if m := s.matter(id); m.Step != chat.Understanding || m.Why == "" {
		t.Errorf("matter %+v", m)
	}
	standing := s.standing(id)
	for _, want := range []string{"step understanding system", "prompt:first_reply done system", "prompt:greeted done system"} {
		if !slices.Contains(standing, want) {
			t.Errorf("%q is missing in %q", want, standing)
		}
	}
	moved := s.last(id, chat.StepMoved)
	if moved.PublicSeq != 0 || moved.By != chat.BySystem || moved.Progress.Cause != p.Message.ID || moved.Progress.Why == "" || moved.Matter.Step != chat.Understanding {
		t.Errorf("event %+v", moved)
	}
	ticks := 0
	for _, e := range s.events(id) {
		if e.Type == chat.PromptTicked {
			ticks++
		}
	}
	if ticks != len(standing)-1 {
		t.Errorf("%d ticks are told, %d stand", ticks, len(standing)-1)
	}
}

// An agent's own move and ticks are stored with their name, told, and undone.
func TestMovesTicksAndUndo(t *testing.T) {
	s := newShop(t)
	ben, anna := s.agent("Ben", chat.AgentRole), s.agent("Anna", chat.AgentRole)
	_, id := s.chatting()
	s.must(s.desk.MoveStep(s.ctx(), ben, id, "", chat.Agreeing))
	s.must(s.desk.MoveStep(s.ctx(), ben, id, "", chat.Agreeing)) // it is there: nothing is told
	s.later(time.Second)
	s.must(s.desk.TickPrompt(s.ctx(), anna, id, "said_back", chat.PromptNotNeeded))
	if got, want := s.standing(id), []string{"step agreeing agent", "prompt:said_back not_needed agent"}; !slices.Equal(got, want) {
		t.Errorf("standing %q, want %q", got, want)
	}
	moved, ticked := s.last(id, chat.StepMoved), s.last(id, chat.PromptTicked)
	if moved.ByID != ben.ID || moved.Names.By.Name != "Ben" || ticked.Progress.ByID != anna.ID || moved.Seq != 5 || ticked.Seq != 6 {
		t.Errorf("moved %+v, ticked %+v", moved, ticked)
	}
	s.must(s.desk.Undo(s.ctx(), anna, id, moved.ProgressID))
	undone := s.last(id, chat.ProgressUndone)
	if m := s.matter(id); m.Step != chat.Greeting || undone.ProgressID != moved.ProgressID || undone.ByID != anna.ID || undone.Progress.UndoneBy != anna.ID {
		t.Errorf("matter %+v, event %+v", m, undone)
	}
	if got := s.standing(id); !slices.Equal(got, []string{"prompt:said_back not_needed agent"}) {
		t.Errorf("standing %q", got)
	}
	s.refused(s.desk.Undo(s.ctx(), ben, id, moved.ProgressID), chat.Conflict)
	_, other := s.chatting()
	s.refused(s.desk.Undo(s.ctx(), ben, other, ticked.ProgressID), chat.NotFound)
	s.refused(s.desk.Undo(s.ctx(), ben, id, chat.NewID()), chat.NotFound)
	s.refused(s.desk.MoveStep(s.ctx(), ben, id, "", "dancing"), chat.Invalid)
	s.refused(s.desk.TickPrompt(s.ctx(), ben, id, "dancing", chat.PromptDone), chat.NotFound)
	s.refused(s.desk.TickPrompt(s.ctx(), ben, id, "greeted", "perhaps"), chat.Invalid)
	s.refused(s.desk.MoveStep(s.ctx(), ben, chat.NewID(), "", chat.Closing), chat.NotFound)
	before := s.matter(id)
	s.restart()
	if after := s.matter(id); after != before {
		t.Errorf("it was %+v and is %+v", before, after)
	}
}

// A template moves the step, counts its use, and one that was deleted in the
// meantime does not keep the reply back.
func TestTemplates(t *testing.T) {
	s := newShop(t)
	ben := s.agent("Ben", chat.AgentRole)
	_, id := s.chatting()
	v := chat.Template{ID: chat.NewID(), SiteID: s.site.ID, Title: "Two ways", Body: "x", Steps: []chat.Step{chat.Agreeing}}
	s.must(s.store.SaveTemplate(s.ctx(), &v))
	post := func(clientID string) {
		s.Helper()
		_, err := s.desk.Post(s.ctx(), ben, desk.Posting{ConversationID: id, ClientID: clientID, Kind: chat.Reply, Text: "A or B?", TemplateID: v.ID})
		s.must(err)
	}
	post("client-1")
	post("client-1")
	if got, err := s.store.Template(s.ctx(), v.ID); err != nil || got.Uses != 1 || s.matter(id).Step != chat.Agreeing {
		t.Errorf("template %+v, matter %+v: %v", got, s.matter(id), err)
	}
	s.must(s.store.DeleteTemplate(s.ctx(), v.ID))
	post("client-2")
}
