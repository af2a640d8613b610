package desk

import (
	"context"

	"rapport/hub/chat"
)

// over refuses to change a promise that has ended.
func over(p *chat.Promise) error {
	if p.State == chat.PromiseIsOpen {
		return nil
	}
	return chat.Fail(chat.Conflict, "This promise is %s already.", p.State)
}

// KeepPromise says that a promise was kept. What is written with it goes out as a
// reply under clientID, before it. Keeping it again changes nothing.
//
// Failures: Invalid, NotFound, PlaceholderLeft, Conflict (it ended otherwise).
func (d *Desk) KeepPromise(ctx context.Context, who chat.Actor, id, clientID, text string) (*chat.Promise, error) {
	reply := Posting{ConversationID: id, ClientID: clientID, Kind: chat.Reply, Text: text}
	if text != "" {
		if err := reply.clean(); err != nil {
			return nil, err
		}
		if err := noPlaceholder("text", reply.Text); err != nil {
			return nil, err
		}
	}
	return d.onPromise(ctx, who, id, func(tx chat.Tx, c *chat.Conversation, p *chat.Promise) (chat.EventType, error) {
		if p.State == chat.PromiseKept {
			return "", nil
		}
		err := over(p)
		if err != nil {
			return "", err
		}
		if text != "" {
			if err = d.replyOn(tx, who, c, reply); err != nil {
				return "", err
			}
		}
		if p.Owner, err = keeper(tx, who, p); err != nil {
			return "", err
		}
		p.End(chat.PromiseKept, "", tx.Now())
		return chat.PromiseWasKept, d.followedUp(tx, c, who, p)
	})
}

// keeper is who has kept a promise: who answered for it, or did what anyone could.
func keeper(tx chat.Tx, who chat.Actor, p *chat.Promise) (chat.AgentCard, error) {
	if p.Owner.ID != "" {
		return p.Owner, nil
	}
	return card(tx, who)
}

// replyOn posts a reply within a unit of work that goes on with c.
func (d *Desk) replyOn(tx chat.Tx, who chat.Actor, c *chat.Conversation, p Posting) error {
	p.ConversationID = c.ID
	var out Posted
	if err := d.postReply(tx, who, p, &out); err != nil {
		return err
	}
	now, err := tx.Conversation(c.ID)
	if err != nil {
		return err
	}
	*c = *now
	return nil
}

// Moving is how a promise is moved: when it is due now, by when they hear next,
// and why.
type Moving struct {
	ClientID string // made by the client; not kept, since the same move again changes nothing
	DueAt    chat.Time
	NextAt   chat.Time
	Why      string
}

// MovePromise gives a promise a new time and tells the customer, with the reason.
// The same time and reason again change nothing.
//
// Failures: Invalid, NotFound, Conflict (it has ended).
func (d *Desk) MovePromise(ctx context.Context, who chat.Actor, id string, m Moving) (*chat.Promise, error) {
	if !chat.ValidClientID(m.ClientID) {
		return nil, badClientID()
	}
	why, err := reason(m.Why)
	if err != nil {
		return nil, err
	}
	return d.onPromise(ctx, who, id, func(tx chat.Tx, c *chat.Conversation, p *chat.Promise) (chat.EventType, error) {
		if err := over(p); err != nil {
			return "", err
		}
		if p.Moved && p.DueAt == m.DueAt && p.NextAt == m.NextAt && p.Why == why {
			return "", nil
		}
		if err := p.Move(m.DueAt, m.NextAt, tx.Now()); err != nil {
			return "", err
		}
		p.Moved, p.Why, p.Words, p.Delay = true, why, "", chat.NotDelayed
		p.Changed()
		return chat.PromiseWasMoved, followUpMoved(tx, c, who, p)
	})
}

// DropPromise gives a promise up and tells the customer why. One that is overdue
// is broken by that. Doing it again changes nothing.
//
// Failures: Invalid, NotFound, Conflict (it was kept), Forbidden (the follow-up of
// a complaint, for whoever is no supervisor).
func (d *Desk) DropPromise(ctx context.Context, who chat.Actor, id, why string) (*chat.Promise, error) {
	why, err := reason(why)
	if err != nil {
		return nil, err
	}
	return d.onPromise(ctx, who, id, func(tx chat.Tx, c *chat.Conversation, p *chat.Promise) (chat.EventType, error) {
		if p.State == chat.PromiseDropped || p.State == chat.PromiseBroken {
			return "", nil
		}
		if err := over(p); err != nil {
			return "", err
		}
		if err := mayGiveUp(who, p); err != nil {
			return "", err
		}
		told := drop(p, why, tx.Now())
		return told, d.followedUp(tx, c, who, p)
	})
}

// drop gives an open promise up and returns the event that tells of it.
func drop(p *chat.Promise, why string, now chat.Time) chat.EventType {
	p.End(chat.PromiseDropped, why, now)
	if p.State == chat.PromiseBroken {
		return chat.PromiseWasBroken
	}
	return chat.PromiseWasDropped
}

// reason cleans what a customer is told about a promise.
func reason(why string) (string, error) {
	why, err := chat.CleanText("why", why, chat.MaxPart)
	if err != nil {
		return "", err
	}
	return why, noPlaceholder("why", why)
}

// HandPromise gives a promise to another agent, "" for anyone, who answers for it
// from now on.
// Failures: NotFound, Invalid (no agent who works here and is there for it),
// Conflict (it has ended).
func (d *Desk) HandPromise(ctx context.Context, who chat.Actor, id, agentID string) (*chat.Promise, error) {
	return d.onPromise(ctx, who, id, func(tx chat.Tx, _ *chat.Conversation, p *chat.Promise) (chat.EventType, error) {
		if err := over(p); err != nil || p.Owner.ID == agentID {
			return "", err
		}
		to, err := taker(tx, "agent_id", agentID, p)
		if err != nil {
			return "", err
		}
		p.Hand(to, tx.Now())
		return chat.PromiseWasHanded, nil
	})
}
