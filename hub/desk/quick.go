package desk

import (
	"context"
	"slices"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// QuickAnswers are the answers that visitors of a site may read by themselves,
// with its own facts filled in. What wants to know who reads it, or a fact that
// the site has not told, stays with the team.
func QuickAnswers(site *chat.Site, list []chat.Answer) []chat.Answer {
	vars := cycle.Values(chat.Person{}, chat.Agent{}, *site)
	var out []chat.Answer
	for _, a := range list {
		text, missing := cycle.Render(a.Text, vars)
		if !a.Quick || len(missing) > 0 || len(cycle.Placeholders(a.Title)) > 0 {
			continue
		}
		a.Text = text
		out = append(out, a)
	}
	return out
}

// OpenAnswer counts that a visitor has opened a quick answer of a site, or that
// they said it helped. Nobody is known and nothing is a response.
//
// Failures: NotFound (also for an answer of another site, and one that is not quick).
func (d *Desk) OpenAnswer(ctx context.Context, siteID, id string, helped bool) error {
	if !chat.ValidID(id) {
		return chat.ErrNotFound
	}
	return d.store.Write(ctx, func(tx chat.Tx) error {
		a, err := quickAnswer(tx, siteID, id)
		if err != nil {
			return err
		}
		use := chat.AnswerUse{AnswerID: a.ID, Opened: 1}
		if helped {
			use.Opened, use.Helped = 0, 1
		}
		return d.countAnswer(tx, siteID, use)
	})
}

// countAnswer adds to an answer's counts of today.
func (d *Desk) countAnswer(tx chat.Tx, siteID string, use chat.AnswerUse) error {
	day, err := d.today(tx, siteID)
	if err != nil {
		return err
	}
	return tx.CountAnswer(day, use)
}

// quickAnswer returns a quick answer of this site.
func quickAnswer(tx chat.Tx, siteID, id string) (*chat.Answer, error) {
	a, err := tx.Answer(id)
	if err != nil {
		return nil, err
	}
	if a.SiteID != siteID || !a.Quick {
		return nil, chat.ErrNotFound
	}
	return a, nil
}

// readUp tells the team what the author of a message had opened before, and
// counts that a message followed. Answers that are gone by now, or were never
// this site's, are left out.
func (d *Desk) readUp(tx chat.Tx, c *chat.Conversation, who chat.Actor, name chat.AgentCard, ids []string) error {
	r := chat.ReadUp{ID: chat.NewID(), ConversationID: c.ID}
	for i, id := range ids {
		a, err := quickAnswer(tx, c.SiteID, id)
		if chat.Is(err, chat.NotFound) || slices.Contains(ids[:i], id) {
			continue
		}
		if err != nil {
			return err
		}
		r.Answers = append(r.Answers, chat.ReadAnswer{ID: a.ID, Title: a.Title})
		if err := d.countAnswer(tx, c.SiteID, chat.AnswerUse{AnswerID: a.ID, Followed: 1}); err != nil {
			return err
		}
	}
	if len(r.Answers) == 0 {
		return nil
	}
	if err := tx.InsertReadUp(&r); err != nil {
		return err
	}
	e := event(tx, chat.AnswersRead, who, name)
	e.ReadUpID, e.ReadUp = r.ID, &r
	return tx.Append(c, &e)
}
