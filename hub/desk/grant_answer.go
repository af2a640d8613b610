package desk

import (
	"context"

	"rapport/hub/chat"
)

// onGrant does something to a grant. do changes it and returns the event that
// tells of it, "" for a change that nobody else is told of and nil for none.
func (d *Desk) onGrant(ctx context.Context, who chat.Actor, id string, do func(tx chat.Tx, c *chat.Conversation, g *chat.Grant) (*chat.EventType, error)) (out *chat.Grant, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		found, err := tx.Grant(id)
		if err != nil {
			return err
		}
		c, err := tx.Conversation(found.ConversationID)
		if err != nil {
			return err
		}
		// Again, since the conversation is locked only now.
		if out, err = tx.Grant(id); err != nil {
			return err
		}
		t, err := do(tx, c, out)
		if err != nil || t == nil {
			return err
		}
		if err := tx.SaveGrant(out); err != nil || *t == "" {
			return err
		}
		return d.tellGrant(tx, c, *t, who, out)
	})
	return out, err
}

func told(t chat.EventType) (*chat.EventType, error) { return &t, nil }

// Decision is a supervisor's word to a question.
type Decision struct {
	Yes   bool
	Words string // what they say to it; a refusal needs some
}

// DecideGrant approves or refuses what was asked for, also when nobody had
// answered in time. The same word again changes nothing.
//
// Failures: Invalid, NotFound, Forbidden (not a supervisor, or one's own
// question), Conflict (it was settled otherwise).
func (d *Desk) DecideGrant(ctx context.Context, who chat.Actor, id string, say Decision) (*chat.Grant, error) {
	if !who.May(chat.DecideGrants) {
		return nil, chat.Fail(chat.Forbidden, "A supervisor answers this.")
	}
	words, err := chat.CleanMaybe("words", say.Words, chat.MaxGrantWords)
	if err != nil {
		return nil, err
	}
	if !say.Yes && words == "" {
		return nil, chat.FailField("words", "Say why not, or what can be offered instead.")
	}
	return d.onGrant(ctx, who, id, func(tx chat.Tx, _ *chat.Conversation, g *chat.Grant) (*chat.EventType, error) {
		if g.By.ID == who.ID {
			return nil, chat.Fail(chat.Forbidden, "Somebody else answers what you have asked.")
		}
		if g.DecidedBy.ID == who.ID && (g.State == chat.GrantGiven) == say.Yes {
			return nil, nil
		}
		if err := settled(g); err != nil {
			return nil, err
		}
		name, err := card(tx, who)
		if err != nil {
			return nil, err
		}
		g.Decide(name, say.Yes, words, tx.Now())
		if say.Yes {
			return told(chat.GrantWasGiven)
		}
		return told(chat.GrantWasRefused)
	})
}

// settled refuses to change a grant that waits for nobody.
func settled(g *chat.Grant) error {
	if g.Waits() {
		return nil
	}
	return chat.Fail(chat.Conflict, "This is %s already.", g.State)
}

// WithdrawGrant takes one's own question back. Doing it again changes nothing.
// Failures: NotFound, Forbidden (a colleague asked), Conflict (it was answered).
func (d *Desk) WithdrawGrant(ctx context.Context, who chat.Actor, id string) (*chat.Grant, error) {
	return d.onGrant(ctx, who, id, func(tx chat.Tx, _ *chat.Conversation, g *chat.Grant) (*chat.EventType, error) {
		if who.Kind != chat.ByAgent || g.By.ID != who.ID {
			return nil, chat.Fail(chat.Forbidden, "Whoever asked takes it back.")
		}
		if g.State == chat.GrantWithdrawn {
			return nil, nil
		}
		if err := settled(g); err != nil {
			return nil, err
		}
		g.Withdraw(tx.Now())
		return told(chat.GrantWasWithdrawn)
	})
}

// withdrawGrants takes back what waits for an answer in a conversation that is
// being closed. Where its customer leaves, it is nobody's doing.
func (d *Desk) withdrawGrants(tx chat.Tx, c *chat.Conversation, who chat.Actor) error {
	waiting, err := tx.WaitingGrants(c.ID)
	if err != nil {
		return err
	}
	if who.Kind != chat.ByAgent {
		who = chat.System
	}
	for i := range waiting {
		g := &waiting[i]
		g.Withdraw(tx.Now())
		if err := tx.SaveGrant(g); err != nil {
			return err
		}
		if err := d.tellGrant(tx, c, chat.GrantWasWithdrawn, who, g); err != nil {
			return err
		}
	}
	return nil
}

// PassGrant ends a turn that has run out: the next of those who are there is
// asked, or it is unanswered. Where the turn goes on, nil is returned and nothing
// changed, so that several servers may try.
func (d *Desk) PassGrant(ctx context.Context, id string, there []chat.AgentCard) (*chat.Grant, error) {
	passed := false
	g, err := d.onGrant(ctx, chat.System, id, func(tx chat.Tx, _ *chat.Conversation, g *chat.Grant) (*chat.EventType, error) {
		passed = g.State == chat.GrantAsked && g.AnswerBy <= tx.Now()
		if !passed {
			return nil, nil
		}
		a, err := tx.Authority(g.SiteID)
		if err != nil {
			return nil, err
		}
		g.Pass(there, a.AnswerWithin, tx.Now())
		if g.State == chat.GrantUnanswered {
			return told(chat.GrantWasUnanswered)
		}
		return told(chat.GrantWasAsked)
	})
	if !passed {
		return nil, err
	}
	return g, err
}

// PromiseGrant promises the customer word about a question that nobody answered,
// so that they are not left in silence. p is as for MakePromise, and again the
// same under one client id.
//
// Failures: those of MakePromise, Conflict (somebody answers, or it is promised).
func (d *Desk) PromiseGrant(ctx context.Context, who chat.Actor, id string, p chat.Promise) (*chat.Grant, error) {
	if !chat.ValidClientID(p.ClientID) {
		return nil, badClientID()
	}
	return d.onGrant(ctx, who, id, func(tx chat.Tx, c *chat.Conversation, g *chat.Grant) (*chat.EventType, error) {
		if same, err := tx.PromiseByClientID(c.ID, who.ID, p.ClientID); err == nil && same.ID == g.PromiseID {
			return nil, nil
		}
		if g.State != chat.GrantUnanswered || g.PromiseID != "" {
			return nil, chat.Fail(chat.Conflict, "There is nothing to promise here any more.")
		}
		made := p
		made.ConversationID = c.ID
		if err := d.makePromise(tx, who, &made, nil); err != nil {
			return nil, err
		}
		g.PromiseID, g.At = made.ID, tx.Now()
		return told("")
	})
}
