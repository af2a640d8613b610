package cycle

import "rapport/hub/chat"

// Why the step moves for a card.
const (
	ProposalSent     Cause = "proposal"
	ProposalAccepted Cause = "accepted"
)

// CardSent is a card that an agent has sent. What it causes names the card as a
// message would be.
func CardSent(c chat.Card) Event {
	return Event{
		Type: chat.CardWasSent, At: c.SentAt, By: chat.ByAgent, ByID: c.By.ID, ByName: c.By.Name,
		Message: chat.Message{ID: c.ID}, Card: c,
	}
}

// CardAnswered is the customer's answer to a card.
func CardAnswered(c chat.Card, customer string) Event {
	return Event{
		Type: chat.CardWasAnswered, At: c.Answer.At, By: chat.ByPerson, Customer: customer,
		Message: chat.Message{ID: c.ID}, Card: c,
	}
}

// PromiseMade is a promise that an agent has made or found in what they wrote.
func PromiseMade(p chat.Promise) Event {
	return Event{Type: chat.PromiseWasMade, At: p.MadeAt, By: chat.ByAgent, ByID: p.MadeBy, Message: chat.Message{ID: p.MessageID}, Promise: p}
}

// applyCardSent ticks what a card shows by its form alone. It is a human answer
// like any other, and a proposal is what Agreeing is about.
func applyCardSent(g *Guide, s State, e Event) (State, []Change, bool) {
	before, first := s, !s.Replied
	s.Replied, s.Question, s.Agent = true, "", FirstName(e.ByName)
	var changes []Change
	tick := func(rule Rule, why, text string) {
		changes = append(changes, tickRule(g, &s, rule, e, cite(why, text))...)
	}
	if first {
		tick("first_reply", "The first reply is out", "")
	}
	if e.Card.Kind == chat.SummaryCard {
		tick("said_back", "Said back in a card", e.Card.Text)
		s.Asked, s.Left = "confirmed", LeftSummary
	} else {
		proposes(e.Card, tick)
		s.Asked, s.Left, s.Offered, s.Declined = "accepted", LeftOffer, true, 0
	}
	if c, ok := moveByCard(&s, e, first); ok {
		changes = append(changes, c)
	}
	return s, changes, s.differs(before) || len(changes) > 0
}

func proposes(c chat.Card, tick func(rule Rule, why, text string)) {
	tick("agreement_asked", "A proposal was sent", c.Text)
	if len(c.Options) > 0 {
		tick("options_offered", "The proposal leaves a choice", c.Options[0].Title)
	}
	if c.Limits != "" {
		tick("possible_said", "The proposal says the limits", c.Limits)
	}
	if c.YourPart != "" {
		tick("part_said", "The proposal says what they do", c.YourPart)
	}
	if c.OurPart != "" {
		tick("next_said", "The proposal says what we do", c.OurPart)
		tick("when_said", "The proposal says by when", c.OurPart)
	}
}

func moveByCard(s *State, e Event, first bool) (Change, bool) {
	if e.Card.Kind == chat.ProposalCard && !s.refused(chat.Agreeing, ProposalSent) {
		if c, ok := auto(s, chat.Agreeing, ProposalSent, e, cite("A proposal was sent", e.Card.Text)); ok {
			return c, true
		}
	}
	if first && s.Step == chat.Greeting && !s.refused(chat.Understanding, FirstReply) {
		return auto(s, chat.Understanding, FirstReply, e, "The first reply is out.")
	}
	return Change{}, false
}

// applyCardAnswered ticks what the customer said yes to. What they accept is to
// be delivered.
func applyCardAnswered(g *Guide, s State, e Event) (State, []Change, bool) {
	before := s
	s.Asked, s.Left = "", ""
	var changes []Change
	switch e.Card.State {
	case chat.CardDeclined:
		s.offerOver()
	case chat.CardConfirmed:
		changes = tickRule(g, &s, "confirmed", e, cite("They confirmed the card", e.Card.Text))
		if c, ok := forward(&s, chat.Agreeing, OnSummary, e, "They confirmed what was said back", e.Card.Text); ok {
			changes = append(changes, c)
		}
	case chat.CardAccepted:
		s.offerOver()
		changes = tickRule(g, &s, "accepted", e, cite("They accepted the proposal", e.Card.Text))
		if !s.refused(chat.Delivering, ProposalAccepted) {
			if c, ok := auto(&s, chat.Delivering, ProposalAccepted, e, cite("They accepted the proposal", e.Card.Text)); ok {
				changes = append(changes, c)
			}
		}
	}
	return s, changes, s.differs(before) || len(changes) > 0
}

// applyPromise ticks what a promise of ours says: by when, and when they hear
// next. It moves nothing, since promises are made in every step.
func applyPromise(g *Guide, s State, e Event) (State, []Change, bool) {
	if e.Promise.Whose != chat.Ours {
		return s, nil, false
	}
	changes := tickRule(g, &s, "when_said", e, cite("A promise with a time was made", e.Promise.Text))
	if e.Promise.NextAt != 0 {
		changes = append(changes, tickRule(g, &s, "update_promised", e, cite("The next word has a time", e.Promise.Text))...)
	}
	return s, changes, len(changes) > 0
}
