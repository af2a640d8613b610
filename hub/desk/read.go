package desk

import (
	"context"

	"rapport/hub/chat"
)

// Reach says how far somebody has got the other side's messages.
type Reach string

const (
	Delivered Reach = "delivered" // it has reached a screen
	Read      Reach = "read"
)

// Mark raises how far the actor has got, in the actor's own numbers (public for
// a customer), and returns the conversation. changed is false when there was
// nothing to raise. A mark is not an event: it takes no number.
func (d *Desk) Mark(ctx context.Context, who chat.Actor, id string, how Reach, seq int64) (c *chat.Conversation, changed bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		changed = false
		var err error
		if c, _, err = d.acting(tx, who, id); err != nil {
			return err
		}
		if who.Kind == chat.ByPerson {
			changed, err = markPerson(tx, c, how, min(seq, c.PublicSeq))
		} else {
			changed, err = markAgent(tx, c, how, min(seq, c.Seq))
		}
		if err != nil || !changed {
			return err
		}
		return tx.SaveConversation(c)
	})
	return c, changed, err
}

func markPerson(tx chat.Tx, c *chat.Conversation, how Reach, public int64) (bool, error) {
	m := &c.Marks
	delivers, reads := public > m.PersonDeliveredPublic, how == Read && public > m.PersonReadPublic
	if !delivers && !reads {
		return false, nil
	}
	seq, err := tx.SeqOfPublic(c.ID, public)
	if err != nil {
		return false, err
	}
	if delivers {
		m.PersonDelivered, m.PersonDeliveredPublic = seq, public
	}
	if reads {
		m.PersonRead, m.PersonReadPublic = seq, public
		c.UnreadPublic, err = tx.CountUnread(c.ID, chat.ByAgent, seq)
	}
	return true, err
}

func markAgent(tx chat.Tx, c *chat.Conversation, how Reach, seq int64) (bool, error) {
	m := &c.Marks
	delivers, reads := seq > m.AgentDelivered, how == Read && seq > m.AgentRead
	if !delivers && !reads {
		return false, nil
	}
	public, err := tx.PublicOfSeq(c.ID, seq)
	if err != nil {
		return false, err
	}
	if delivers {
		m.AgentDelivered, m.AgentDeliveredPublic = seq, max(public, m.AgentDeliveredPublic)
	}
	if reads {
		c.PutBack = false
		m.AgentRead, m.AgentReadPublic = seq, max(public, m.AgentReadPublic)
		c.Unread, err = tx.CountUnread(c.ID, chat.ByPerson, seq)
	}
	return true, err
}

// SaveDraft keeps what an agent has begun to write; "" forgets it.
func (d *Desk) SaveDraft(ctx context.Context, who chat.Actor, id string, kind chat.MessageKind, text string) error {
	if kind != chat.Reply && kind != chat.Note {
		return chat.FailField("kind", "A draft is a reply or a note.")
	}
	if len(text) > 4*chat.MaxText {
		return chat.FailField("text", "This draft is longer than a message may be.")
	}
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		return tx.SaveDraft(&chat.Draft{AgentID: who.ID, ConversationID: c.ID, Kind: kind, Text: text, At: tx.Now()})
	})
}
