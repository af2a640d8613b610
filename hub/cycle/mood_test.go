package cycle

import (
	"testing"

	"rapport/hub/chat"
)

// What a first message tells of type and mood where it asks for nothing, and what
// kind words mean to somebody who is angry.
func TestMoodAndTypeOfAnAccount(t *testing.T) {
	for _, c := range []struct {
		said []string
		kind chat.InteractionType
		mood chat.Mood
	}{
		{[]string{"The technician came on Monday and left after ten minutes. The tap drips as it did."}, chat.Complaint, chat.Upset},
		{[]string{"Hello, the technician came on Monday and left after ten minutes, please look into it."}, chat.Complaint, chat.Fine},
		{[]string{"I ordered two of the blue lamps, what do they weigh?"}, chat.Question, chat.Fine},
		{[]string{"I only wanted to say that your driver was so kind to my mother."}, chat.Compliment, chat.Fine},
		{[]string{"Is it normal that it hums? I'm a bit nervous."}, chat.Question, chat.Unsure},
		{[]string{"Third week running without a bin collection. I'm fed up.", "Wonderful. Really great service."}, chat.Complaint, chat.Upset},
		{[]string{"Third week running without a bin collection. I'm fed up.", "It's here, everything is sorted now. Lovely!"}, chat.Complaint, chat.Fine},
		{[]string{"broke my wrist, need to freeze my membership for 2 months"}, chat.Request, chat.Fine},
	} {
		s := after(says(chat.ByPerson, c.said[0], 1), says(chat.ByAgent, "Hello Maria, I'm Ana.", 2))
		for i, text := range c.said[1:] {
			s, _, _ = Apply(guide(), s, says(chat.ByPerson, text, chat.Time(i+3)))
		}
		if s.Type != c.kind || s.Mood != c.mood {
			t.Errorf("%q is %q, %q, want %q, %q", c.said, s.Type, s.Mood, c.kind, c.mood)
		}
	}
}

// What the agent said back is confirmed by a yes, however they asked.
func TestSaidBackInAFewWordsMore(t *testing.T) {
	for said, want := range map[string]chat.Step{
		"So the brown bins of numbers 22 to 30, three weeks now. Have I got that right?":   chat.Agreeing,
		"Two days in both then, the house from the 26th and the flat until the 28th. Yes?": chat.Agreeing,
		"Is the brown bin still at number 22?":                                             chat.Understanding,
		"What happened?":                                                                   chat.Understanding,
	} {
		s := after(says(chat.ByPerson, "Something is wrong with my bins.", 1), says(chat.ByAgent, "Hello Maria.", 2), says(chat.ByAgent, said, 3), says(chat.ByPerson, "Yes, exactly.", 4))
		if s.Step != want {
			t.Errorf("yes to %q leads to %s, want %s", said, s.Step, want)
		}
	}
}
