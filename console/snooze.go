package console

import (
	"cmp"
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle/when"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// snooze puts a conversation off until a time.
func (d *Door) snooze(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Until chat.Time `json:"until"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error { return d.Desk.Snooze(ctx, me.actor(), id, r.Until) })
}

func (d *Door) wake(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.plainly(c, me, d.Desk.Wake)
}

// putBack puts a conversation back among the unread. It is no event, so the lists
// are told apart.
func (d *Door) putBack(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		On bool `json:"on"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	row, err := d.done(c, func(ctx context.Context, id string) error { return d.Desk.PutBack(ctx, me.actor(), id, r.On) })
	if err != nil {
		return nil, err
	}
	d.Hub.TouchRows(row.SiteID, row.ID)
	return wire.NewRow(row), nil
}

// give hands a conversation to a colleague.
func (d *Door) give(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		AgentID string `json:"agent_id"`
		From    string `json:"from"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error { return d.Desk.Give(ctx, me.actor(), id, r.AgentID, r.From) })
}

// wakeTextMost bounds what is read as a time, in bytes.
const wakeTextMost = 100

// readWake reads when something is to be taken up again, in an agent's words. Nothing
// of it is kept. An answer of 0 means that they name no time.
func (d *Door) readWake(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Text string `json:"text"`
		Zone string `json:"zone"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	if len(r.Text) > wakeTextMost {
		return nil, chat.FailField("text", "Say it in fewer words, such as “tomorrow 9”.")
	}
	zone, err := zoneOf(r.Zone)
	if err != nil {
		return nil, err
	}
	site, err := d.Store.Site(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	var at chat.Time
	if found, ok := when.Wake(r.Text, d.Clock().Std(), zone, weekIn(site.Hours, r.Zone)); ok {
		at = chat.At(found)
	}
	return fiber.Map{"at": at}, nil
}

// weekIn are the hours of an ordinary week as they are read in a zone: those of the
// site where its clock shows the same, else none.
func weekIn(h chat.Hours, zone string) when.Hours {
	var out when.Hours
	if !h.Kept || cmp.Or(h.Zone, "UTC") != zone {
		return out
	}
	for day, periods := range h.Week {
		for _, p := range periods {
			out[day] = append(out[day], when.Period{Open: p.Open, Close: min(p.Close, 24*60)})
		}
	}
	return out
}

// zoneOf is the IANA zone of an agent's browser.
func zoneOf(name string) (*time.Location, error) {
	zone, err := chat.LoadZone(name)
	if err != nil || len(name) > chat.MaxKey || name == "" || name == "Local" {
		return nil, chat.FailField("zone", "This is not a time zone such as Europe/Berlin.")
	}
	return zone, nil
}
