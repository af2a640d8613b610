package desk

import (
	"rapport/hub/chat"
)

// chatOf is the chat beside which an aside is worked on, or what that goes on in as long
// as it is this customer's; nil where it was erased.
func chatOf(tx chat.Tx, aside *chat.Conversation) (*chat.Conversation, error) {
	if aside.PreviousID == "" {
		return nil, nil
	}
	c, err := tx.Conversation(aside.PreviousID)
	if chat.Is(err, chat.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	self, err := profile(tx, aside.PersonID)
	if err != nil {
		return nil, err
	}
	return goesOnIn(tx, self, c)
}

// toldIn tells what happened in an aside in its chat as well, where the customer hears of
// it, and returns the conversation whose letters tell of it. Elsewhere that is c itself.
func toldIn(tx chat.Tx, c *chat.Conversation, e chat.Event) (*chat.Conversation, error) {
	if c.Channel != chat.ChannelAside {
		return c, nil
	}
	to, err := chatOf(tx, c)
	if err != nil || to == nil {
		return c, err
	}
	if err := tx.Append(to, &e); err != nil {
		return nil, err
	}
	return to, tx.SaveConversation(to)
}

// promiseAside is what somebody promised under a client id in a chat, where it was split
// off since.
func promiseAside(tx chat.Tx, c *chat.Conversation, madeBy, clientID string) (*chat.Promise, error) {
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return nil, err
	}
	asides, err := tx.Asides(p.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range asides {
		if a.PreviousID != c.ID {
			continue
		}
		if p, err := tx.PromiseByClientID(a.ID, madeBy, clientID); !chat.Is(err, chat.NotFound) {
			return p, err
		}
	}
	return nil, chat.ErrNotFound
}

// endAside closes what the team worked on beside a chat, and says there what came of it.
func (d *Desk) endAside(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, words string) error {
	if err := d.closeTracks(tx, c, who); err != nil {
		return err
	}
	if err := d.withdrawGrants(tx, c, who); err != nil {
		return err
	}
	if _, err := d.noteFor(tx, c, who, name, words); err != nil {
		return err
	}
	c.Guests = ""
	if err := d.endEntry(tx, c, who, name); err != nil {
		return err
	}
	to, err := chatOf(tx, c)
	if err != nil || to == nil {
		return err
	}
	if err := tellAside(tx, to, c, chat.AsideClosed, who, name); err != nil {
		return err
	}
	if _, err := d.noteFor(tx, to, who, name, words); err != nil {
		return err
	}
	return tx.SaveConversation(to)
}

// tellAside says in a chat what becomes of an aside.
func tellAside(tx chat.Tx, c, aside *chat.Conversation, t chat.EventType, who chat.Actor, name chat.AgentCard) (err error) {
	e := event(tx, t, who, name)
	e.Other, e.MatterID = chat.OtherTalk{ID: aside.ID, StartedAt: aside.StartedAt}, aside.MatterID
	if e.Matter, err = tx.Matter(aside.MatterID); err != nil {
		return err
	}
	return tx.Append(c, &e)
}

// mayReopen refuses to open a closed conversation where another of its kind goes first.
func mayReopen(tx chat.Tx, c *chat.Conversation) error {
	if c.Channel != chat.ChannelAside {
		return onlyOne(tx, c)
	}
	if c.MergedInto != "" {
		return goesOnElsewhere()
	}
	return roomForAside(tx, c)
}

// roomForAside refuses one more of a customer's where MaxAsides are open.
func roomForAside(tx chat.Tx, c *chat.Conversation) error {
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	all, err := tx.Asides(p.ID)
	if err != nil {
		return err
	}
	open := 0
	for _, a := range all {
		if a.SiteID == c.SiteID && a.State != chat.Closed {
			open++
		}
	}
	if open >= chat.MaxAsides {
		return chat.Fail(chat.Conflict, "%d matters of this customer are being worked on beside the chat already. Finish one of them first.", open)
	}
	return nil
}
