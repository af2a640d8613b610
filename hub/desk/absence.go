package desk

import (
	"context"

	"rapport/hub/chat"
)

// SetAbsence notes until when an agent is away and who answers for their promises
// meanwhile; one that stands is changed. What falls into it is handed on by
// HandOn. Who may say so is the caller's to know.
//
// Failures: NotFound, Invalid (a colleague who does not work here, or is away too).
func (d *Desk) SetAbsence(ctx context.Context, who chat.Actor, a chat.Absence) (*chat.Absence, error) {
	var out chat.Absence
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		out = a
		return setAbsence(tx, who, &out)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

func setAbsence(tx chat.Tx, who chat.Actor, a *chat.Absence) error {
	now := tx.Now()
	if _, err := tx.Agent(a.AgentID); err != nil {
		return err
	}
	if err := a.Clean(now); err != nil {
		return err
	}
	if err := mayTakeOver(tx, a); err != nil {
		return err
	}
	a.ID, a.ByID, a.MadeAt, a.EndedAt = chat.NewID(), who.ID, now, 0
	before, err := tx.Absence(a.AgentID)
	if chat.Is(err, chat.NotFound) {
		return tx.InsertAbsence(a)
	}
	if err != nil {
		return err
	}
	if before.Stands(now) {
		a.ID, a.MadeAt = before.ID, before.MadeAt
		return tx.SaveAbsence(a)
	}
	before.EndedAt = before.Until
	if err := tx.SaveAbsence(before); err != nil {
		return err
	}
	return tx.InsertAbsence(a)
}

// mayTakeOver checks the colleague who is named in an absence.
func mayTakeOver(tx chat.Tx, a *chat.Absence) error {
	if a.ToID == "" {
		return nil
	}
	to, err := worksHere(tx, "to_id", a.ToID)
	if err != nil {
		return err
	}
	theirs, err := absenceOf(tx, to.ID)
	if err != nil {
		return err
	}
	if theirs != nil {
		return awayToo("to_id", to.Name)
	}
	return nil
}

func awayToo(field, name string) error {
	return chat.FailField(field, "%s is away too. Choose somebody else, or anyone.", name)
}

// EndAbsence ends an agent's absence, if one stands. What was handed on stays
// where it is.
func (d *Desk) EndAbsence(ctx context.Context, agentID string) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		a, err := absenceOf(tx, agentID)
		if err != nil || a == nil {
			return err
		}
		a.EndedAt = tx.Now()
		return tx.SaveAbsence(a)
	})
}

// absenceOf is the absence of an agent that stands, nil for none.
func absenceOf(tx chat.Tx, agentID string) (*chat.Absence, error) {
	a, err := tx.Absence(agentID)
	if err != nil || !a.Stands(tx.Now()) {
		return nil, unlessAbsent(err)
	}
	return a, nil
}

// missing is the absence that a promise of this agent's would fall into, nil for
// none. One who may not sign in any more is away without an end.
func missing(tx chat.Tx, agentID string, p *chat.Promise) (*chat.Absence, error) {
	a, err := absenceOf(tx, agentID)
	if err != nil || a != nil && a.Covers(p, tx.Now()) {
		return a, err
	}
	owner, err := tx.Agent(agentID)
	if err != nil || owner.DisabledAt == 0 {
		return nil, err
	}
	return &chat.Absence{AgentID: agentID}, nil
}

// worksHere returns an agent who may sign in; Invalid at the field for any other.
func worksHere(tx chat.Tx, field, id string) (*chat.Agent, error) {
	a, err := tx.Agent(id)
	if chat.Is(err, chat.NotFound) || err == nil && a.DisabledAt > 0 {
		return nil, chat.FailField(field, "Nobody who works here has this id.")
	}
	return a, err
}

// taker answers for a promise: the agent with this id who works here and is there
// for it, "" for anyone.
func taker(tx chat.Tx, field, id string, p *chat.Promise) (chat.AgentCard, error) {
	if id == "" {
		return chat.AgentCard{}, nil
	}
	a, err := worksHere(tx, field, id)
	if err != nil {
		return chat.AgentCard{}, err
	}
	away, err := missing(tx, id, p)
	if err == nil && away != nil {
		err = awayToo(field, a.Name)
	}
	return chat.AgentCard{ID: a.ID, Name: a.Name, Picture: a.Picture}, err
}

// HandOn gives an open promise whose owner is away to whoever answers meanwhile,
// to anyone where that colleague is not there either. It returns nil where nothing
// is to be done, so that doing it again changes nothing.
func (d *Desk) HandOn(ctx context.Context, id string) (out *chat.Promise, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		out = nil
		p, err := promiseInPlace(tx, id)
		if err != nil || p.State != chat.PromiseIsOpen || p.Owner.ID == "" {
			return err
		}
		c, err := tx.Conversation(p.ConversationID)
		if err != nil {
			return err
		}
		away, err := missing(tx, p.Owner.ID, p)
		if err != nil || away == nil {
			return err
		}
		if err := d.handOn(tx, c, p, away); err != nil {
			return err
		}
		out = p
		return tx.SaveConversation(c)
	})
	return out, err
}

func (d *Desk) handOn(tx chat.Tx, c *chat.Conversation, p *chat.Promise, away *chat.Absence) error {
	to, err := taker(tx, "to_id", away.ToID, p)
	if chat.Is(err, chat.Invalid) {
		to, err = chat.AgentCard{}, nil
	}
	if err != nil {
		return err
	}
	p.AbsenceID, p.Away = away.ID, chat.AgentCard{}
	if away.ID != "" {
		p.Away = p.Owner
	}
	p.Hand(to, tx.Now())
	if err := tx.SavePromise(p); err != nil {
		return err
	}
	return d.tellPromise(tx, c, chat.PromiseWasHanded, chat.System, chat.AgentCard{}, p)
}
