package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// forAgent returns a conversation and the card of the agent who acts on it.
func (d *Desk) forAgent(tx chat.Tx, who chat.Actor, id string) (*chat.Conversation, chat.AgentCard, error) {
	if who.Kind != chat.ByAgent {
		return nil, chat.AgentCard{}, chat.Fail(chat.Forbidden, "Only an agent may do this.")
	}
	c, err := tx.Conversation(id)
	if err != nil {
		return nil, chat.AgentCard{}, err
	}
	name, err := card(tx, who)
	return c, name, err
}

// Take gives the conversation to the agent. Whoever takes it from a colleague
// names them in from; TakenByOther if it is not (or no longer) theirs.
func (d *Desk) Take(ctx context.Context, who chat.Actor, id, from string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		switch {
		case c.State == chat.Closed:
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		case c.AssigneeID == who.ID:
			return nil
		case c.AssigneeID == "":
			err = d.assign(tx, c, who, name, chat.AgentCard{})
		default:
			before, e := card(tx, chat.Actor{Kind: chat.ByAgent, ID: c.AssigneeID})
			if e != nil {
				return e
			}
			if from != c.AssigneeID {
				return chat.Fail(chat.TakenByOther, "%s has this conversation.", before.Name)
			}
			err = d.assign(tx, c, who, name, before)
		}
		if err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

func (d *Desk) assign(tx chat.Tx, c *chat.Conversation, who chat.Actor, name, before chat.AgentCard) error {
	e := event(tx, chat.ConversationTaken, who, name)
	return d.give(tx, c, e, chat.RelayTakeover, name, before)
}

// give makes a conversation an agent's, and tells of it with the event. how is as for
// changesHands.
func (d *Desk) give(tx chat.Tx, c *chat.Conversation, e chat.Event, how chat.RelayKind, to, before chat.AgentCard) error {
	handed := false
	if before.ID != "" && c.OfferedTo == to.ID {
		o, err := tx.Offer(c.ID, to.ID)
		if err != nil {
			return err
		}
		if handed = !o.Joins; handed { // who was only asked to join has taken it over
			e.Why = handedOver
		}
	}
	if err := d.changesHands(tx, c, how, to.ID, before.ID, handed); err != nil {
		return err
	}
	c.Guests = c.Guests.Without(to.ID)
	if c.Channel == chat.ChannelAside { // what waited was the work, which has somebody now
		c.WaitingSince = 0
	}
	c.State, c.AssigneeID, c.LastAgentID, c.SnoozedUntil = chat.Open, to.ID, to.ID, 0
	if err := stopRouting(tx, c); err != nil {
		return err
	}
	if err := tx.StirLull(c.ID, tx.Now()); err != nil {
		return err
	}
	e.AgentID, e.FromAgentID = to.ID, before.ID
	e.Names.Agent, e.Names.From = to, before
	return tx.Append(c, &e)
}

// Release puts the conversation back into the queue, where its customer waits
// from now on unless they waited already.
func (d *Desk) Release(ctx context.Context, who chat.Actor, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil {
			return err
		}
		switch {
		case c.State == chat.Waiting:
			return nil
		case c.State == chat.Closed:
			return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
		case c.AssigneeID == "":
			err = d.wake(tx, c, who, name) // nobody has it who could let it go
		case c.AssigneeID != who.ID && !who.May(chat.TakeOver):
			return chat.Fail(chat.TakenByOther, "A colleague has this conversation. Take it over first.")
		default:
			err = d.letGo(tx, c, who, name)
		}
		if err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// letGo puts a conversation that somebody has back into the queue; the caller saves it.
func (d *Desk) letGo(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard) error {
	had, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: c.AssigneeID})
	if err != nil {
		return err
	}
	e := event(tx, chat.ConversationReleased, who, name)
	e.AgentID, e.Names.Agent = c.AssigneeID, had
	return d.backInQueue(tx, c, &e)
}

