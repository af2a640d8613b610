package desk

import (
	"context"

	"rapport/hub/chat"
)

// GiveFeedback keeps what the customer says of their conversation, at any time.
// "Not yet" about one that was closed within the reopening window opens it
// again, at the front and with the agent who had it. Saying the same again
// changes nothing. Failures: Invalid, NotFound, Forbidden (they are blocked).
func (d *Desk) GiveFeedback(ctx context.Context, who chat.Actor, id string, change chat.FeedbackChange) (*chat.Feedback, error) {
	return d.giveFeedback(ctx, who, id, change, nil)
}

// AnswerSurvey is GiveFeedback on one closing, as a letter asked for it. Conflict
// when the conversation went on since.
func (d *Desk) AnswerSurvey(ctx context.Context, who chat.Actor, id string, round int64, change chat.FeedbackChange) (*chat.Feedback, error) {
	return d.giveFeedback(ctx, who, id, change, &round)
}

// giveFeedback keeps what is said of a round, nil for the one that runs.
func (d *Desk) giveFeedback(ctx context.Context, who chat.Actor, id string, change chat.FeedbackChange, round *int64) (*chat.Feedback, error) {
	if who.Kind != chat.ByPerson {
		return nil, chat.Fail(chat.Forbidden, "Only the customer says how it was.")
	}
	if !chat.ValidID(id) {
		return nil, chat.ErrNotFound
	}
	if err := change.Clean(); err != nil {
		return nil, err
	}
	var out chat.Feedback
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		c, person, err := owned(tx, who, id)
		if err != nil {
			return err
		}
		name := chat.AgentCard{ID: who.ID, Name: person.Name}
		f, err := feedback(tx, c)
		if err != nil {
			return err
		}
		if round != nil && f.Round != *round {
			return chat.Fail(chat.Conflict, "This conversation went on since we asked.")
		}
		if c.MergedInto != "" {
			return chat.Fail(chat.Conflict, "This conversation goes on in another one of yours. Say it there.")
		}
		if out = *f; !out.Lay(change, c.AssigneeID) {
			return nil
		}
		if err := person.RefuseBlocked(); err != nil {
			return err
		}
		if err := d.keepFeedback(tx, c, chat.Actor{Kind: chat.ByPerson, ID: c.PersonID, Site: c.SiteID}, name, &out, f, change); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	})
	if err != nil {
		return nil, err
	}
	return &out, nil
}

// feedback is what was said of the conversation's present state so far.
func feedback(tx chat.Tx, c *chat.Conversation) (*chat.Feedback, error) {
	round, err := tx.Round(c.ID)
	if err != nil {
		return nil, err
	}
	f, err := tx.Feedback(c.ID, round)
	if chat.Is(err, chat.NotFound) {
		return &chat.Feedback{SiteID: c.SiteID, ConversationID: c.ID, PersonID: c.PersonID, AgentID: c.AssigneeID, Round: round, ClosedAt: c.ClosedAt}, nil
	}
	return f, err
}

// keepFeedback stores f with its event and the facts of what change made new
// against before, and opens the conversation again where it is not solved.
func (d *Desk) keepFeedback(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, f, before *chat.Feedback, change chat.FeedbackChange) error {
	if f.ID == "" {
		f.ID = chat.NewID()
	}
	f.Changes, f.At = f.Changes+1, tx.Now()
	if err := tx.SaveFeedback(f); err != nil {
		return err
	}
	if f.Changes <= chat.MaxFeedbackLines {
		e := event(tx, chat.FeedbackGiven, who, name)
		e.FeedbackID, e.Feedback = f.ID, f
		if err := tx.Append(c, &e); err != nil {
			return err
		}
	}
	other := f.AgentID != before.AgentID
	if change.Rating != nil && (other || f.Rating != before.Rating) {
		if err := d.record(tx, c, chat.FactRating, f.AgentID, f.Rating); err != nil {
			return err
		}
	}
	if change.Solved == nil || !other && f.Solved == before.Solved {
		return nil
	}
	if err := d.record(tx, c, chat.FactSolved, f.AgentID, truth(f.Solved == chat.SolvedYes)); err != nil {
		return err
	}
	if err := usesJudged(tx, c, f.Solved); err != nil {
		return err
	}
	if err := d.saidSolved(tx, c, who, name, f); err != nil {
		return err
	}
	if f.Solved == chat.SolvedNotYet && c.State == chat.Closed {
		return d.unsolved(tx, c, who, name)
	}
	return nil
}

// unsolved opens a closed conversation again. Its customer has waited since it
// was closed, which puts it at the front; who had it has it again. It stays closed
// after the reopening window, where the customer has begun another conversation
// meanwhile, or where nobody vouches for them on a site that asks for it; then a
// complaint that is open anew is promised a follow-up.
func (d *Desk) unsolved(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard) error {
	if !answerable(c, tx.Now()) {
		return d.closeTracks(tx, c, who)
	}
	if err := onlyOne(tx, c); err != nil {
		if chat.Is(err, chat.Conflict) {
			return d.closeTracks(tx, c, who) // the rest we hear there
		}
		return err
	}
	site, err := tx.Site(c.SiteID)
	if err != nil {
		return err
	}
	if err := vouched(tx, site, c.PersonID); err != nil {
		if chat.Is(err, chat.IdentityNeeded) {
			return d.closeTracks(tx, c, who)
		}
		return err
	}
	since := c.ClosedAt
	if err := d.giveBack(tx, c, who, name, ""); err != nil {
		return err
	}
	c.WaitingSince = since
	return nil
}

// thanked counts words of pure thanks after the closing as "solved", unless the
// customer has said something about it themselves.
func (d *Desk) thanked(tx chat.Tx, c *chat.Conversation, author chat.Actor, name chat.AgentCard) error {
	before, err := feedback(tx, c)
	if err != nil || before.Solved != "" {
		return err
	}
	f, solved := *before, chat.SolvedYes
	change := chat.FeedbackChange{Solved: &solved}
	f.Lay(change, c.AssigneeID)
	f.Thanks = true
	return d.keepFeedback(tx, c, author, name, &f, before, change)
}

func truth(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
