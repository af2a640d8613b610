package cycle

import "rapport/hub/chat"

// Apply lays one event over a state. changes are the moves and ticks that it
// caused, at most one of them a move. changed says whether the state is another
// one and has to be stored; it may be true without any change to tell people
// of, and is false where nothing new was understood. An event that does not fit
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
	case chat.MatterOpened:
		return applyOpened(s)
	case chat.MatterTurned:
		return applyTurned(s, e)
	case chat.MatterRead:
		return applyCorrection(s, e)
	case chat.ProgressUndone:
		next, changed = applyUndo(s, e)
		return next, nil, changed
	}
	return s, nil, false
}

// Advance is Apply on a stored matter: it reads the matter's evidence, applies
// the event and returns the matter as it is to be stored. An error is Load's: the
// matter then begins anew, which is a change.
func Advance(g *Guide, m chat.Matter, e Event) (next chat.Matter, changes []Change, changed bool, err error) {
	if idle(e) {
		return m, nil, false, nil
	}
	s, err := Load(m)
	s, changes, changed = Apply(g, s, e)
	if changed = changed || err != nil; changed {
		s.Save(&m)
	}
	return m, changes, changed, err
}

// idle reports, without reading the evidence, that an event cannot change
// anything: a note, or an automatic reply.
func idle(e Event) bool {
	return e.Type == chat.NotePosted || e.Type == chat.MessagePosted && e.Message.Kind != chat.Reply
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
	case e.By == chat.ByPerson:
		return applyPerson(g, s, e)
	}
	return s, nil, false
}

// applyReply lays an agent's reply over the state: first what it shows, in the
// step in which it was written, then the move that it makes.
func applyReply(g *Guide, s State, e Event) (State, []Change, bool) {
	before := s
	first := !s.Replied
	s.Replied = true
	w := e.words()
	t := told{listenTo(w.sentences, english().names(e.Customer, e.ByName), s.Step), w}
	changes := readReply(g, &s, e, t.talk, first)
	s.Left = t.leaves(s)
	if t.offer() >= 0 || s.Left == LeftOffer {
		s.Offered, s.Offer, s.Declined = true, english().choosing.names(w.sentences), 0
	}
	s.Question, s.Agent = "", FirstName(e.ByName)
	if c, ok := moveByReply(&s, e, t, first); ok {
		changes = append(changes, c)
	}
	return s, changes, s.differs(before) || len(changes) > 0
}

// applyPerson lays a message of the customer over the state: what they agree to,
// what it says of their need and mood, and the move that it makes.
func applyPerson(g *Guide, s State, e Event) (State, []Change, bool) {
	before := s
	w := e.words()
	var changes []Change
	if s.Asked != "" {
		changes = readAnswer(g, &s, e, w)
	}
	hearConcern(&s, e, w)
	hearDetail(&s, e, w)
	hearPerson(&s, w)
	if s.Concern != before.Concern {
		s.Was, s.WasMood = before.Type, before.Mood
	}
	if c, ok := moveByPerson(&s, e, w); ok {
		changes = append(changes, c)
	}
	return s, changes, s.differs(before) || len(changes) > 0
}
