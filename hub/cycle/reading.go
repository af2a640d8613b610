package cycle

import (
	"slices"
	"strings"

	"rapport/hub/chat"
)

// Reading is what the cycle has understood of the customer's words.
type Reading struct {
	// Type, Mood and Need stand in columns of the matter.
	Type chat.InteractionType `json:"-"`
	Mood chat.Mood            `json:"-"`
	Need string               `json:"-"`
	// Question is the customer's last question that no reply has followed.
	Question string `json:"question,omitempty"`
	// Trend is the mood against that of the message before: 1 rises, -1 falls.
	Trend int `json:"trend,omitempty"`
	// Fixed are those of the three that an agent has set: reading leaves them alone.
	Fixed Fixed `json:"fixed,omitempty"`
	// Before is the type that a matter had when a complaint track was opened on it.
	Before chat.InteractionType `json:"before,omitempty"`
	// Left is what the agent's last word leaves to the customer.
	Left Left `json:"left,omitempty"`
	// Offered: an offer stands that the customer has neither taken nor declined.
	Offered bool `json:"offered,omitempty"`
	// Offer holds the words by which the last offer can be taken.
	Offer string `json:"offer,omitempty"`
	// Declined is when the customer declined, in words, what was offered last.
	Declined chat.Time `json:"declined,omitempty"`
	// Concern is another subject that they have brought up while this one was
	// under way.
	Concern chat.Found `json:"concern,omitzero"`
	// Was and WasMood are type and mood before the words that brought it up.
	Was     chat.InteractionType `json:"was,omitempty"`
	WasMood chat.Mood            `json:"was_mood,omitempty"`
	// Detail is something personal that they mentioned, which a note could keep.
	Detail chat.Found `json:"detail,omitzero"`
	// Agent is the first name of whoever answered last, who may be thanked by it.
	Agent string `json:"agent,omitempty"`
}

// Fixed says what of a reading is an agent's own word.
type Fixed uint8

const (
	fixedType Fixed = 1 << iota
	fixedMood
	fixedNeed
	fixedTrack // the type, by an open complaint track
)

// Left is what an agent's message leaves to the customer: what a yes, a no or
// thanks after it would mean.
type Left string

const (
	LeftSummary Left = "summary" // it was said back: a yes confirms
	LeftOffer   Left = "offer"   // a yes accepts
	LeftSolved  Left = "solved"  // solved? a yes ends it
	LeftMore    Left = "more"    // anything else? a no ends it
	LeftAsks    Left = "asks"    // another question
	LeftBusy    Left = "busy"    // the agent is at it; thanks end nothing
	LeftDone    Left = "done"    // it is done; thanks end it
	LeftAnswer  Left = "answer"  // their question was answered; thanks end it
)

// MaxRead is how long need and question are at most, in code points: one line.
const MaxRead = 120

// hearPerson reads a message of the customer.
func hearPerson(s *State, w words) {
	was := s.Type
	if s.Fixed&(fixedType|fixedTrack) == 0 {
		s.Type = readType(s.Type, s.Step, w)
	}
	s.Trend = 0
	if s.Fixed&fixedMood == 0 {
		hearMood(s, was, w)
	}
	if s.Fixed&(fixedType|fixedTrack|fixedMood) == 0 && s.Mood == chat.Upset {
		s.Type = chat.Complaint // whoever is angry complains, in whatever words
	}
	if s.Fixed&fixedNeed == 0 && s.Need == "" {
		s.Need = readNeed(w)
	}
	if w.question != "" {
		s.Question = w.question
	}
}

// hearMood reads the mood and where it goes. Whoever begins a complaint bluntly
// is upset, even where no word says so.
func hearMood(s *State, was chat.InteractionType, w words) {
	before := s.Mood
	helpless := s.Step.Index() <= chat.Understanding.Index() && !s.Offered
	s.Mood = readMood(before, s.Type, helpless, w)
	if was != chat.Complaint && s.Type == chat.Complaint && s.Mood == chat.Fine && blunt(w) {
		s.Mood = chat.Upset
	}
	if before != "" {
		s.Trend = cmpMood(s.Mood, before)
	}
}

// blunt reports whether several sentences hold no word of greeting, asking or thanks.
func blunt(w words) bool {
	return len(w.sentences) > 1 && !w.has("opening") && !w.has("please") && !w.has("thanks") && !w.has("glad")
}

// readType is the interaction type after a message. A complaint stays one when
// the customer calms down; praise and questions may turn into something to do.
func readType(was chat.InteractionType, step chat.Step, w words) chat.InteractionType {
	now := typeOf(w)
	switch {
	case now == "" && was == "" && w.count() >= accountWords && w.has("account") && !w.has("glad"):
		return chat.Complaint
	case now == "" || was == chat.Complaint:
		return was
	case was == "" || now == chat.Complaint:
		return now
	case step.Index() > chat.Understanding.Index():
		return was
	case was == chat.Compliment, was == chat.Question && now == chat.Request:
		return now
	}
	return was
}

func typeOf(w words) chat.InteractionType {
	switch {
	case w.complains():
		return chat.Complaint
	case w.has("request"):
		return chat.Request
	case w.question != "":
		return chat.Question
	case w.has("problem"):
		return chat.Request
	case w.has("compliment"):
		return chat.Compliment
	}
	return ""
}

// accountWords is how long an account of what happened is at least: who gives one
// and asks for nothing complains.
const accountWords = 10

// complains reports whether a sentence complains and praises nothing: “your driver
// was” is how both begin.
func (w words) complains() bool {
	for i := range w.sentences {
		if (w.at(i, "complaint") || w.at(i, "grievance")) && !w.at(i, "compliment") {
			return true
		}
	}
	return false
}

// readNeed is the first sentence that says more than hello, in their own words.
func readNeed(w words) string {
	for i, s := range w.sentences {
		if len(s.words) < 2 || w.at(i, "opening") && !w.at(i, "asks") && len(s.words) <= 7 || w.at(i, "thanks") && len(s.words) <= 5 {
			continue
		}
		return "“" + shorten(oneLine(s.raw), MaxRead-2) + "”"
	}
	return ""
}

// readQuestion is the last sentence that asks something and wants an answer.
func readQuestion(w words) string {
	for i, s := range slices.Backward(w.sentences) {
		if !s.question && !w.at(i, "asks") || w.at(i, "idle_question") && len(s.words) <= 8 || w.at(i, "idle_word") && len(s.words) <= 3 || len(s.words) == 0 {
			continue
		}
		if s.question && len(s.words) == 1 && !w.at(i, "asks") {
			continue
		}
		return shorten(oneLine(s.raw), MaxRead)
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
