package desk

import (
	"context"
	"fmt"
	"time"

	"rapport/hub/chat"
)

// GiveGrant gives goodwill, or decides something, within the agent's own limits.
// Giving it again under the same client id returns the stored one. g needs
// ConversationID, ClientID, Kind, Amount and Reason; Note as there is one.
//
// Failures: Invalid, NotFound, Forbidden (above the limit, or the limits as they
// are now were not agreed to).
func (d *Desk) GiveGrant(ctx context.Context, who chat.Actor, g chat.Grant) (*chat.Grant, error) {
	return d.beginGrant(ctx, who, g, func(tx chat.Tx, a *chat.Authority, g *chat.Grant) (chat.EventType, error) {
		g.State = chat.GrantGiven
		return chat.GrantWasGiven, d.mayGive(tx, a, who, g)
	})
}

// AskGrant asks the supervisors for what is above the agent's limits: the first
// of those who are there has the time that the site sets, then the next. Where
// nobody is there it is unanswered at once. there is in the order of asking.
//
// Failures: Invalid, NotFound, Conflict (MaxWaitingGrants wait here).
func (d *Desk) AskGrant(ctx context.Context, who chat.Actor, g chat.Grant, there []chat.AgentCard) (*chat.Grant, error) {
	return d.beginGrant(ctx, who, g, func(tx chat.Tx, a *chat.Authority, g *chat.Grant) (chat.EventType, error) {
		waiting, err := tx.CountWaitingGrants(g.ConversationID)
		if err != nil {
			return "", err
		}
		if waiting >= chat.MaxWaitingGrants {
			return "", chat.Fail(chat.Conflict, "%d questions wait for an answer in this conversation already.", waiting)
		}
		g.AskedAt = tx.Now()
		g.Pass(there, a.AnswerWithin, tx.Now())
		if g.State == chat.GrantUnanswered {
			return chat.GrantWasUnanswered, nil
		}
		return chat.GrantWasAsked, nil
	})
}

// beginGrant makes a grant ready, lets settle say how it begins, and stores it.
func (d *Desk) beginGrant(ctx context.Context, who chat.Actor, g chat.Grant, settle func(chat.Tx, *chat.Authority, *chat.Grant) (chat.EventType, error)) (*chat.Grant, error) {
	if !chat.ValidClientID(g.ClientID) {
		return nil, badClientID()
	}
	var out chat.Grant
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		c, name, err := d.forAgent(tx, who, g.ConversationID)
		if err != nil {
			return err
		}
		stored, err := tx.GrantByClientID(c.ID, who.ID, g.ClientID)
		if err == nil {
			out = *stored
		}
		if !chat.Is(err, chat.NotFound) {
			return err
		}
		out = g
		out.By = name
		a, err := about(tx, c, &out)
		if err != nil {
			return err
		}
		if err := out.Clean(a); err != nil {
			return err
		}
		t, err := settle(tx, a, &out)
		if err != nil {
			return err
		}
		out.ID = chat.NewID()
		if err := tx.InsertGrant(&out); err != nil {
			return err
		}
		return d.tellGrant(tx, c, t, who, &out)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// about fills in what a grant is about and returns the site's authority.
func about(tx chat.Tx, c *chat.Conversation, g *chat.Grant) (*chat.Authority, error) {
	m, err := tx.Matter(c.MatterID)
	if err != nil {
		return nil, err
	}
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return nil, err
	}
	g.SiteID, g.ConversationID, g.MatterID, g.PersonID, g.At = c.SiteID, c.ID, m.ID, p.ID, tx.Now()
	g.PersonName, g.PersonVerified = p.Name, p.Verified && !p.NameGiven
	g.Summary = m.Reading().Need
	return tx.Authority(c.SiteID)
}

// mayGive refuses what is above the agent's limits. The sums are read here, in
// the unit of work that adds to them.
func (d *Desk) mayGive(tx chat.Tx, a *chat.Authority, who chat.Actor, g *chat.Grant) error {
	if who.May(chat.SetAuthority) {
		return nil
	}
	read, err := tx.ReadVersion(a.SiteID, who.ID)
	if err != nil {
		return err
	}
	teams, err := tx.TeamsOf(who.ID)
	if err != nil {
		return err
	}
	limit := a.LimitOf(who.ID, who.Role, teams, g.Kind)
	day, month := d.Since(tx.Now())
	today, err := tx.SumGrants(a, who.ID, g.Kind, day)
	if err != nil {
		return err
	}
	thisMonth, err := tx.SumGrants(a, who.ID, g.Kind, month)
	if err != nil {
		return err
	}
	switch {
	case g.Amount > limit.Left(today, thisMonth):
		return &chat.Failure{Code: chat.Forbidden, Field: "amount", Message: "This is above what you may give by yourself. Ask a supervisor."}
	case read != a.Version:
		return chat.Fail(chat.Forbidden, "Read the limits and agree to them first.")
	}
	return nil
}

// Since returns when the day and the month of a time began, by the desk's zone.
func (d *Desk) Since(now chat.Time) (day, month chat.Time) {
	y, m, n := now.Std().In(d.zone).Date()
	return chat.At(time.Date(y, m, n, 0, 0, 0, 0, d.zone)), chat.At(time.Date(y, m, 1, 0, 0, 0, 0, d.zone))
}

// Month returns when a month, "2026-11", begins and ends by the desk's zone.
func (d *Desk) Month(s string) (from, to chat.Time, err error) {
	begin, err := time.ParseInLocation("2006-01", s, d.zone)
	if err != nil || begin.Year() < 2000 || begin.Year() > 9000 {
		return 0, 0, chat.FailField("month", "A month is written like 2026-11.")
	}
	return chat.At(begin), chat.At(begin.AddDate(0, 1, 0)), nil
}

// tellGrant appends an event about a grant, with its line in the audit log and
// its fact, and saves the conversation.
func (d *Desk) tellGrant(tx chat.Tx, c *chat.Conversation, t chat.EventType, who chat.Actor, g *chat.Grant) error {
	var name chat.AgentCard
	if who.Kind == chat.ByAgent {
		var err error
		if name, err = card(tx, who); err != nil {
			return err
		}
	}
	e := event(tx, t, who, name)
	shown := *g
	e.GrantID, e.Grant = g.ID, &shown
	if err := tx.Append(c, &e); err != nil {
		return err
	}
	if err := tx.Audit(who.ID, string(t), g.ID, fmt.Sprintf("%s %d%s %s %s", g.Kind, g.Amount, g.Currency, g.Reason, g.AskedOf.ID)); err != nil {
		return err
	}
	if err := d.measureGrant(tx, t, g); err != nil {
		return err
	}
	return tx.SaveConversation(c)
}

func (d *Desk) measureGrant(tx chat.Tx, t chat.EventType, g *chat.Grant) error {
	kind := chat.FactGrantGiven
	switch t {
	case chat.GrantWasGiven:
	case chat.GrantWasRefused:
		kind = chat.FactGrantRefused
	default:
		return nil
	}
	f := chat.Fact{SiteID: g.SiteID, ConversationID: g.ConversationID, MatterID: g.MatterID, AgentID: g.By.ID, Kind: kind, Value: g.Amount}
	if err := d.recordFact(tx, f); err != nil || g.DecidedBy.ID == "" {
		return err
	}
	f.AgentID, f.Kind, f.Value = g.DecidedBy.ID, chat.FactGrantAnswered, int64(tx.Now()-g.AskedAt)
	return d.recordFact(tx, f)
}
