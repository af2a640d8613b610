package cycle

import (
	"slices"

	"rapport/hub/chat"
)

// moveByReply moves the step for an agent's reply: to the one later step that
// its template belongs to, from Greeting to Understanding for the first one, or
// by what it says.
func moveByReply(s *State, e Event, t told, first bool) (Change, bool) {
	if to, ok := laterStep(e.Template.Steps, s.Step); ok {
		return forward(s, to, FromTemplate, e, "A reply for this step was sent", e.Template.Title)
	}
	if first {
		return forward(s, chat.Understanding, FirstReply, e, "The first reply is out", "")
	}
	return moveByWords(s, e, t)
}

// laterStep is the single step that the steps name, if it comes after now. A
// template that also fits now, or fits several, says nothing about a move.
func laterStep(steps []chat.Step, now chat.Step) (chat.Step, bool) {
	if len(steps) == 0 {
		return "", false
	}
	to := steps[0]
	if slices.ContainsFunc(steps, func(x chat.Step) bool { return x != to }) {
		return "", false
	}
	return to, to.Index() > now.Index()
}

func applyClosed(s State, e Event) (State, []Change, bool) {
	before := s
	s.Closed = true
	s.Asked, s.Question, s.Left, s.Declined = "", "", "", 0
	s.offerOver()
	fresh := s.differs(before)
	if s.refused(chat.Closing, OnClosing) {
		return s, nil, fresh
	}
	if c, ok := auto(&s, chat.Closing, OnClosing, e, "The conversation was closed."); ok {
		return s, []Change{c}, true
	}
	return s, nil, fresh
}

// applyReopened starts a new round in Understanding. What an agent set by hand
// was said of the round before, so that the floor falls.
func applyReopened(s State, e Event) (State, []Change, bool) {
	changed := s.Closed || s.Floor != ""
	s.Closed, s.Floor = false, ""
	why := "The conversation was opened again."
	if e.By == chat.ByPerson {
		why = "The customer wrote again after closing."
	}
	if !s.refused(chat.Understanding, OnReopening) {
		if c, ok := auto(&s, chat.Understanding, OnReopening, e, why); ok {
			return s, []Change{c}, true
		}
	}
	return s, nil, changed
}

// auto makes an automatic move, unless the matter is there already or an agent
// has set a later step by hand.
func auto(s *State, to chat.Step, cause Cause, e Event, why string) (Change, bool) {
	if to == s.Step || to.Index() < s.Floor.Index() {
		return Change{}, false
	}
	c := Change{
		What: chat.StepAim, From: string(s.Step), To: string(to),
		By: chat.BySystem, Cause: e.Message.ID, Why: why, At: e.At,
	}
	s.moved(to, why, e.At)
	s.cause(to, cause)
	return c, true
}
