package cycle

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"rapport/hub/chat"
)

var lines = []string{
	"Hello Maria, I'm Ana.", "What matters most to you?", "So you ordered two, is that right?", "Does that work for you?",
	"I'll send it today.", "Thanks for your patience.", "It's all done!", "Come back any time.", "Fine.", "Is it blue?", "",
	"I can send a new one, or refund you. Which would you prefer?", "I've refunded it.", "Has that solved it?", "Anything else I can do?", "Let me check.",
}

var answers = []string{
	"Yes, exactly", "No", "thanks", "yes but", "Where is it?", "ok", "The new one please", "It works now!", "That's all, bye",
	"By the way, my invoice is wrong. Could you look?", "My mum turns eighty on Sunday.", "No, that's too late.",
	"This is the third time. I'm furious!", "I'm a bit worried.", "I'd like to cancel my order.", "I love it!",
}

// anyEvent draws something that could happen, given the rows so far.
func anyEvent(t *rapid.T, at chat.Time, rows []Change) Event {
	by := Hand{ID: "a1", Name: "Ana", At: at}
	switch rapid.IntRange(0, 13).Draw(t, "kind") {
	case 8, 9, 10:
		return says(chat.ByPerson, rapid.SampledFrom(answers).Draw(t, "answer"), at)
	case 11:
		kind := rapid.SampledFrom([]chat.InteractionType{"", chat.Request, chat.Complaint}).Draw(t, "type")
		mood := rapid.SampledFrom([]chat.Mood{"", chat.Fine, chat.Upset}).Draw(t, "mood")
		c := Correction{Type: &kind, Mood: &mood}
		if rapid.Bool().Draw(t, "waves") {
			offer := rapid.Bool().Draw(t, "offer")
			c.Concern, c.Detail = &offer, &offer
		}
		return Corrected(c, by)
	case 0:
		return says(chat.ByPerson, rapid.SampledFrom(answers).Draw(t, "answer"), at)
	case 1, 2:
		steps := rapid.SliceOfN(rapid.SampledFrom(chat.Steps), 1, 2).Draw(t, "steps")
		return inserts(rapid.SampledFrom(lines).Draw(t, "line"), at, steps...)
	case 3:
		return Closed(chat.System, at)
	case 4:
		return Reopened(chat.Actor{Kind: chat.ByPerson}, "m", at)
	case 5:
		return Moved(rapid.SampledFrom(chat.Steps).Draw(t, "step"), by)
	case 6:
		key := "p_" + string(rapid.SampledFrom(Rules()).Draw(t, "prompt"))
		return Ticked(key, rapid.SampledFrom([]chat.PromptState{chat.PromptOpen, chat.PromptDone, chat.PromptNotNeeded}).Draw(t, "state"), by)
	case 7:
		if len(rows) > 0 {
			return Undone(rapid.SampledFrom(rows).Draw(t, "row").Progress("p", "m"), by)
		}
	}
	return says(chat.ByAgent, rapid.SampledFrom(lines).Draw(t, "line"), at)
}

// history draws events and what they led to, calling each after every one. Two
// events may share a millisecond.
func history(t *rapid.T, g *Guide, each func(before, after State, e Event, changes []Change)) []Event {
	s, at := Start(), chat.Time(1)
	var events []Event
	var rows []Change
	for range rapid.IntRange(0, 25).Draw(t, "events") {
		at += chat.Time(rapid.IntRange(0, 2).Draw(t, "later"))
		e := anyEvent(t, at, rows)
		before := s
		var changes []Change
		s, changes, _ = Apply(g, s, e)
		events, rows = append(events, e), append(rows, changes...)
		each(before, s, e, changes)
	}
	return events
}

// Stored and read back between any two events, the state is the one that a
// replay of all events gives; and "not changed" is never said of a change.
func TestReplayEqualsStepByStepThroughTheStore(t *testing.T) {
	g := guide()
	rapid.Check(t, func(t *rapid.T) {
		m := chat.Matter{ID: "m", Step: chat.Greeting}
		var got []Change
		events := history(t, g, func(before, after State, e Event, _ []Change) {
			next, changes, changed, err := Advance(g, m, e)
			if err != nil {
				t.Fatal(err)
			}
			if !changed && (len(changes) > 0 || !reflect.DeepEqual(before, after)) {
				t.Fatalf("%s changed %+v to %+v unsaid", e.Type, before, after)
			}
			m, got = next, append(got, changes...)
		})
		want, all := Replay(g, events)
		stored := m
		want.Save(&stored)
		if m.Evidence == "" { // nothing was worth storing
			stored.Evidence = ""
		}
		if m != stored || !reflect.DeepEqual(got, all) {
			t.Fatalf("step by step %+v\nreplayed %+v", m, stored)
		}
	})
}

