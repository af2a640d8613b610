package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/desk"
	"rapport/hub/wire"
)

// tellMentions tells the consoles whom a note names. Who hears nothing of it now
// finds it in the list.
func (d *Door) tellMentions(ctx context.Context, posted *desk.Posted) {
	if len(posted.Mentioned) == 0 {
		return
	}
	m := &posted.Message
	row, err := d.Store.RowByID(ctx, m.ConversationID)
	if err != nil {
		d.Log.Warn("cannot tell of a mention", "conversation", m.ConversationID, "err", err)
		return
	}
	d.Hub.Broadcast(hub.SiteTopic(row.SiteID), wire.MentionFrame(row.SiteID, row.ID, posted.Mentioned, posted.Author, m.Text), nil)
}

// unreadMentions are the conversations in which the caller was named and has not
// looked since.
func (d *Door) unreadMentions(c *fiber.Ctx, me *signedIn) (any, error) {
	ids, err := d.Store.UnreadMentions(c.UserContext(), me.agent.ID, c.Query("site"))
	if err != nil {
		return nil, err
	}
	if ids == nil {
		ids = []string{}
	}
	return fiber.Map{"unread": ids}, nil
}

// readMentions notes that the caller has looked.
func (d *Door) readMentions(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return nothing{}, d.Store.ReadMentions(c.UserContext(), me.agent.ID, id)
}
