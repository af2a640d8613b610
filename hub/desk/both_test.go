package desk_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/storage/storagetest/cluster"
	"rapport/storage/storagetest/ready"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// The same talk gives the same matters on both databases, word for word, and a
// replay of what is stored there gives each of them again.
func TestTheCycleIsTheSameOnBothDatabases(t *testing.T) {
	lite := shopOn(t, ready.File(t, t.TempDir()+"/rapport.db")).playsCycle()
	full := shopOn(t, ready.Database(t)).playsCycle()
	if lite != full {
		t.Errorf("SQLite has\n%s\nPostgres has\n%s", lite, full)
	}
	for _, want := range []string{"1 closing", "2 delivering", `"beside":true`, "step delivering", "undone"} {
		if !strings.Contains(lite, want) {
			t.Errorf("%q is not in\n%s", want, lite)
		}
	}
}

// playsCycle has Ben and a customer talk about two matters, and tells what is
// stored of them, ids as the places of their first appearance.
func (s *shop) playsCycle() string {
	s.Helper()
	ben := s.agent("Ben", chat.AgentRole)
	who, id, said := s.aboutInvoice(ben)
	first := s.matter(id)
	s.later(time.Minute)
	s.must(s.desk.OpenMatter(s.ctx(), ben, id, first.Reading().Concern.Text, said.Message.ID))
	second := s.matter(id)
	s.replies(ben, id, "client-b2", "I can change the name on your invoice today. Is that alright?")
	s.says(who, id, "client-c3", "Yes please!")
	s.must(s.desk.Undo(s.ctx(), ben, id, s.last(id, chat.StepMoved).ProgressID))
	s.must(s.desk.MoveStep(s.ctx(), ben, id, "", chat.Delivering))
	s.later(time.Minute)
	s.says(who, id, "client-c4", "The parcel is here, everything works now, thank you!")
	s.must(s.desk.TickPrompt(s.ctx(), ben, id, "thanked", chat.PromptNotNeeded))
	told := ""
	for _, m := range []*chat.Matter{s.matterByID(first.ID), s.matterByID(second.ID)} {
		s.replays(m, id)
		told += fmt.Sprintf("%d %s %s %s %s %s %s\n", m.Number, m.Step, m.Why, m.Type, m.Mood, m.Need, m.Evidence)
	}
	for _, e := range s.events(id) {
		told += string(e.Type)
		if e.Progress != nil {
			told += fmt.Sprintf(" %s %s %s", e.Progress.What, e.Progress.State, e.Progress.Why)
		}
		told += "\n"
	}
	return strings.NewReplacer(said.Message.ID, "SAID", "progress.undone", "undone").Replace(told)
}

// replays applies the stored events of a matter from its start.
func (s *shop) replays(m *chat.Matter, id string) {
	s.Helper()
	prompts, err := s.store.Prompts(s.ctx(), s.site.ID)
	s.must(err)
	guide := cycle.NewGuide(prompts)
	state := cycle.Start()
	current := ""
	for _, e := range s.events(id) {
		hand := cycle.Hand{ID: e.ByID, Name: e.Names.By.Name, At: e.At}
		of, was := e.MatterID, current
		var event cycle.Event
		switch e.Type {
		case chat.MessagePosted:
			// Read where it was said, wherever it was put since.
			of, event = current, cycle.Posted(*e.Message, "", e.Names.By.Name, nil)
		case chat.MatterOpened, chat.MatterTurned:
			current = e.MatterID
			if e.Type == chat.MatterOpened && was == m.ID {
				of, event = m.ID, cycle.Opened(hand)
			} else if e.MatterID == m.ID && was != "" && e.Type == chat.MatterOpened {
				before, err := cycle.Load(*s.matterByID(was))
				s.must(err)
				state = cycle.Second(before, m.Need)
			}
		case chat.ProgressUndone:
			p := *e.Progress
			p.UndoneBy, p.UndoneAt = "", 0
			event = cycle.Undone(p, hand)
		case chat.StepMoved:
			if e.By == chat.ByAgent {
				event = cycle.Moved(chat.Step(e.Progress.State), hand)
			}
		case chat.PromptTicked:
			if e.By == chat.ByAgent {
				event = cycle.Ticked(strings.TrimPrefix(e.Progress.What, chat.PromptPrefix), chat.PromptState(e.Progress.State), hand)
			}
		}
		if of == m.ID && event.Type != "" {
			state, _, _ = cycle.Apply(guide, state, event)
		}
	}
	again := *m
	state.Save(&again)
	if again != *m {
		s.Errorf("a replay gives\n%+v\nstored is\n%+v", again, *m)
	}
}
