package desk

import (
	"cmp"
	"context"

	"rapport/hub/chat"
)

// Offer holds a conversation that waits out to an agent until then. It reports
// false, and changes nothing, where it waits no more, somebody has been offered it
// already, or the agent may not answer.
func (d *Desk) Offer(ctx context.Context, id, agentID, why string, until chat.Time) (bool, error) {
	return d.route(ctx, id, agentID, func(tx chat.Tx, c *chat.Conversation, to chat.AgentCard) error {
		o := chat.Offer{ConversationID: c.ID, AgentID: to.ID, SiteID: c.SiteID, MadeAt: tx.Now(), Until: until, Why: why}
		if err := tx.SaveOffer(&o); err != nil {
			return err
		}
		c.OfferedTo = to.ID
		e := event(tx, chat.ConversationOffered, chat.System, chat.AgentCard{})
		e.AgentID, e.Names.Agent, e.Why = to.ID, to, why
		return tx.Append(c, &e)
	})
}

// Assign gives a conversation that waits to an agent, who is told why it is them.
// It reports false as Offer does.
func (d *Desk) Assign(ctx context.Context, id, agentID, why string) (bool, error) {
	return d.route(ctx, id, agentID, func(tx chat.Tx, c *chat.Conversation, to chat.AgentCard) error {
		e := event(tx, chat.ConversationTaken, chat.System, chat.AgentCard{})
		e.Why = why
		return d.give(tx, c, e, chat.RelayAssignment, to, chat.AgentCard{})
	})
}

// route does something to a conversation that still waits for somebody.
func (d *Desk) route(ctx context.Context, id, agentID string, do func(chat.Tx, *chat.Conversation, chat.AgentCard) error) (done bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		done = false
		c, err := tx.Conversation(id)
		if err != nil || c.State != chat.Waiting || c.OfferedTo != "" {
			return err
		}
		a, err := tx.Agent(agentID)
		if err != nil || !a.Answers() {
			return err
		}
		if err := do(tx, c, chat.AgentCard{ID: a.ID, Name: a.Name, Picture: a.Picture}); err != nil {
			return err
		}
		done = true
		return tx.SaveConversation(c)
	})
	return done, err
}

// Decline passes on what an agent is offered; of what a colleague hands them, they may
// say why. Declining what is not offered to them, any more or ever, changes nothing.
// there is as for PassOffer.
//
// Failures: NotFound, Invalid (why).
func (d *Desk) Decline(ctx context.Context, who chat.Actor, id, why string, there []string) error {
	why, err := chat.CleanMaybe("why", why, chat.MaxHandoverNote)
	if err != nil {
		return err
	}
	_, err = d.pass(ctx, id, who.ID, chat.OfferDeclined, why, there)
	return err
}

// passWords say why an offer went on.
var passWords = map[chat.OfferOutcome]string{
	chat.OfferDeclined: "passed on it",
	chat.OfferLapsed:   "did not take it in time",
	chat.OfferGone:     "is not there any more",
	chat.OfferRecalled: "is not asked any more",
}

// joinWords say it where somebody was asked to join, if not in the same words.
var joinWords = map[chat.OfferOutcome]string{
	chat.OfferDeclined: "declined",
	chat.OfferLapsed:   "did not answer in time",
}

// PassOffer ends the open offer of a conversation to this agent, so that it goes on
// to the next. What is handed over to a team goes to the next of it who is among
// those there, and where nobody is left it stays with who has it. It reports whether
// there was one.
func (d *Desk) PassOffer(ctx context.Context, id, agentID string, how chat.OfferOutcome, there []string) (passed bool, err error) {
	return d.pass(ctx, id, agentID, how, "", there)
}

func (d *Desk) pass(ctx context.Context, id, agentID string, how chat.OfferOutcome, why string, there []string) (passed bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		passed = false
		c, err := tx.Conversation(id)
		if err != nil || c.OfferedTo != agentID || agentID == "" {
			return err
		}
		o, err := d.passOn(tx, c, chat.System, how)
		if err != nil {
			return err
		}
		if o.FromID != "" {
			if err := d.goesOn(tx, c, o, why, there); err != nil {
				return err
			}
		}
		passed = true
		return tx.SaveConversation(c)
	})
	return passed, err
}

// passOn ends the open offer of a conversation, with the event that tells of it.
func (d *Desk) passOn(tx chat.Tx, c *chat.Conversation, who chat.Actor, how chat.OfferOutcome) (*chat.Offer, error) {
	o, err := tx.Offer(c.ID, c.OfferedTo)
	if err != nil {
		return nil, err
	}
	o.EndedAt, o.Outcome = tx.Now(), how
	if err := tx.SaveOffer(o); err != nil {
		return nil, err
	}
	if err := passed(tx, c, how); err != nil {
		return nil, err
	}
	c.OfferedTo = ""
	to, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: o.AgentID})
	if err != nil {
		return nil, err
	}
	what, why := chat.ConversationPassed, passWords[how]
	if o.Joins {
		what, why = chat.GuestPassed, cmp.Or(joinWords[how], why)
	}
	e := event(tx, what, who, chat.AgentCard{})
	e.AgentID, e.Names.Agent, e.Why = o.AgentID, to, why
	if o.FromID != "" {
		e.FromAgentID = o.FromID
		if e.Names.From, err = card(tx, chat.Actor{Kind: chat.ByAgent, ID: o.FromID}); err != nil {
			return nil, err
		}
	}
	return o, tx.Append(c, &e)
}

// Requeue takes a conversation from an agent who is gone and puts it in front of
// the queue; its customer hears that they left. It reports false, and changes
// nothing, where it is not theirs any more.
func (d *Desk) Requeue(ctx context.Context, id, agentID string) (done bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		done = false
		c, err := tx.Conversation(id)
		if err != nil || c.State != chat.Open || c.AssigneeID != agentID {
			return err
		}
		had, err := card(tx, chat.Actor{Kind: chat.ByAgent, ID: agentID})
		if err != nil {
			return err
		}
		e := event(tx, chat.ConversationReleased, chat.System, chat.AgentCard{})
		e.AgentID, e.Names.Agent, e.Why = agentID, had, "lost the connection"
		if c.WaitingSince == 0 {
			c.WaitingSince = c.LastAt
		}
		if err := d.backInQueue(tx, c, &e); err != nil {
			return err
		}
		if c.Channel == chat.ChannelChat {
			c.HeadStart = chat.MaxHeadStart // somebody was answering this customer
		}
		done = true
		return tx.SaveConversation(c)
	})
	return done, err
}

// stopRouting forgets whom a conversation was offered to: it waits for nobody.
func stopRouting(tx chat.Tx, c *chat.Conversation) error {
	c.OfferedTo = ""
	return tx.DropOffers(c.ID)
}

// headStart gives a conversation that begins to wait its place among the others.
func headStart(tx chat.Tx, c *chat.Conversation) error {
	c.HeadStart = 0
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	if site.Routing.VIP(p) {
		c.HeadStart = chat.VIPHeadStart
	}
	return nil
}

// promisedAt notes when the first open promise of ours in a conversation is due.
func promisedAt(tx chat.Tx, c *chat.Conversation) error {
	open, err := tx.OpenPromises(c.ID)
	if err != nil {
		return err
	}
	c.PromisedAt = 0
	for i := range open {
		p := &open[i]
		if p.Whose == chat.Ours && (c.PromisedAt == 0 || p.DueAt < c.PromisedAt) {
			c.PromisedAt = p.DueAt
		}
	}
	return nil
}
