package desk

import (
	"context"

	"rapport/hub/chat"
)

// NoteYes stores that the customer said yes to a card in their own words: a
// message of theirs, written after the card. option is the key of the one they
// chose, "" where the card has none. Noting it again changes nothing.
//
// Failures: Invalid (not such a message, no such option), NotFound, AlreadyClosed,
// Conflict (answered otherwise, replaced, taken back).
func (d *Desk) NoteYes(ctx context.Context, who chat.Actor, id, cardID, messageID, option string) (out *chat.Card, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if c.State == chat.Closed {
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		}
		if out, err = cardOf(tx, c, cardID); err != nil {
			return err
		}
		m, err := yesOf(tx, c, out, messageID)
		if err != nil {
			return err
		}
		fresh, err := out.Take(chat.CardAnswer{Choice: chat.Yes[out.Kind], Option: option, At: m.At, MessageID: m.ID, NotedBy: who.ID})
		if err != nil || !fresh {
			return err
		}
		customer, err := profile(tx, c.PersonID)
		if err != nil {
			return err
		}
		if err := usesAccepted(tx, c, out); err != nil {
			return err
		}
		if err := d.settleCard(tx, c, who, name, customer, out); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return out, err
}

// yesOf is the customer's message that is said to agree to the card.
func yesOf(tx chat.Tx, c *chat.Conversation, k *chat.Card, messageID string) (*chat.Message, error) {
	m, err := tx.Message(c.ID, messageID)
	if err != nil && !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	if err != nil || m.By != chat.ByPerson || m.At < k.SentAt {
		return nil, chat.FailField("message_id", "Name what the customer wrote after the card.")
	}
	return m, nil
}
