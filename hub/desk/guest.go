package desk

import (
	"context"

	"rapport/hub/chat"
)

// Invite asks a colleague, or one of a team after the other, to join a conversation:
// to answer in it under their own name, beside who has it and goes on having it. It is
// asked, declined, taken back and runs out as a handover does, in its time, and there
// is as for HandOver; who agrees comes in by Join.
//
// Failures: those of HandOver, and Conflict where it has MaxGuests.
func (d *Desk) Invite(ctx context.Context, who chat.Actor, id string, h Handover, there []string) error {
	h.joins = true
	return d.HandOver(ctx, who, id, h, there)
}

func tooManyGuests() error {
	return chat.Fail(chat.Conflict, "%d colleagues have joined already. Let one of them go first.", chat.MaxGuests)
}

// Join brings an agent into a colleague's conversation: one who was asked, or may step
// in because they may take over. Its customer hears who has joined. Joining twice, or
// what is theirs, changes nothing.
//
// Failures: NotFound, AlreadyClosed, Conflict (nobody has it whom they could help,
// nobody asks them any more, or it has MaxGuests).
func (d *Desk) Join(ctx context.Context, who chat.Actor, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		switch {
		case c.State == chat.Closed:
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		case c.AssigneeID == "":
			return chat.Fail(chat.Conflict, "Nobody has this conversation. Take it.")
		case c.AssigneeID == who.ID || c.Guests.Has(who.ID):
			return nil
		}
		if len(c.Guests.List()) >= chat.MaxGuests {
			return tooManyGuests()
		}
		from, err := whoIsHelped(tx, c, who)
		if err != nil {
			return err
		}
		c.Guests = c.Guests.With(who.ID)
		if err := tellGuest(tx, c, chat.GuestJoined, who, name, name, from, ""); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// whoIsHelped ends the invitation by which an agent joins and returns whom it was to
// help, who hears that they came; nobody, for who steps in by themselves, which the audit
// log tells.
func whoIsHelped(tx chat.Tx, c *chat.Conversation, who chat.Actor) (chat.AgentCard, error) {
	if c.OfferedTo == who.ID {
		o, err := tx.Offer(c.ID, who.ID)
		if err != nil {
			return chat.AgentCard{}, err
		}
		if o.Joins {
			if err := endAsk(tx, c, chat.RelayAccepted, ""); err != nil {
				return chat.AgentCard{}, err
			}
			if err := stopRouting(tx, c); err != nil {
				return chat.AgentCard{}, err
			}
			return card(tx, chat.Actor{Kind: chat.ByAgent, ID: o.FromID})
		}
	}
	if !who.May(chat.TakeOver) {
		return chat.AgentCard{}, chat.Fail(chat.Conflict, "You are not asked to join this conversation any more.")
	}
	return chat.AgentCard{}, tx.Audit(who.ID, "conversation.stepped_in", c.ID, c.AssigneeID)
}

// Leave ends the visit of a guest: they leave, or who has the conversation, or may
// take it over, lets them go. Its customer hears that they have left. Of who is no
// guest it changes nothing.
//
// Failures: NotFound, TakenByOther (it is not theirs).
func (d *Desk) Leave(ctx context.Context, who chat.Actor, id, agentID string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil || !c.Guests.Has(agentID) {
			return err
		}
		if agentID != who.ID {
			if _, err := mayGive(tx, c, who, c.AssigneeID); err != nil {
				return err
			}
		}
		if err := seeOff(tx, c, agentID, who, name, ""); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// LeaveGone ends the visit of a guest who is not there any more. It reports false, and
// changes nothing, where they are no guest.
func (d *Desk) LeaveGone(ctx context.Context, id, agentID string) (done bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		done = false
		c, err := tx.Conversation(id)
		if err != nil || !c.Guests.Has(agentID) {
			return unlessAbsent(err)
		}
		done = true
		if err := seeOff(tx, c, agentID, chat.System, chat.AgentCard{}, "lost the connection"); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return done, err
}

// seeOff ends the visit of a guest, and tells why; the caller saves the conversation.
func seeOff(tx chat.Tx, c *chat.Conversation, agentID string, who chat.Actor, name chat.AgentCard, why string) error {
	guest, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: agentID})
	if err != nil {
		return err
	}
	c.Guests = c.Guests.Without(agentID)
	return tellGuest(tx, c, chat.GuestLeft, who, name, guest, chat.AgentCard{}, why)
}

// tellGuest appends an event about a guest, and whom they were asked to help, if anybody.
func tellGuest(tx chat.Tx, c *chat.Conversation, what chat.EventType, who chat.Actor, name, guest, from chat.AgentCard, why string) error {
	e := event(tx, what, who, name)
	e.AgentID, e.Names.Agent, e.Why = guest.ID, guest, why
	e.FromAgentID, e.Names.From = from.ID, from
	return tx.Append(c, &e)
}