// backInQueue takes a conversation from who had it, and tells of it with the event. Its
// guests leave first: there is nobody left whom they could help.
func (d *Desk) backInQueue(tx chat.Tx, c *chat.Conversation, e *chat.Event) error {
	if err := endAsk(tx, c, chat.RelayReturned, chat.RelaySettled); err != nil {
		return err
	}
	if err := d.relay(tx, c, chat.Relay{Kind: chat.RelayRelease, FromID: c.AssigneeID}); err != nil {
		return err
	}
	for _, guest := range c.Guests.List() {
		if err := seeOff(tx, c, guest, chat.Actor{Kind: e.By, ID: e.ByID}, e.Names.By, ""); err != nil {
			return err
		}
	}
	c.State, c.AssigneeID, c.SnoozedUntil = chat.Waiting, "", 0
	c.LastAgentID = "" // who let it go is not the first to be offered it again
	// Also of those who have passed on it: they did not want it from a colleague, or not
	// join, which says nothing about taking it from the queue.
	if err := stopRouting(tx, c); err != nil {
		return err
	}
	if err := tx.StirLull(c.ID, 0); err != nil {
		return err
	}
	if c.WaitingSince == 0 {
		c.WaitingSince = tx.Now()
	}
	if err := headStart(tx, c); err != nil {
		return err
	}
	return tx.Append(c, e)
}

// Close ends the conversation, by an agent or by its customer. Closing a closed
// one changes nothing. For an agent it is PromiseOpen while a promise of ours is
// open that was not handed on to a colleague; a customer may leave at any time,
// and what they were promised stays. It is CauseMissing while a complaint is open
// whose root cause nobody has recorded; closing promises its follow-up, and takes
// back what supervisors were asked for.
func (d *Desk) Close(ctx context.Context, who chat.Actor, id string) error {
	return d.close(ctx, who, id, Parting{})
}

// Parting is what an agent says about a closing.
type Parting struct {
	Why        string // why the promises of ours that are still open will not be kept, "" for none
	NoFollowUp bool   // the site's rule plans none for it
	Words      string // of an aside: what came of it, for the team in the chat; "" for none
}

// CloseWith is Close by an agent who says more about it. Where there is a reason,
// the promises of ours that are still open are dropped for it, and the customer is
// told.
func (d *Desk) CloseWith(ctx context.Context, who chat.Actor, id string, p Parting) (err error) {
	if p.Why != "" {
		if p.Why, err = reason(p.Why); err != nil {
			return err
		}
	}
	if p.Words, err = chat.CleanMaybe("words", p.Words, chat.MaxHandoverNote); err != nil {
		return err
	}
	return d.close(ctx, who, id, p)
}

func (d *Desk) close(ctx context.Context, who chat.Actor, id string, p Parting) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.acting(tx, who, id)
		if err != nil || c.State == chat.Closed {
			return err
		}
		if who.Kind == chat.ByAgent {
			if err := d.settle(tx, c, who, name, p.Why); err != nil {
				return err
			}
		}
		switch c.Channel {
		case chat.ChannelChat:
			return d.end(tx, c, who, name, p)
		case chat.ChannelAside:
			return d.endAside(tx, c, who, name, p.Words)
		}
		return d.endEntry(tx, c, who, name)
	})
}

