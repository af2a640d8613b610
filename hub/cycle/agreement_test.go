package cycle

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

var offer = chat.Card{
	ID: "k1", Kind: chat.ProposalCard, State: chat.CardSent, By: chat.AgentCard{ID: "a1", Name: "Ana"}, SentAt: 5,
	Text: "A new lamp, or your money back.", Options: []chat.CardOption{{Key: "a", Title: "A new lamp"}, {Key: "b", Title: "Money"}},
	Limits: "No blue ones.", OurPart: "Send it", OurDue: 100, YourPart: "Send it back", YourDue: 200,
}

var recap = chat.Card{ID: "k2", Kind: chat.SummaryCard, State: chat.CardSent, By: offer.By, SentAt: 5, Text: "Your lamp is broken."}

func answered(c chat.Card, state chat.CardState) Event {
	c.State, c.Answer.At = state, 9
	return CardAnswered(c, "Maria Lopez")
}

func TestCardsMoveTheStep(t *testing.T) {
	hello := says(chat.ByAgent, "Hello", 1)
	for name, c := range map[string]struct {
		events []Event
		want   chat.Step
	}{
		"a summary as the first answer":         {[]Event{CardSent(recap)}, chat.Understanding},
		"a confirmed summary":                   {[]Event{hello, CardSent(recap), answered(recap, chat.CardConfirmed)}, chat.Agreeing},
		"a proposal":                            {[]Event{hello, CardSent(offer)}, chat.Agreeing},
		"a proposal as the first answer":        {[]Event{CardSent(offer)}, chat.Agreeing},
		"a declined proposal":                   {[]Event{hello, CardSent(offer), answered(offer, chat.CardDeclined)}, chat.Agreeing},
		"an accepted proposal":                  {[]Event{hello, CardSent(offer), answered(offer, chat.CardAccepted)}, chat.Delivering},
		"a second proposal while delivering":    {[]Event{hello, CardSent(offer), answered(offer, chat.CardAccepted), CardSent(offer)}, chat.Agreeing},
		"a proposal after a later step by hand": {[]Event{hello, Moved(chat.Delivering, ana), CardSent(offer)}, chat.Delivering},
		"accepted after closing by hand":        {[]Event{hello, CardSent(offer), Moved(chat.Closing, ana), answered(offer, chat.CardAccepted)}, chat.Closing},
		"a promise":                             {[]Event{hello, PromiseMade(chat.Promise{Whose: chat.Ours, Text: "Call"})}, chat.Understanding},
	} {
		if got := after(c.events...).Step; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A move for a card that was undone is not made for another card.
func TestUndoneCardMovesAreNotMadeAgain(t *testing.T) {
	s, changes := Replay(guide(), []Event{says(chat.ByAgent, "Hello", 1), CardSent(offer)})
	moved := changes[len(changes)-1]
	if moved.What != chat.StepAim || moved.Cause != offer.ID || !strings.Contains(moved.Why, "A new lamp, or your money back.") {
		t.Fatalf("the last change is %+v", moved)
	}
	s, err := Undo(s, moved.Progress("p", "m"), ana)
	if err != nil || s.Step != chat.Understanding {
		t.Fatalf("undone: %s, %v", s.Step, err)
	}
	if s, _, _ = Apply(guide(), s, CardSent(offer)); s.Step != chat.Understanding {
		t.Errorf("another proposal moved it to %s", s.Step)
	}
	if s, _, _ = Apply(guide(), s, answered(offer, chat.CardAccepted)); s.Step != chat.Delivering {
		t.Errorf("accepting is another cause, and it is in %s", s.Step)
	}
}

// What a card shows by its form is ticked with its words; a plain yes in words
// says the same as the button.
func TestCardsTick(t *testing.T) {
	done := func(events ...Event) map[string]string {
		out := map[string]string{}
		_, changes := Replay(guide(), events)
		for _, c := range changes {
			if key, ok := strings.CutPrefix(c.What, chat.PromptPrefix+"p_"); ok {
				out[key] = c.Why
			}
		}
		return out
	}
	got := done(CardSent(offer), answered(offer, chat.CardAccepted))
	for key, words := range map[string]string{
		"first_reply": "", "agreement_asked": "money back", "options_offered": "A new lamp", "possible_said": "No blue ones",
		"part_said": "Send it back", "next_said": "Send it", "when_said": "Send it", "accepted": "money back",
	} {
		if why, ok := got[key]; !ok || !strings.Contains(why, words) {
			t.Errorf("%s is ticked %t: %q", key, ok, why)
		}
	}
	if got := done(CardSent(recap), says(chat.ByPerson, "Yes, exactly!", 7)); got["said_back"] == "" || got["confirmed"] == "" {
		t.Errorf("confirmed in words: %v", got)
	}
	if got := done(CardSent(recap), answered(recap, chat.CardCorrected)); got["confirmed"] != "" {
		t.Errorf("a correction confirms: %v", got)
	}
	theirs := done(PromiseMade(chat.Promise{Whose: chat.Theirs, Text: "Send a picture"}))
	ours := done(PromiseMade(chat.Promise{Whose: chat.Ours, Text: "Call", NextAt: 7}))
	if len(theirs) != 0 || ours["when_said"] == "" || ours["update_promised"] == "" {
		t.Errorf("promises tick %v, theirs %v", ours, theirs)
	}
}
