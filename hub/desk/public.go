package desk

import (
	"context"

	"rapport/hub/chat"
)

// MarkPublic says whether everybody may read along where a conversation is held: a
// forum, a review, a post. It changes nothing for its customer; the coach warns agents.
//
// Failures: NotFound.
func (d *Desk) MarkPublic(ctx context.Context, who chat.Actor, id string, on bool) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil || c.InPublic == on {
			return err
		}
		c.InPublic = on
		return tx.SaveConversation(c)
	})
}
