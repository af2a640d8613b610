package desk

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// AgedAtOnce is how many conversations one step of EraseAged takes away, about 50 ms of
// the writer's time.
const AgedAtOnce = 20

// Aged is what a step of erasing by age took away.
type Aged struct {
	Conversations int
	People        []string // whose they are by now, to whom nothing of them is shown any more
}

// EraseAged takes away conversations of a site that were closed longer ago than it keeps
// them, at most AgedAtOnce: fewer where there are no more. Their customers, with what
// else is known of them, stay. A line in the audit log tells how many went.
func (d *Desk) EraseAged(ctx context.Context, siteID string) (*Aged, error) {
	var out Aged
	err := d.store.Write(ctx, func(tx chat.Tx) error {
		out = Aged{}
		site, err := tx.Site(siteID)
		if err != nil || !site.Retention.Begun(tx.Now()) {
			return err
		}
		before := site.Retention.Before(tx.Now())
		ids, err := tx.Aged(siteID, before, AgedAtOnce)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := out.erase(tx, id, before); err != nil {
				return err
			}
		}
		if out.Conversations == 0 {
			return nil
		}
		return tx.Audit("", "site.aged", siteID, fmt.Sprintf("%d %s", out.Conversations, chat.EraseByAge))
	})
	return &out, err
}

// erase takes one away. Reading it for writing keeps everybody else from it; somebody may
// have said a word in it just before.
func (a *Aged) erase(tx chat.Tx, id string, before chat.Time) error {
	c, err := tx.Conversation(id)
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	old, err := tx.IsAged(id, before)
	if err != nil || !old {
		return err
	}
	if _, err := tx.EraseConversation(id); err != nil {
		return err
	}
	a.Conversations++
	p, err := profile(tx, c.PersonID)
	if err != nil {
		return err
	}
	a.People = append(a.People, p.ID)
	return nil
}
