package desk

import (
	"rapport/hub/chat"
)

// tellDelay tells a conversation's customer of a delay, and what becomes of the
// promises: they move to the new time before they are late, or wait for an agent's next
// word. The caller has said why the customer may be told, and saves c.
func (d *Desk) tellDelay(tx chat.Tx, c *chat.Conversation, who chat.Actor, delay *chat.Delay, promises []*chat.Promise) error {
	name, err := card(tx, who)
	if err != nil {
		return err
	}
	if err := d.sayDelay(tx, c, who, name, delay, promises); err != nil {
		return err
	}
	for _, p := range promises {
		if err := d.delayPromise(tx, c, who, name, delay, p); err != nil {
			return err
		}
	}
	return nil
}

// sayDelay says a delay as an automatic message, which is no response: where the
// customer reads it, once, also where promises in their chat and beside it are late.
func (d *Desk) sayDelay(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, delay *chat.Delay, promises []*chat.Promise) (err error) {
	in := c
	if c.Channel == chat.ChannelAside {
		if in, err = chatOf(tx, c); err != nil || in == nil {
			return err
		}
	}
	p := Posting{ClientID: chat.OwnID("delay", delay.ID), Kind: chat.Auto}
	if _, err := tx.MessageByClientID(in.ID, who.ID, p.ClientID); !chat.Is(err, chat.NotFound) {
		return err
	}
	person, err := profile(tx, in.PersonID)
	if err != nil {
		return err
	}
	site, err := tx.Site(in.SiteID)
	if err != nil {
		return err
	}
	p.Text = sayLate(delay, site, person, name, d.zoneOf(promises))
	if _, err := d.say(tx, in, who, name, p, chat.MessagePosted); err != nil {
		return err
	}
	in.UnreadPublic++
	if err := tellByMail(tx, in, chat.MailReply, chat.MailPayload{}); err != nil || in == c {
		return err
	}
	return tx.SaveConversation(in)
}

// delayPromise moves a promise to the reported time, or marks it as waiting for
// one; then its reminder is due at once.
func (d *Desk) delayPromise(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, delay *chat.Delay, p *chat.Promise) error {
	told := chat.PromiseWasMoved
	p.Why = delay.Reason
	if delay.Until != 0 {
		if err := p.Move(delay.Until, 0, tx.Now()); err != nil {
			return err
		}
		p.Moved, p.Words, p.Delay = true, "", chat.DelayMoved
	} else {
		p.Schedule(tx.Now())
		p.Delay, p.RemindAt = chat.DelayOpen, tx.Now()
		told = chat.PromiseWasDelayed
	}
	if err := tx.SavePromise(p); err != nil {
		return err
	}
	return d.tellPromise(tx, c, told, who, name, p)
}

// tellOfDelay tells the team of a report, or of what became of it.
func tellOfDelay(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, delay *chat.Delay) error {
	name, err := card(tx, who)
	if err != nil {
		return err
	}
	shown := *delay
	e := event(tx, t, who, name)
	e.DelayID, e.Delay = delay.ID, &shown
	return tx.Append(c, &e)
}
