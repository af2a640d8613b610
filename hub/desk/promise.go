package desk

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// MakePromise keeps a commitment in a conversation that is not closed and tells
// the customer of it. Who has the conversation answers for it, else, or where that
// one is away, who makes it.
// Making it again under the same client id returns the stored one. p needs
// ConversationID, ClientID, Whose, Text and DueAt; Zone, Words, NextAt and
// MessageID as they are known.
//
// Failures: Invalid, NotFound, AlreadyClosed, Conflict (MaxOpenPromises are open).
func (d *Desk) MakePromise(ctx context.Context, who chat.Actor, p chat.Promise) (*chat.Promise, error) {
	return d.newPromise(ctx, who, p, nil)
}

// MakePromiseFor is MakePromise for another agent to answer for, "" for anyone.
// It is Invalid where nobody who works here has this id, or they are away.
func (d *Desk) MakePromiseFor(ctx context.Context, who chat.Actor, p chat.Promise, ownerID string) (*chat.Promise, error) {
	return d.newPromise(ctx, who, p, &ownerID)
}

func (d *Desk) newPromise(ctx context.Context, who chat.Actor, p chat.Promise, ownerID *string) (*chat.Promise, error) {
	if !chat.ValidClientID(p.ClientID) {
		return nil, badClientID()
	}
	if err := checkZone(p.Zone); err != nil {
		return nil, err
	}
	var out chat.Promise
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		out = p
		return d.makePromise(tx, who, &out, ownerID)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// checkZone looks a zone's name up, "" for none. It reads files, so it stands before
// the unit of work that all others wait for.
func checkZone(name string) error {
	_, err := chat.LoadZone(name[:min(len(name), chat.MaxKey)])
	if err != nil || len(name) > chat.MaxKey || name == "Local" {
		return chat.FailField("zone", "This is not a time zone such as Europe/Berlin.")
	}
	return nil
}

// promiseMade is what somebody promised under a client id in a conversation, or in what
// it goes on in, or in what was split off it.
func promiseMade(tx chat.Tx, c *chat.Conversation, madeBy, clientID string) (*chat.Promise, error) {
	for {
		p, err := tx.PromiseByClientID(c.ID, madeBy, clientID)
		if !chat.Is(err, chat.NotFound) {
			return p, err
		}
		if p, err = promiseAside(tx, c, madeBy, clientID); !chat.Is(err, chat.NotFound) || c.MergedInto == "" {
			return p, err
		}
		if c, err = tx.Conversation(c.MergedInto); err != nil {
			return nil, err
		}
	}
}

func (d *Desk) makePromise(tx chat.Tx, who chat.Actor, p *chat.Promise, ownerID *string) error {
	c, name, err := d.forAgent(tx, who, p.ConversationID)
	if err != nil {
		return err
	}
	if stored, err := promiseMade(tx, c, who.ID, p.ClientID); !chat.Is(err, chat.NotFound) {
		if err == nil {
			*p = *stored
		}
		return err
	}
	if err := p.Clean(tx.Now()); err != nil {
		return err
	}
	if c.State == chat.Closed {
		return chat.Fail(chat.AlreadyClosed, "This conversation is closed. Reopen it first.")
	}
	open, err := tx.OpenPromises(c.ID)
	if err != nil {
		return err
	}
	if len(open) >= chat.MaxOpenPromises {
		return chat.Fail(chat.Conflict, "%d promises are open in this conversation already. Keep some first.", len(open))
	}
	if ownerID != nil {
		p.Owner, err = taker(tx, "owner_id", *ownerID, p)
	} else {
		p.Owner, err = ownerOf(tx, c, who, p)
	}
	if err != nil {
		return err
	}
	p.MatterID, p.MadeBy = c.MatterID, who.ID
	if err := d.addPromise(tx, c, who, name, p); err != nil {
		return err
	}
	if err := d.advance(tx, c, cycle.PromiseMade(*p)); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

// ownerOf is who answers for what is promised in a conversation: who has it and
// is there for it, else the agent who promises.
func ownerOf(tx chat.Tx, c *chat.Conversation, by chat.Actor, p *chat.Promise) (chat.AgentCard, error) {
	if c.AssigneeID != "" && c.AssigneeID != by.ID {
		away, err := missing(tx, c.AssigneeID, p)
		if err != nil {
			return chat.AgentCard{}, err
		}
		if away == nil {
			by = chat.Actor{Kind: chat.ByAgent, ID: c.AssigneeID}
		}
	}
	return card(tx, by)
}

// addPromise stores a new promise with its event and fact.
func (d *Desk) addPromise(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, p *chat.Promise) error {
	p.ID, p.SiteID, p.ConversationID = chat.NewID(), c.SiteID, c.ID
	p.State, p.MadeAt = chat.PromiseIsOpen, tx.Now()
	if err := tx.InsertPromise(p); err != nil {
		return err
	}
	return d.tellPromise(tx, c, chat.PromiseWasMade, who, name, p)
}

// promiseFacts are the facts behind the events that count.
var promiseFacts = map[chat.EventType]chat.FactKind{
	chat.PromiseWasMade:    chat.FactPromiseMade,
	chat.PromiseWasMoved:   chat.FactPromiseMoved,
	chat.PromiseWasKept:    chat.FactPromiseKept,
	chat.PromiseWasBroken:  chat.FactPromiseBroken,
	chat.PromiseWasDropped: chat.FactPromiseDropped,
}

// madeByItself reports a promise that nobody made by hand. No letter tells of it:
// the address may be a stranger's that somebody typed to have them written to.
func madeByItself(t chat.EventType, who chat.Actor) bool {
	return t == chat.PromiseWasMade && who.Kind == chat.BySystem
}

// tookPlace reports an appointment that was kept: whoever was there need not be told.
func tookPlace(t chat.EventType, p *chat.Promise) bool {
	return t == chat.PromiseWasKept && p.Kind == chat.AppointmentPromise
}

// tellPromise appends an event about a promise, with its fact.
func (d *Desk) tellPromise(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, name chat.AgentCard, p *chat.Promise) error {
	e := event(tx, t, who, name)
	shown := *p
	e.PromiseID, e.Promise = p.ID, &shown
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	if err := promisedAt(tx, c); err != nil {
		return err
	}
	if chat.Audiences[t] == chat.Everyone {
		in, err := toldIn(tx, c, e)
		if err != nil {
			return err
		}
		if err := letterOn(tx, in, t, who, p); err != nil {
			return err
		}
	}
	kind, counts := promiseFacts[t]
	if !counts {
		return nil
	}
	return d.recordFact(tx, chat.Fact{SiteID: c.SiteID, ConversationID: c.ID, MatterID: p.MatterID, AgentID: p.Owner.ID, Kind: kind, Value: int64(p.DueAt - tx.Now())})
}

// letterOn queues what a letter says of a promise.
func letterOn(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, p *chat.Promise) error {
	if madeByItself(t, who) || tookPlace(t, p) {
		return nil
	}
	if err := tellByMail(tx, c, chat.MailPromise, chat.MailPayload{PromiseID: p.ID}); err != nil {
		return err
	}
	return remindByMail(tx, c, p)
}

// promiseInPlace reads a promise as it is once its conversation is locked: that may have
// gone on in another while somebody waited for it.
func promiseInPlace(tx chat.Tx, id string) (*chat.Promise, error) {
	p, err := tx.Promise(id)
	for err == nil {
		in := p.ConversationID
		if _, err = tx.Conversation(in); err != nil {
			break
		}
		if p, err = tx.Promise(id); err == nil && p.ConversationID == in {
			return p, nil
		}
	}
	return nil, err
}

// onPromise lets an agent do something to a promise. do changes p and returns
// the event that tells of it, "" for no change; then all is stored.
func (d *Desk) onPromise(ctx context.Context, who chat.Actor, id string, do func(tx chat.Tx, c *chat.Conversation, p *chat.Promise) (chat.EventType, error)) (out *chat.Promise, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		if out, err = promiseInPlace(tx, id); err != nil {
			return err
		}
		c, name, err := d.forAgent(tx, who, out.ConversationID)
		if err != nil {
			return err
		}
		t, err := do(tx, c, out)
		if err != nil || t == "" {
			return err
		}
		if err := tx.SavePromise(out); err != nil {
			return err
		}
		if err := d.tellPromise(tx, c, t, who, name, out); err != nil {
			return err
		}
		if err := d.settleEntry(tx, c, who, name); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	return out, err
}
