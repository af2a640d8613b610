package desk

import (
	"context"

	"rapport/hub/chat"
)

// Snooze puts a conversation off until a time. Whoever has it keeps it, its
// promises stand and are reminded of, and its customer hears nothing. Their next
// words wake it at once.
//
// Failures: Invalid (until), NotFound, AlreadyClosed.
func (d *Desk) Snooze(ctx context.Context, who chat.Actor, id string, until chat.Time) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		if c.State == chat.Closed {
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		}
		if c.State == chat.Snoozed && c.SnoozedUntil == until {
			return nil
		}
		if err := c.Snooze(until, tx.Now()); err != nil {
			return err
		}
		c.PutBack = false
		if err := endAsk(tx, c, chat.RelayReturned, chat.RelaySettled); err != nil {
			return err
		}
		if err := stopRouting(tx, c); err != nil {
			return err
		}
		e := event(tx, chat.ConversationSnoozed, who, name)
		e.Until = until
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// Wake ends the sleep of a conversation by an agent's hand, which is in the queue then
// where a colleague had it who is gone. One that does not sleep stays as it is.
//
// Failures: NotFound.
func (d *Desk) Wake(ctx context.Context, who chat.Actor, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil || c.State != chat.Snoozed {
			return err
		}
		if err := d.wake(tx, c, who, name); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// WakeDue ends the sleep of a conversation whose time has come: it stands among the
// unread, as if somebody had just written; in the queue, where who had it is gone. It
// says whether it did so.
func (d *Desk) WakeDue(ctx context.Context, id string) (woken bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		woken = false
		c, err := tx.Conversation(id)
		if err != nil || c.State != chat.Snoozed || c.SnoozedUntil > tx.Now() {
			return err
		}
		c.WokenAt, c.PutBack, woken = tx.Now(), true, true
		if err := d.wake(tx, c, chat.System, chat.AgentCard{}); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return woken, err
}

// isGone reports whether an agent does not work here any more or is away; false for
// nobody.
func isGone(tx chat.Tx, agentID string) (bool, error) {
	if agentID == "" {
		return false, nil
	}
	agent, err := tx.Agent(agentID)
	if err != nil || agent.DisabledAt != 0 {
		return err == nil, err
	}
	away, err := absenceOf(tx, agentID)
	return away != nil, err
}

// wake ends the sleep of a conversation, which is in the queue then where who had it
// is gone; the caller saves it.
func (d *Desk) wake(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard) error {
	if c.State != chat.Snoozed {
		return nil
	}
	c.Wake()
	e := event(tx, chat.ConversationWoken, who, name)
	if err := tx.StirLull(c.ID, tx.Now()); err != nil {
		return err
	}
	if err := tx.Append(c, &e); err != nil || c.AssigneeID == who.ID {
		return err
	}
	gone, err := isGone(tx, c.AssigneeID)
	if err != nil || !gone {
		return err
	}
	return d.letGo(tx, c, chat.System, chat.AgentCard{})
}

// PutBack puts a conversation back among the unread, or takes it out again. What
// the customer was told of their words being read stays true.
//
// Failures: NotFound, AlreadyClosed.
func (d *Desk) PutBack(ctx context.Context, who chat.Actor, id string, on bool) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil || c.PutBack == on {
			return err
		}
		if on && c.State == chat.Closed {
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Nobody waits for it.")
		}
		c.PutBack = on
		return tx.SaveConversation(c)
	})
}
