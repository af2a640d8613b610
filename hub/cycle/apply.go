package cycle

import (
	"strings"

	"rapport/hub/chat"
)

// Apply lays one event over a state. changes are the moves and ticks that it
// caused, at most one of them a move. changed says whether the state is another
// one and has to be stored; it may be true without any change to tell people
// of, and is false for most messages of a customer. An event that does not fit
// the state (an unknown step or prompt) changes nothing.
func Apply(g *Guide, s State, e Event) (next State, changes []Change, changed bool) {
	switch e.Type {
	case chat.MessagePosted:
		return applyMessage(g, s, e)
	case chat.ConversationClosed:
		return applyClosed(s, e)
	case chat.ConversationReopened:
		return applyReopened(s, e)
	case chat.CardWasSent:
		return applyCardSent(g, s, e)
	case chat.CardWasAnswered:
		return applyCardAnswered(g, s, e)
	case chat.PromiseWasMade:
		return applyPromise(g, s, e)
	case chat.StepMoved:
		return applyMove(s, e)
	case chat.PromptTicked:
		return applyTick(g, s, e)
	case chat.ProgressUndone:
		next, changed = applyUndo(s, e)
		return next, nil, changed
	}
	return s, nil, false
}

// Advance is Apply on a stored matter: it reads the matter's evidence, applies
// the event and returns the matter as it is to be stored.
func Advance(g *Guide, m chat.Matter, e Event) (next chat.Matter, changes []Change, changed bool, err error) {
	if idle(m.Evidence, e) {
		return m, nil, false, nil
	}
	s, err := Load(m)
	if err != nil {
		return m, nil, false, err
	}
	s, changes, changed = Apply(g, s, e)
	if changed {
		s.Save(&m)
	}
	return m, changes, changed, nil
}

// idle reports, without reading the evidence, that an event cannot change
// anything: a note, an automatic reply, or a customer's message while nothing
// was asked of them. Most events are of this kind.
func idle(evidence string, e Event) bool {
	if e.Type == chat.NotePosted || e.Type == chat.MessagePosted && e.Message.Kind != chat.Reply {
		return true
	}
	return e.Type == chat.MessagePosted && e.By == chat.ByPerson && !strings.Contains(evidence, `"asked":`)
}

// Replay applies events from the start of a matter, oldest first. It is for
// proof and repair; the desk goes event by event.
func Replay(g *Guide, events []Event) (State, []Change) {
	s := Start()
	var all []Change
	for _, e := range events {
		var changes []Change
		s, changes, _ = Apply(g, s, e)
		all = append(all, changes...)
	}
	return s, all
}

// applyMessage reads a reply. Notes and automatic replies prove nothing.
func applyMessage(g *Guide, s State, e Event) (State, []Change, bool) {
	switch {
	case e.Message.Kind != chat.Reply:
		return s, nil, false
	case e.By == chat.ByAgent:
		return applyReply(g, s, e)
	case e.By == chat.ByPerson && s.Asked != "":
		changes := readAnswer(g, &s, e)
		return s, changes, true
	}
	return s, nil, false
}

// applyReply lays an agent's reply over the state: first what it shows, in the
// step in which it was written, then the move that it makes.
func applyReply(g *Guide, s State, e Event) (State, []Change, bool) {
	first, asked := !s.Replied, s.Asked
	s.Replied = true
	changes := readReply(g, &s, e, first, s.Step)
	if c, ok := moveByReply(&s, e, first); ok {
		changes = append(changes, c)
	}
	return s, changes, first || asked != s.Asked || len(changes) > 0
}
