package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// couldUnite shows a conversation and those with which it could become one.
func (d *Door) couldUnite(c *fiber.Ctx, me *signedIn) (any, error) {
	row, err := d.rowOf(c)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	one, err := d.uniteSide(ctx, row)
	if err != nil {
		return nil, err
	}
	rows, err := d.Store.PersonRows(ctx, row.PersonID, 3*earlierShown)
	if err != nil {
		return nil, err
	}
	others := []wire.UniteSide{}
	for _, other := range unitable(row, rows, d.Clock()) {
		side, err := d.uniteSide(ctx, other)
		if err != nil {
			return nil, err
		}
		others = append(others, side)
	}
	return fiber.Map{"this": one, "others": others}, nil
}

// unitable are those of a customer's conversations with which one could become one: what
// is under way, and the latest that is closed where that one is not.
func unitable(one *chat.Row, rows []chat.Row, now chat.Time) (out []*chat.Row) {
	if !one.Unites(now) {
		return nil
	}
	var latest *chat.Row
	for i := range rows {
		r := &rows[i]
		if r.ID == one.ID || r.SiteID != one.SiteID || r.InPublic != one.InPublic || !r.Unites(now) {
			continue
		}
		if r.State != chat.Closed {
			out = append(out, r)
		} else if latest == nil || r.ClosedAt > latest.ClosedAt {
			latest = r
		}
	}
	if latest != nil && one.State != chat.Closed {
		out = append(out, latest)
	}
	return out
}

func (d *Door) uniteSide(ctx context.Context, row *chat.Row) (side wire.UniteSide, err error) {
	messages, err := d.Store.CountTalk(ctx, row.ID)
	if err != nil {
		return side, err
	}
	matters, err := d.Store.Matters(ctx, row.ID)
	if err != nil {
		return side, err
	}
	promises, err := d.Store.OpenPromises(ctx, row.ID)
	if err != nil {
		return side, err
	}
	return wire.NewUniteSide(row, messages, matters, promises), nil
}

// unite brings a conversation into another. The answer is the row of the one that it went
// into: an aside goes into the chat that is open by now.
func (d *Door) unite(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Into string `json:"into"`
		From string `json:"from"`
		Has  string `json:"into_has"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	if err := d.Desk.Unite(ctx, me.actor(), id, desk.Uniting{IntoID: r.Into, From: r.From, IntoHas: r.Has}); err != nil {
		return nil, err
	}
	gone, err := d.Store.RowByID(ctx, id)
	if err != nil {
		return nil, err
	}
	row, err := d.Store.RowByID(ctx, gone.MergedInto)
	if err != nil {
		return nil, err
	}
	return wire.NewRow(row), nil
}
