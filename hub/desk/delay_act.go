package desk

import (
	"context"

	"rapport/hub/chat"
)

// TellDelay tells the customer of a conversation what was reported about them: an
// automatic message in the agent's name. promiseID names the promise of ours that
// moves to the new time, "" for none. Telling it again changes nothing.
//
// Failures: NotFound (also: another customer's), Conflict (it was set aside, or the
// promise has ended).
func (d *Desk) TellDelay(ctx context.Context, who chat.Actor, conversationID, id, promiseID string) (*chat.Delay, error) {
	return d.settleDelay(ctx, who, conversationID, id, chat.DelayTold, func(tx chat.Tx, c *chat.Conversation, delay *chat.Delay) error {
		var promises []*chat.Promise
		if promiseID != "" {
			p, err := tx.Promise(promiseID)
			if err != nil {
				return err
			}
			if p.ConversationID != c.ID {
				return chat.ErrNotFound
			}
			if err := over(p); err != nil {
				return err
			}
			if delay.Delays(p) {
				promises = append(promises, p)
			}
		}
		said := *delay
		if said.Until < tx.Now().Add(chat.MinDue) {
			said.Until = 0 // that time has passed: nobody knows the new one
		}
		return d.tellDelay(tx, c, who, &said, promises)
	})
}

// DropDelay sets a report aside: nobody is told. Doing it again changes nothing.
// Failures: NotFound (also: another customer's), Conflict (the customer was told).
func (d *Desk) DropDelay(ctx context.Context, who chat.Actor, conversationID, id string) (*chat.Delay, error) {
	return d.settleDelay(ctx, who, conversationID, id, chat.DelayDropped, func(chat.Tx, *chat.Conversation, *chat.Delay) error { return nil })
}

// settleDelay lets an agent end a report about the customer of a conversation, with
// what belongs to it.
func (d *Desk) settleDelay(ctx context.Context, who chat.Actor, conversationID, id string, to chat.DelayState, do func(chat.Tx, *chat.Conversation, *chat.Delay) error) (out *chat.Delay, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, conversationID)
		if err != nil {
			return err
		}
		if out, err = delayOf(tx, c, id); err != nil || out.State == to {
			return err
		}
		if out.State != chat.DelayWaits {
			return chat.Fail(chat.Conflict, "This report is %s already.", out.State)
		}
		if err := do(tx, c, out); err != nil {
			return err
		}
		out.State, out.EndedBy, out.EndedAt = to, who.ID, tx.Now()
		if err := tx.SaveDelay(out); err != nil {
			return err
		}
		if err := tellOfDelay(tx, c, chat.DelaySettled, who, out); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return out, err
}

// delayOf is a report about the customer of a conversation.
func delayOf(tx chat.Tx, c *chat.Conversation, id string) (*chat.Delay, error) {
	delay, err := tx.Delay(id)
	if err != nil {
		return nil, err
	}
	about, err := profile(tx, delay.PersonID)
	if err != nil {
		return nil, err
	}
	customer, err := profile(tx, c.PersonID)
	if err != nil {
		return nil, err
	}
	if about.ID != customer.ID {
		return nil, chat.ErrNotFound
	}
	return delay, nil
}
