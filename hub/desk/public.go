package desk

import (
	"context"

	"rapport/hub/chat"
)

// MarkPublic says whether everybody may read along where a conversation is held: a
// forum, a review, a post. It changes nothing for its customer; the coach warns agents.
//
// Failures: NotFound, Conflict (only the team reads there).
func (d *Desk) MarkPublic(ctx context.Context, who chat.Actor, id string, on bool) error {
	return d.store.Write(ctx, func(tx chat.Tx) error {
		c, _, err := d.forAgent(tx, who, id)
		if err != nil || c.InPublic == on {
			return err
		}
		if c.Channel == chat.ChannelAside {
			return chat.Fail(chat.Conflict, "Only the team reads here. Mark the chat instead.")
		}
		c.InPublic = on
		return tx.SaveConversation(c)
	})
}
