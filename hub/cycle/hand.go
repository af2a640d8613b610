package cycle

import (
	"maps"
	"slices"

	"rapport/hub/chat"
)

// Move sets the step by an agent's hand. It reports a Failure for a step that
// does not exist. Naming the step that the matter is in already makes no change
// to tell of, but holds it there.
func Move(s State, to chat.Step, by Hand) (State, []Change, error) {
	if !to.Valid() {
		return s, nil, chat.FailField("step", "%q is not a step.", string(to))
	}
	next, changes, _ := applyMove(s, Moved(to, by))
	return next, changes, nil
}

// Tick sets a prompt by an agent's hand. It reports a Failure for a state that
// does not exist and for a prompt that the site does not have.
func Tick(g *Guide, s State, key string, state chat.PromptState, by Hand) (State, []Change, error) {
	if !state.Valid() {
		return s, nil, chat.FailField("state", "%q is not a state of a prompt.", string(state))
	}
	if !g.Has(key) {
		return s, nil, chat.Fail(chat.NotFound, "There is no prompt %q here; the list may have changed.", key)
	}
	next, changes, _ := applyTick(g, s, Ticked(key, state, by))
	return next, changes, nil
}

// Undo takes back a move or tick, automatic or by hand, and remembers it. Where
// something newer has settled the same thing, the newer word stands. It reports
// a Failure for a row that was undone before.
func Undo(s State, p chat.Progress, by Hand) (State, error) {
	if p.UndoneBy != "" {
		return s, chat.Fail(chat.Conflict, "This was undone already.")
	}
	next, _ := applyUndo(s, Undone(p, by))
	return next, nil
}

func applyMove(s State, e Event) (State, []Change, bool) {
	if !e.Step.Valid() {
		return s, nil, false
	}
	held := s.Floor != e.Step
	s.Floor = e.Step
	if e.Step == s.Step {
		return s, nil, held
	}
	c := Change{
		What: chat.StepAim, From: string(s.Step), To: string(e.Step),
		By: chat.ByAgent, ByID: e.ByID, Why: byHand("Set", e.ByName), At: e.At,
	}
	s.moved(e.Step, c.Why, e.At)
	return s, []Change{c}, true
}

func applyTick(g *Guide, s State, e Event) (State, []Change, bool) {
	if !e.State.Valid() || !g.Has(e.Key) {
		return s, nil, false
	}
	was, ok := s.Marks[e.Key]
	if ok && was.Hand && was.State == e.State {
		return s, nil, false
	}
	from := s.marked(e.Key)
	s.mark(e.Key, Mark{State: e.State, Hand: true, At: e.At})
	if from == e.State {
		return s, nil, true
	}
	return s, []Change{{
		What: chat.PromptPrefix + e.Key, From: string(from), To: string(e.State),
		By: chat.ByAgent, ByID: e.ByID, Why: byHand(tickWord(e.State), e.ByName), At: e.At,
	}}, true
}

func applyUndo(s State, e Event) (State, bool) {
	p := e.Progress
	if p.What == chat.StepAim {
		return undoMove(s, p, e.ByName)
	}
	if len(p.What) <= len(chat.PromptPrefix) || !chat.PromptState(p.From).Valid() {
		return s, false
	}
	return undoTick(s, p.What[len(chat.PromptPrefix):], p)
}

// undoMove goes back to the step before, if the move is the one that stands.
// Taking a move back says where the matter is, so that it sets the floor too.
func undoMove(s State, p chat.Progress, name string) (State, bool) {
	to, from := chat.Step(p.State), chat.Step(p.From)
	if !to.Valid() || !from.Valid() {
		return s, false
	}
	changed := false
	if cause, ok := s.Causes[to]; ok && p.By == chat.BySystem && !s.refused(to, cause) {
		s.Refused = append(slices.Clip(s.Refused), Refusal{to, cause})
		changed = true
	}
	if s.Step == to && (s.Since == 0 || s.Since == p.At) {
		s.moved(from, byHand("Set back", name), 0)
		s.Floor = from
		changed = true
	}
	return s, changed
}

// undoTick gives the prompt the state that it had before the tick.
func undoTick(s State, key string, p chat.Progress) (State, bool) {
	m, ok := s.Marks[key]
	if !ok || string(m.State) != p.State || (m.At != 0 && m.At != p.At) {
		return s, false
	}
	s.mark(key, Mark{State: chat.PromptState(p.From), Hand: true})
	return s, true
}

// cause remembers why the step was moved, so that undoing knows what to refuse.
func (s *State) cause(to chat.Step, c Cause) {
	s.Causes = maps.Clone(s.Causes)
	if s.Causes == nil {
		s.Causes = make(map[chat.Step]Cause, 2)
	}
	s.Causes[to] = c
}

func byHand(what, name string) string {
	if name == "" {
		return what + " by hand."
	}
	return what + " by " + name + "."
}

func tickWord(state chat.PromptState) string {
	switch state {
	case chat.PromptDone:
		return "Ticked"
	case chat.PromptNotNeeded:
		return "Marked as not needed"
	}
	return "Opened again"
}
