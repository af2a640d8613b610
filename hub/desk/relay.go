package desk

import (
	"cmp"

	"rapport/hub/chat"
)

// relay notes that a conversation, or a question about it, is passed on now.
func (d *Desk) relay(tx chat.Tx, c *chat.Conversation, r chat.Relay) (err error) {
	r.ID = cmp.Or(r.ID, chat.NewID())
	r.SiteID, r.ConversationID, r.At = c.SiteID, c.ID, tx.Now()
	if r.Day, err = d.today(tx, c.SiteID); err != nil {
		return err
	}
	if !r.Kind.Asks() {
		r.Outcome, r.EndedAt = chat.RelayAccepted, r.At
	}
	return tx.InsertRelay(&r)
}

// endAsk notes what became of the handover or the invitation that is under way. It
// comes before the conversation is changed: what waits in the queue is offered as well,
// and that is no relay.
func endAsk(tx chat.Tx, c *chat.Conversation, outcome chat.RelayOutcome, why chat.RelayWhy) error {
	if c.OfferedTo == "" || c.AssigneeID == "" {
		return nil
	}
	return tx.EndAsk(c.ID, chat.RelayEnd{Outcome: outcome, Why: why, Since: c.WaitingSince})
}

// passed notes how an offer that was passed on ended.
func passed(tx chat.Tx, c *chat.Conversation, how chat.OfferOutcome) error {
	switch how {
	case chat.OfferLapsed:
		return endAsk(tx, c, chat.RelayLapsed, "")
	case chat.OfferRecalled:
		return endAsk(tx, c, chat.RelayReturned, chat.RelayRecalled)
	case chat.OfferGone:
		return endAsk(tx, c, chat.RelayReturned, chat.RelayGone)
	}
	return endAsk(tx, c, chat.RelayReturned, chat.RelayDeclined)
}

// changesHands notes that a conversation becomes an agent's, and ends what was asked
// about it meanwhile. how is what it is if they were not asked, "" for nothing: who
// takes what nobody has takes it from nobody.
func (d *Desk) changesHands(tx chat.Tx, c *chat.Conversation, how chat.RelayKind, toID, hadID string, handed bool) error {
	if handed {
		return endAsk(tx, c, chat.RelayAccepted, "")
	}
	if err := endAsk(tx, c, chat.RelayReturned, chat.RelaySettled); err != nil {
		return err
	}
	if how == "" || how == chat.RelayTakeover && hadID == "" {
		return nil
	}
	return d.relay(tx, c, chat.Relay{Kind: how, FromID: hadID, ToID: toID})
}
