package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// SendCard sends a card to the customer of a conversation, as a reply would be
// sent. An unanswered one of the same kind and matter is replaced by it. Sending
// again under the same client id returns the card that is stored. card needs
// ConversationID, ClientID and what it says; the rest is filled in here.
//
// Failures: Invalid, NotFound, PlaceholderLeft, Conflict (the customer is talking
// in a newer conversation).
func (d *Desk) SendCard(ctx context.Context, who chat.Actor, card chat.Card) (*chat.Card, error) {
	if !chat.ValidClientID(card.ClientID) {
		return nil, badClientID()
	}
	if err := filledIn(&card); err != nil {
		return nil, err
	}
	var out chat.Card
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		out = card
		return d.sendCard(tx, who, &out)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// filledIn refuses a card that still holds a variable.
func filledIn(c *chat.Card) error {
	texts := []string{c.Text, c.Limits, c.OurPart, c.YourPart}
	for _, o := range c.Options {
		texts = append(texts, o.Title, o.Detail)
	}
	for _, text := range texts {
		if err := noPlaceholder("text", text); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) sendCard(tx chat.Tx, who chat.Actor, k *chat.Card) error {
	c, name, err := d.forAgent(tx, who, k.ConversationID)
	if err != nil {
		return err
	}
	if stored, err := tx.CardByClientID(c.ID, who.ID, k.ClientID); !chat.Is(err, chat.NotFound) {
		if err == nil {
			*k = *stored
		}
		return err
	}
	if err := k.Clean(tx.Now()); err != nil {
		return err
	}
	if c.Channel == chat.ChannelAside {
		return nobodyReads(c)
	}
	if err := d.take(tx, c, who, name); err != nil {
		return err
	}
	if err := d.replace(tx, c, who, name, k.Kind); err != nil {
		return err
	}
	k.ID, k.ConversationID, k.MatterID, k.State, k.By, k.SentAt = chat.NewID(), c.ID, c.MatterID, chat.CardSent, name, tx.Now()
	if err := tx.InsertCard(k); err != nil {
		return err
	}
	if err := appendCard(tx, c, chat.CardWasSent, who, name, k); err != nil {
		return err
	}
	if err := tellByMail(tx, c, chat.MailCard, chat.MailPayload{CardID: k.ID}); err != nil {
		return err
	}
	c.LastAt, c.LastBy, c.LastKind, c.LastText = k.SentAt, chat.ByAgent, chat.Reply, chat.Preview(k.Text)
	if err := d.answered(tx, c, who); err != nil {
		return err
	}
	if err := d.advance(tx, c, cycle.CardSent(*k)); err != nil {
		return err
	}
	if err := d.record(tx, c, chat.FactCardSent, who.ID, 0); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// replace takes back the unanswered cards of a kind in the current matter.
func (d *Desk) replace(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, kind chat.CardKind) error {
	waiting, err := tx.SentCards(c.MatterID)
	if err != nil {
		return err
	}
	for i := range waiting {
		if waiting[i].Kind != kind {
			continue
		}
		if err := takeBack(tx, c, who, name, &waiting[i], chat.CardReplaced); err != nil {
			return err
		}
	}
	return nil
}

func takeBack(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, k *chat.Card, state chat.CardState) error {
	k.State = state
	if err := tx.SaveCard(k); err != nil {
		return err
	}
	return appendCard(tx, c, chat.CardWasWithdrawn, who, name, k)
}

func appendCard(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, name chat.AgentCard, k *chat.Card) error {
	e := event(tx, t, who, name)
	shown := *k
	e.CardID, e.Card = k.ID, &shown
	return tx.Append(c, &e)
}

// WithdrawCard takes back a card that was not answered yet. Taking it back again
// changes nothing; Conflict when the customer has answered or a newer one stands
// in its place.
func (d *Desk) WithdrawCard(ctx context.Context, who chat.Actor, id, cardID string) (out *chat.Card, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if out, err = cardOf(tx, c, cardID); err != nil {
			return err
		}
		switch out.State {
		case chat.CardWithdrawn:
			return nil
		case chat.CardReplaced:
			return chat.Fail(chat.Conflict, "A newer card stands in place of this one already.")
		case chat.CardSent:
		default:
			return chat.Fail(chat.Conflict, "The customer has answered this card already.")
		}
		if err := takeBack(tx, c, who, name, out, chat.CardWithdrawn); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return out, err
}

// cardOf returns a card of this conversation; another's is as absent as none.
func cardOf(tx chat.Tx, c *chat.Conversation, id string) (*chat.Card, error) {
	k, err := tx.Card(id)
	if err != nil {
		return nil, err
	}
	if k.ConversationID != c.ID {
		return nil, chat.ErrNotFound
	}
	return k, nil
}