// Every change starts where the state was, ends where it is, says why, and no
// event moves the step twice.
func TestChangesTellExactlyWhatHappened(t *testing.T) {
	g := guide()
	rapid.Check(t, func(t *rapid.T) {
		history(t, g, func(before, after State, e Event, changes []Change) {
			moves := 0
			for _, c := range changes {
				if c.Why == "" || c.From == c.To || c.At != e.At {
					t.Fatalf("%+v", c)
				}
				if c.What == chat.StepAim {
					moves++
					if c.From != string(before.Step) || c.To != string(after.Step) || after.Why != c.Why {
						t.Fatalf("%+v between %s and %s", c, before.Step, after.Step)
					}
					continue
				}
				key := c.What[len(chat.PromptPrefix):]
				if c.From != string(before.marked(key)) || c.To != string(after.marked(key)) {
					t.Fatalf("%+v between %s and %s", c, before.marked(key), after.marked(key))
				}
			}
			if moves > 1 || moves == 0 && before.Step != after.Step && e.Type != chat.ProgressUndone {
				t.Fatalf("%d moves from %s to %s by %s", moves, before.Step, after.Step, e.Type)
			}
		})
	})
}

// After a move by hand, nothing automatic goes back before it until the
// conversation is opened again; and what an agent said of a prompt stands until
// an agent says otherwise.
func TestTheAgentsWordWins(t *testing.T) {
	g := guide()
	rapid.Check(t, func(t *rapid.T) {
		floor := chat.Step("")
		history(t, g, func(before, after State, e Event, changes []Change) {
			switch e.Type {
			case chat.StepMoved:
				floor = e.Step
			case chat.ConversationReopened:
				floor = ""
			case chat.ProgressUndone:
				if before.Step != after.Step {
					floor = after.Step
				}
			default:
				if after.Step.Index() < floor.Index() {
					t.Fatalf("%s moved to %s, before %s that was set by hand", e.Type, after.Step, floor)
				}
			}
			if e.By == chat.ByAgent && (e.Type == chat.PromptTicked || e.Type == chat.ProgressUndone) {
				return
			}
			for key, m := range before.Marks {
				if m.Hand && after.Marks[key] != m {
					t.Fatalf("%s changed %s, which an agent had set", e.Type, key)
				}
			}
		})
	})
}

// What an agent has said of type, mood and need stands until they say otherwise,
// and a question is open only until a reply.
func TestTheAgentsReadingWins(t *testing.T) {
	g := guide()
	rapid.Check(t, func(t *rapid.T) {
		history(t, g, func(before, after State, e Event, _ []Change) {
			if e.Type == chat.MatterRead {
				return
			}
			if before.Fixed&fixedType != 0 && after.Type != before.Type || before.Fixed&fixedMood != 0 && after.Mood != before.Mood {
				t.Fatalf("%s: %+v became %+v", e.Type, before.Reading, after.Reading)
			}
			if e.Type == chat.MessagePosted && e.By == chat.ByAgent && after.Question != "" {
				t.Fatalf("%q is still open after a reply", after.Question)
			}
		})
	})
}

// Taking back what an event did leaves step and prompts as they were before it,
// and the same automatic move for the same kind of cause does not come again.
func TestUndoRestores(t *testing.T) {
	g := guide()
	rapid.Check(t, func(t *rapid.T) {
		at := chat.Time(1000)
		history(t, g, func(before, after State, e Event, changes []Change) {
			s := after
			for i := len(changes) - 1; i >= 0; i-- {
				at++
				var err error
				if s, err = Undo(s, changes[i].Progress("p", "m"), Hand{ID: "a1", At: at}); err != nil {
					t.Fatal(err)
				}
			}
			if len(changes) == 0 {
				return
			}
			if s.Step != before.Step {
				t.Fatalf("undoing %+v leads to %s, not to %s", changes, s.Step, before.Step)
			}
			for _, r := range Rules() {
				if key := "p_" + string(r); s.marked(key) != before.marked(key) {
					t.Fatalf("undoing %+v leaves %s %s", changes, key, s.marked(key))
				}
			}
			again, repeated, _ := Apply(g, s, e)
			if e.By != chat.ByAgent || e.Type == chat.MessagePosted {
				for _, c := range repeated {
					if c.By == chat.BySystem && again.Step == after.Step && c.What == chat.StepAim {
						t.Fatalf("made again: %+v", c)
					}
				}
			}
		})
	})
}

// A state that was given stays as it was, whatever is done with it.
func TestStatesAreValues(t *testing.T) {
	g := guide()
	rapid.Check(t, func(t *rapid.T) {
		history(t, g, func(before, _ State, e Event, _ []Change) {
			var m chat.Matter
			before.Save(&m)
			kept := m
			Apply(g, before, e)
			before.Save(&m)
			if m != kept {
				t.Fatalf("%s changed the state it was given\nfrom %+v\nto   %+v", e.Type, kept, m)
			}
		})
	})
}
