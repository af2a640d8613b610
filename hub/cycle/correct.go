package cycle

import "rapport/hub/chat"

// Correction is what an agent says a matter is about; nil leaves as it is. ""
// is "not known", and stays so.
type Correction struct {
	Type     *chat.InteractionType
	Mood     *chat.Mood
	Need     *string
	Question *string
	// Concern and Detail: false waves away what is offered, true offers it again.
	Concern *bool
	Detail  *bool
}

// Correct sets what was read by an agent's hand, and keeps reading from touching
// it again; only a question gives way to the next one. Words beyond MaxRead are
// cut. It reports a Failure for a type or mood that does not exist.
func Correct(s State, c Correction, by Hand) (State, error) {
	if c.Type != nil && *c.Type != "" && !c.Type.Valid() {
		return s, chat.FailField("type", "%q is not a kind of matter.", string(*c.Type))
	}
	if c.Mood != nil && *c.Mood != "" && !c.Mood.Valid() {
		return s, chat.FailField("mood", "%q is not a mood.", string(*c.Mood))
	}
	for _, text := range []**string{&c.Need, &c.Question} {
		if *text != nil {
			clean := chat.CleanLine(**text, MaxRead)
			*text = &clean
		}
	}
	next, _, _ := applyCorrection(s, Corrected(c, by))
	return next, nil
}

func applyCorrection(s State, e Event) (State, []Change, bool) {
	before, c := s, e.Reading
	if c.Type != nil {
		s.Type, s.Before, s.Fixed = *c.Type, "", s.Fixed&^fixedTrack|fixedType
	}
	if c.Mood != nil {
		s.Mood, s.Trend, s.Fixed = *c.Mood, 0, s.Fixed|fixedMood
	}
	if c.Need != nil {
		s.Need, s.Fixed = *c.Need, s.Fixed|fixedNeed
	}
	if c.Question != nil {
		s.Question = *c.Question
	}
	wave(&s.Concern, c.Concern)
	wave(&s.Detail, c.Detail)
	return s, nil, s.differs(before)
}

// wave offers what was found, or no more. Where nothing was found there is nothing
// to wave away.
func wave(f *chat.Found, offer *bool) {
	if offer != nil && f.Text != "" {
		f.Waved = !*offer
	}
}

// Second is the state in which a further matter of the same conversation begins:
// nobody has to be greeted twice, and the customer's mood goes on. What kind of
// thing it is, and what they ask, is read from its need.
func Second(first State, need string) State {
	s := Start()
	s.Mood, s.Agent, s.Beside = first.Mood, first.Agent, true
	w := Hear(chat.ByPerson, unquoted(need)).words
	s.Type, s.Question = typeOf(w), w.question
	if first.Replied {
		s.Step, s.Replied, s.Why = chat.Understanding, true, "It came up in a conversation that was under way."
	}
	if need != "" {
		s.Need, s.Fixed = need, fixedNeed
	}
	return s
}
