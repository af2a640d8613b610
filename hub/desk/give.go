package desk

import (
	"context"

	"rapport/hub/chat"
)

// Give hands a conversation to somebody who is there, without asking them. Everybody
// gives what they have and what nobody has; who may take over gives anything. from is who has
// it as far as the caller knows, "" for nobody.
//
// Failures: NotFound (conversation or agent), AlreadyClosed, TakenByOther (it is
// with somebody else by now, or not theirs to give), Conflict (who gets it does not
// work here any more, or is away).
func (d *Desk) Give(ctx context.Context, who chat.Actor, id, to, from string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		switch {
		case c.State == chat.Closed:
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		case c.AssigneeID == to:
			return nil
		}
		before, err := mayGive(tx, c, who, from)
		if err != nil {
			return err
		}
		name, err := here(tx, to)
		if err != nil {
			return err
		}
		if err := d.handTo(tx, c, name, before); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// handTo makes a conversation an agent's who did not ask for it; the caller saves it.
func (d *Desk) handTo(tx chat.Tx, c *chat.Conversation, to, before chat.AgentCard) error {
	asleep := c.SnoozedUntil
	e := event(tx, chat.ConversationTaken, chat.Actor{Kind: chat.ByAgent, ID: to.ID}, to)
	if err := d.give(tx, c, e, chat.RelayAssignment, to, before); err != nil {
		return err
	}
	if asleep != 0 { // who has it changes nothing about when it is taken up again
		c.State, c.SnoozedUntil = chat.Snoozed, asleep
	}
	return nil
}

// mayGive returns who has a conversation, nobody for "", if the agent may give it on.
func mayGive(tx chat.Tx, c *chat.Conversation, who chat.Actor, from string) (chat.AgentCard, error) {
	if c.AssigneeID == "" {
		return chat.AgentCard{}, nil
	}
	has, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: c.AssigneeID})
	if err != nil {
		return has, err
	}
	if from != has.ID || has.ID != who.ID && !who.May(chat.TakeOver) {
		return has, chat.Fail(chat.TakenByOther, "%s has this conversation.", has.Name)
	}
	return has, nil
}

// here returns the card of an agent who can be given something now.
func here(tx chat.Tx, id string) (chat.AgentCard, error) {
	if !chat.ValidID(id) {
		return chat.AgentCard{}, chat.ErrNotFound
	}
	a, err := tx.Agent(id)
	if err != nil {
		return chat.AgentCard{}, err
	}
	if a.DisabledAt != 0 {
		return chat.AgentCard{}, chat.Fail(chat.Conflict, "%s does not work here any more.", a.Name)
	}
	if !a.Answers() {
		return chat.AgentCard{}, chat.Fail(chat.Conflict, "%s may not answer customers.", a.Name)
	}
	away, err := absenceOf(tx, a.ID)
	if err != nil {
		return chat.AgentCard{}, err
	}
	if away != nil {
		return chat.AgentCard{}, chat.Fail(chat.Conflict, "%s is away. Choose somebody who is here.", a.Name)
	}
	return chat.AgentCard{ID: a.ID, Name: a.Name, Picture: a.Picture}, nil
}
