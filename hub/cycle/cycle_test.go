package cycle

import (
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// guide has one prompt for every evidence rule, and one that is ticked by hand.
func guide() *Guide {
	prompts := []chat.Prompt{{Key: "by_hand", Step: chat.Closing}}
	for _, r := range Rules() {
		prompts = append(prompts, chat.Prompt{Key: "p_" + string(r), Evidence: string(r)})
	}
	return NewGuide(prompts)
}

func says(by chat.Kind, text string, at chat.Time) Event {
	m := chat.Message{ID: "m" + text[:min(3, len(text))], Kind: chat.Reply, By: by, ByID: string(by) + "1", Text: text, At: at}
	return Posted(m, "Maria Lopez", "Ana Reis", nil)
}

func inserts(text string, at chat.Time, steps ...chat.Step) Event {
	e := says(chat.ByAgent, text, at)
	e.Template = chat.Template{ID: "t", Title: "Offer two ways", Steps: steps}
	return e
}

var ana = Hand{ID: "a1", Name: "Ana", At: 50}

// after is the state that events lead to from the start.
func after(events ...Event) State {
	s, _ := Replay(guide(), events)
	return s
}

func TestStepsMoveByPlainEvidence(t *testing.T) {
	hello := says(chat.ByAgent, "Hello", 1)
	closed, opened := Closed(chat.System, 8), Reopened(chat.Actor{Kind: chat.ByPerson}, "m9", 9)
	note := hello
	note.Type, note.Message.Kind = chat.NotePosted, chat.Note
	automatic := hello
	automatic.By, automatic.Message.Kind = chat.BySystem, chat.Auto
	for name, c := range map[string]struct {
		events []Event
		want   chat.Step
	}{
		"nothing yet":                           {nil, chat.Greeting},
		"the customer writes":                   {[]Event{says(chat.ByPerson, "Hello", 1)}, chat.Greeting},
		"a note is no reply":                    {[]Event{note}, chat.Greeting},
		"an automatic reply is none":            {[]Event{automatic}, chat.Greeting},
		"the first reply":                       {[]Event{hello}, chat.Understanding},
		"the second reply":                      {[]Event{hello, says(chat.ByAgent, "Well", 2)}, chat.Understanding},
		"a template of one later step":          {[]Event{hello, inserts("Yes", 2, chat.Agreeing)}, chat.Agreeing},
		"the first reply from a later template": {[]Event{inserts("Yes", 2, chat.Delivering)}, chat.Delivering},
		"a template of this step and a later":   {[]Event{hello, inserts("Yes", 2, chat.Understanding, chat.Agreeing)}, chat.Understanding},
		"a template of two later steps":         {[]Event{hello, inserts("Yes", 2, chat.Agreeing, chat.Closing)}, chat.Understanding},
		"a template of an earlier step":         {[]Event{inserts("Yes", 1, chat.Delivering), inserts("Hi", 2, chat.Greeting)}, chat.Delivering},
		"closing":                               {[]Event{hello, closed}, chat.Closing},
		"closing without an answer":             {[]Event{closed}, chat.Closing},
		"opening again":                         {[]Event{hello, closed, opened}, chat.Understanding},
		"the agent moves":                       {[]Event{Moved(chat.Delivering, ana)}, chat.Delivering},
		"the agent moves back":                  {[]Event{hello, Moved(chat.Greeting, ana)}, chat.Greeting},
		"a first reply after a move by hand":    {[]Event{Moved(chat.Agreeing, ana), hello}, chat.Agreeing},
		"closing after a move by hand":          {[]Event{Moved(chat.Agreeing, ana), closed}, chat.Closing},
		"opening lifts what was set by hand":    {[]Event{Moved(chat.Delivering, ana), closed, opened}, chat.Understanding},
		"a step that does not exist":            {[]Event{hello, Moved("waving", ana)}, chat.Understanding},
	} {
		if got := after(c.events...).Step; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestEveryMoveSaysWhy(t *testing.T) {
	_, changes := Replay(guide(), []Event{
		says(chat.ByAgent, "Zzz", 1), inserts("Qqq", 2, chat.Agreeing), Moved(chat.Delivering, ana),
		Closed(chat.System, 8), Reopened(chat.Actor{Kind: chat.ByPerson}, "m9", 9),
	})
	moves := slices.DeleteFunc(changes, func(c Change) bool { return c.What != chat.StepAim })
	want := []Change{
		{"step", "greeting", "understanding", chat.BySystem, "", "mZzz", "The first reply is out.", 1},
		{"step", "understanding", "agreeing", chat.BySystem, "", "mQqq", "A reply for this step was sent: “Offer two ways”", 2},
		{"step", "agreeing", "delivering", chat.ByAgent, "a1", "", "Set by Ana.", 50},
		{"step", "delivering", "closing", chat.BySystem, "", "", "The conversation was closed.", 8},
		{"step", "closing", "understanding", chat.BySystem, "", "m9", "The customer wrote again after closing.", 9},
	}
	if !slices.Equal(moves, want) {
		t.Errorf("got\n%+v\nwant\n%+v", moves, want)
	}
}

func TestATickCitesItsSentence(t *testing.T) {
	text := "Hi Maria! Thanks. So that I can see the whole picture before I order anything: what matters most to you in that little room upstairs?"
	_, changes := Replay(guide(), []Event{says(chat.ByAgent, text, 3)})
	i := slices.IndexFunc(changes, func(c Change) bool { return c.What == "prompt:p_open_question" })
	if i < 0 {
		t.Fatalf("no tick in %+v", changes)
	}
	want := "Asked an open question: “So that I can see the whole picture before I order anything: what…”"
	if c := changes[i]; c.Why != want || c.Cause != "mHi " || c.By != chat.BySystem || c.From != "open" || c.To != "done" || c.At != 3 {
		t.Errorf("got %+v, want why %q", c, want)
	}
}

func TestAYesCountsOnlyForWhatWasJustAsked(t *testing.T) {
	back := says(chat.ByAgent, "So you ordered two and one came, is that right?", 1)
	offer := says(chat.ByAgent, "I can send the other one. Does that work for you?", 2)
	other := says(chat.ByAgent, "What is your address?", 3)
	plain := says(chat.ByAgent, "Take your time.", 3)
	yes, no := says(chat.ByPerson, "Yes, exactly", 4), says(chat.ByPerson, "No, three", 4)
	for name, c := range map[string]struct {
		events              []Event
		confirmed, accepted bool
	}{
		"yes to the summary":             {[]Event{back, yes}, true, false},
		"yes to the offer":               {[]Event{offer, yes}, false, true},
		"yes to nothing":                 {[]Event{yes}, false, false},
		"no":                             {[]Event{back, no}, false, false},
		"yes after a no":                 {[]Event{back, no, yes}, false, false},
		"another question came between":  {[]Event{back, other, yes}, false, false},
		"a plain line came between":      {[]Event{back, plain, yes}, true, false},
		"the later question counts":      {[]Event{back, offer, yes}, false, true},
		"a question in the same message": {[]Event{says(chat.ByAgent, "Is that right? And what is your address?", 1), yes}, false, false},
		"closed in between":              {[]Event{back, Closed(chat.System, 3), yes}, false, false},
	} {
		s := after(c.events...)
		confirmed, accepted := s.marked("p_confirmed") == chat.PromptDone, s.marked("p_accepted") == chat.PromptDone
		if confirmed != c.confirmed || accepted != c.accepted {
			t.Errorf("%s: confirmed %v, accepted %v", name, confirmed, accepted)
		}
	}
}

func TestAnUndoneMoveIsNotMadeAgain(t *testing.T) {
	g := guide()
	s := after(says(chat.ByAgent, "Hello", 1))
	s, changes, _ := Apply(g, s, inserts("Yes", 2, chat.Agreeing))
	move := changes[len(changes)-1].Progress("p1", "m1")
	s, err := Undo(s, move, ana)
	if err != nil || s.Step != chat.Understanding || s.Why != "Set back by Ana." {
		t.Fatalf("undo: %s, %q, %v", s.Step, s.Why, err)
	}
	s, changes, _ = Apply(g, s, inserts("Yes", 3, chat.Agreeing))
	if s.Step != chat.Understanding || len(changes) != 0 {
		t.Errorf("the same kind of cause moved it again: %s, %+v", s.Step, changes)
	}
	if s, _, _ = Apply(g, s, inserts("Yes", 4, chat.Delivering)); s.Step != chat.Delivering {
		t.Errorf("a move to another step was refused too: %s", s.Step)
	}
	move.UndoneBy = "a1"
	if _, err := Undo(s, move, ana); !chat.Is(err, chat.Conflict) {
		t.Errorf("undone twice: %v", err)
	}
}

func TestTheNewerWordStands(t *testing.T) {
	g := guide()
	s, changes, _ := Apply(g, Start(), says(chat.ByAgent, "Hello", 1))
	tick := changes[slices.IndexFunc(changes, func(c Change) bool { return c.What == "prompt:p_greeted" })].Progress("1", "m")
	move := changes[len(changes)-1].Progress("2", "m")
	s, _, _ = Tick(g, s, "p_greeted", chat.PromptNotNeeded, ana)
	s, _, _ = Move(s, chat.Delivering, ana)
	s, _ = Undo(s, tick, ana)
	s, _ = Undo(s, move, ana)
	if s.Step != chat.Delivering || s.Prompt("p_greeted") != chat.PromptNotNeeded {
		t.Errorf("undoing older rows changed what was said since: %s, %s", s.Step, s.Prompt("p_greeted"))
	}
}

func TestEvidenceLeavesTheAgentsPromptsAlone(t *testing.T) {
	g := guide()
	for _, state := range []chat.PromptState{chat.PromptOpen, chat.PromptNotNeeded} {
		s, _, err := Tick(g, Start(), "p_greeted", state, ana)
		if err != nil {
			t.Fatal(err)
		}
		if s, _, _ = Apply(g, s, says(chat.ByAgent, "Hello", 1)); s.Prompt("p_greeted") != state {
			t.Errorf("set %s by hand, now %s", state, s.Prompt("p_greeted"))
		}
	}
}

func TestTheAgentsWordIsChecked(t *testing.T) {
	g := guide()
	if _, _, err := Move(Start(), "waving", ana); !chat.Is(err, chat.Invalid) {
		t.Errorf("unknown step: %v", err)
	}
	if _, _, err := Tick(g, Start(), "p_greeted", "perhaps", ana); !chat.Is(err, chat.Invalid) {
		t.Errorf("unknown state: %v", err)
	}
	if _, _, err := Tick(g, Start(), "gone", chat.PromptDone, ana); !chat.Is(err, chat.NotFound) {
		t.Errorf("unknown prompt: %v", err)
	}
	if _, _, err := Tick(nil, Start(), "p_greeted", chat.PromptDone, ana); !chat.Is(err, chat.NotFound) {
		t.Errorf("no prompts at all: %v", err)
	}
	_, changes, err := Tick(g, Start(), "by_hand", chat.PromptDone, Hand{ID: "a1", At: 7})
	want := []Change{{"prompt:by_hand", "open", "done", chat.ByAgent, "a1", "", "Ticked by hand.", 7}}
	if err != nil || !slices.Equal(changes, want) {
		t.Errorf("got %+v, %v", changes, err)
	}
}

func TestOpenPromptsOfAClosedMatterWereNotNeeded(t *testing.T) {
	g := guide()
	s := after(says(chat.ByAgent, "Hello", 1))
	s, changes, _ := Apply(g, s, Closed(chat.System, 2))
	if len(changes) != 1 {
		t.Errorf("closing tells of more than its move: %+v", changes)
	}
	if s.Prompt("p_greeted") != chat.PromptDone || s.Prompt("p_thanked") != chat.PromptNotNeeded {
		t.Errorf("closed: greeted %s, thanked %s", s.Prompt("p_greeted"), s.Prompt("p_thanked"))
	}
	s, _, _ = Apply(g, s, Reopened(chat.System, "", 3))
	if s.Prompt("p_thanked") != chat.PromptOpen {
		t.Errorf("opened again: thanked %s", s.Prompt("p_thanked"))
	}
}

func TestWhatShowsNothingNewIsNotWorthAWrite(t *testing.T) {
	g, s := guide(), after(says(chat.ByPerson, "My parcel is late.", 1), says(chat.ByAgent, "Hello", 2))
	if _, changes, changed := Apply(g, s, says(chat.ByPerson, "It was the blue one.", 3)); changed || len(changes) > 0 {
		t.Errorf("changed %v, %+v", changed, changes)
	}
	if _, _, changed := Apply(g, s, says(chat.ByAgent, "Zzz", 3)); changed {
		t.Error("a reply that shows nothing changed the state")
	}
}

func TestAdvanceStoresTheMatter(t *testing.T) {
	m := chat.Matter{ID: "m1", Step: chat.Greeting}
	next, changes, changed, err := Advance(guide(), m, says(chat.ByAgent, "Hello Maria", 1))
	if err != nil || !changed || len(changes) != 4 || next.Step != chat.Understanding || next.Why == "" || next.Evidence == "" {
		t.Fatalf("%+v, %+v, %v, %v", next, changes, changed, err)
	}
	again, changes, changed, err := Advance(guide(), next, says(chat.ByAgent, "Hello Maria", 2))
	if err != nil || changed || len(changes) != 0 || again != next {
		t.Errorf("the same evidence twice: %+v, %+v, %v, %v", again, changes, changed, err)
	}
	next.Evidence = "{broken"
	anew, _, changed, err := Advance(guide(), next, says(chat.ByAgent, "Zzz", 3))
	if err == nil || !strings.Contains(err.Error(), "m1") || !changed || anew.Step != chat.Understanding {
		t.Errorf("broken evidence: %+v, %v, %v", anew, changed, err)
	}
	if _, err := Load(anew); err != nil {
		t.Errorf("it was not mended: %v", err)
	}
}

func TestGuideKeepsTheFirstOfTwoKeysAndIgnoresUnknownRules(t *testing.T) {
	g := NewGuide([]chat.Prompt{
		{Key: "a", Evidence: "greeted"}, {Key: "a", Evidence: "introduced"}, {Key: "b", Evidence: "from_a_later_version"}, {Key: "c", Evidence: "greeted"},
	})
	_, changes, _ := Apply(g, Start(), says(chat.ByAgent, "Hello, I'm Ana", 1))
	var what []string
	for _, c := range changes {
		what = append(what, c.What)
	}
	if want := []string{"prompt:a", "prompt:c", "step"}; !slices.Equal(what, want) {
		t.Errorf("got %v, want %v", what, want)
	}
	if !g.Has("b") || g.Has("d") {
		t.Error("a prompt with an unknown rule is a prompt all the same, and others are none")
	}
}