// end closes a chat whose promises are settled.
func (d *Desk) end(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, p Parting) error {
	if err := d.closeTracks(tx, c, who); err != nil {
		return err
	}
	if err := d.withdrawGrants(tx, c, who); err != nil {
		return err
	}
	if err := usesEnded(tx, c); err != nil {
		return err
	}
	if err := endAsk(tx, c, chat.RelayReturned, chat.RelaySettled); err != nil {
		return err
	}
	if err := stopRouting(tx, c); err != nil {
		return err
	}
	c.State, c.ClosedAt, c.WaitingSince = chat.Closed, tx.Now(), 0
	c.SnoozedUntil, c.PutBack, c.Guests = 0, false, ""
	if who.Kind == chat.ByAgent {
		c.Unread = 0
		c.Marks.AgentRead, c.Marks.AgentReadPublic = c.Seq, c.PublicSeq
	}
	e := event(tx, chat.ConversationClosed, who, name)
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	if err := d.afterwards(tx, c, who, p); err != nil {
		return err
	}
	if err := d.advance(tx, c, cycle.Closed(who, tx.Now())); err != nil {
		return err
	}
	if err := d.record(tx, c, chat.FactClosed, c.AssigneeID, int64(c.ClosedAt-c.StartedAt)); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// afterwards queues what the site does by itself once a conversation is closed.
func (d *Desk) afterwards(tx chat.Tx, c *chat.Conversation, who chat.Actor, p Parting) error {
	if err := askByMail(tx, c); err != nil || who.Kind != chat.ByAgent || p.NoFollowUp {
		return err
	}
	return d.followUpBy(tx, c)
}

// settle drops the open promises that keep an agent from closing, or names the
// first of them where no reason is given.
func (d *Desk) settle(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, why string) error {
	open, err := tx.OpenPromises(c.ID)
	if err != nil {
		return err
	}
	for i := range open {
		p := &open[i]
		if p.Whose != chat.Ours || p.Kind == chat.FollowUpPromise || p.HandedAt != 0 && p.Owner.ID != who.ID {
			continue
		}
		if why == "" {
			return chat.Fail(chat.PromiseOpen, "“%s” is still promised. Keep it, hand it on, or say why not.", chat.Preview(p.Text))
		}
		t := drop(p, why, tx.Now())
		if err := tx.SavePromise(p); err != nil {
			return err
		}
		if err := d.tellPromise(tx, c, t, who, name, p); err != nil {
			return err
		}
	}
	return nil
}

// acting returns the conversation for its customer or for an agent.
func (d *Desk) acting(tx chat.Tx, who chat.Actor, id string) (*chat.Conversation, chat.AgentCard, error) {
	if who.Kind != chat.ByPerson {
		return d.forAgent(tx, who, id)
	}
	c, p, err := owned(tx, who, id)
	if err != nil {
		return nil, chat.AgentCard{}, err
	}
	return c, chat.AgentCard{ID: who.ID, Name: p.Name}, nil
}

// Reopen opens a closed conversation again; an agent who does so has it. It is a
// Conflict of one that was entered by hand.
func (d *Desk) Reopen(ctx context.Context, who chat.Actor, id string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, id)
		if err != nil || c.State != chat.Closed {
			return err
		}
		if c.Channel != chat.ChannelChat && c.Channel != chat.ChannelAside {
			return nobodyReads(c)
		}
		if err := mayReopen(tx, c); err != nil {
			return err
		}
		if err := d.reopen(tx, c, who, name, ""); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
}

// onlyOne refuses to open a closed conversation beside another of the same
// customer, on whichever of their profiles, and one that goes on in another.
func onlyOne(tx chat.Tx, c *chat.Conversation) error {
	if c.MergedInto != "" {
		return goesOnElsewhere()
	}
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	live, err := tx.LiveConversation(c.SiteID, p.ID, c.Channel)
	if err == nil {
		return chat.Fail(chat.Conflict, "This customer is already talking in a newer conversation (%s). Go on there.", live.ID)
	}
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	return err
}

// reopen opens a closed conversation: in the queue when its customer wrote (cause
// is that message), with the agent when an agent did it. Its matter goes back to
// Understanding, and the follow-up that its closing planned by rule is dropped.
func (d *Desk) reopen(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, cause string) error {
	if c.MergedInto != "" {
		return goesOnElsewhere()
	}
	c.State, c.AssigneeID, c.ClosedAt = chat.Waiting, "", 0
	if who.Kind == chat.ByAgent {
		c.State, c.AssigneeID, c.LastAgentID = chat.Open, who.ID, who.ID
	} else if err := headStart(tx, c); err != nil {
		return err
	}
	e := event(tx, chat.ConversationReopened, who, name)
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	if err := dropFollowUpBy(tx, c); err != nil {
		return err
	}
	if err := usesReopened(tx, c, who); err != nil {
		return err
	}
	return d.advance(tx, c, cycle.Reopened(who, cause, tx.Now()))
}

// giveBack opens a closed conversation again for its customer: with the agent who
// had it, where there is one who still works here and is not away, else in the queue
// with a note that says why. Since when the customer waits is the caller's to say, and cause
// the message that did it, "" for none.
func (d *Desk) giveBack(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, cause string) error {
	had := c.AssigneeID
	if err := d.reopen(tx, c, who, name, cause); err != nil || had == "" {
		return err
	}
	agent, err := tx.Agent(had)
	if err != nil {
		return err
	}
	if agent.DisabledAt != 0 {
		return d.note(tx, c, agent.Name+" had this conversation and is not here any more, so it is for whoever is.")
	}
	away, err := absenceOf(tx, had)
	if err != nil {
		return err
	}
	if away != nil {
		return d.note(tx, c, agent.Name+" had this conversation and is away, so it is for whoever is here.")
	}
	by := chat.Actor{Kind: chat.ByAgent, ID: had}
	return d.assign(tx, c, by, chat.AgentCard{ID: had, Name: agent.Name, Picture: agent.Picture}, chat.AgentCard{})
}
