package desk

import (
	"context"

	"rapport/hub/chat"
)

// KeepLink keeps what the page behind a link in a conversation says of itself, or that
// nothing could be read. It reports false where the site shows no previews any more.
//
// Failures: NotFound, for a conversation that is gone.
func (d *Desk) KeepLink(ctx context.Context, l chat.LinkPreview) (kept bool, err error) {
	err = d.store.Write(ctx, func(tx chat.Tx) error {
		kept = false
		c, err := tx.Conversation(l.ConversationID)
		if err != nil {
			return err
		}
		site, err := tx.Site(c.SiteID)
		if err != nil || !site.LinkPreviews || c.Channel != chat.ChannelChat {
			return err
		}
		kept = true
		l.ConversationID, l.SiteID = c.ID, c.SiteID
		return tx.SaveLinkPreview(&l)
	})
	return kept && err == nil, err
}
