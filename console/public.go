package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/door"
	"rapport/hub/wire"
)

// markPublic says whether everybody may read along in a conversation. It is no event,
// so the lists are told apart.
func (d *Door) markPublic(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		On bool `json:"on"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	row, err := d.done(c, func(ctx context.Context, id string) error { return d.Desk.MarkPublic(ctx, me.actor(), id, r.On) })
	if err != nil {
		return nil, err
	}
	d.Hub.TouchRows(row.SiteID, row.ID)
	return wire.NewRow(row), nil
}
