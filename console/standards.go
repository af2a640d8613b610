package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

func (d *Door) listStandards(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	standards, err := d.Store.Standards(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"standards": shown(standards, wire.NewStandard)}, nil
}

// standardText is what an admin writes of a standard.
type standardText struct {
	Text     string      `json:"text"`
	Why      string      `json:"why"`
	Shown    string      `json:"shown"`
	Steps    []chat.Step `json:"steps"`
	Position int64       `json:"position"`
}

func (d *Door) addStandard(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.saveStandard(c, me, func(site string) (*chat.Standard, error) {
		id := chat.NewID()
		return &chat.Standard{ID: id, SiteID: site, Key: keyOf(id)}, nil
	})
}

func (d *Door) changeStandard(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.saveStandard(c, me, func(site string) (*chat.Standard, error) {
		list, err := d.Store.Standards(c.UserContext(), site)
		return byID(c, "nid", list, err, func(s *chat.Standard) string { return s.ID })
	})
}

func (d *Door) saveStandard(c *fiber.Ctx, me *signedIn, find func(site string) (*chat.Standard, error)) (any, error) {
	var r standardText
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	s, err := find(site)
	if err != nil {
		return nil, err
	}
	before := *s
	s.Text, s.Why, s.Shown, s.Steps, s.Position = r.Text, r.Why, r.Shown, r.Steps, r.Position
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if s.Position < 0 || s.Position > maxPosition {
		return nil, chat.FailField("position", "A place is between 0 and %d.", maxPosition)
	}
	if err := d.Store.SaveStandard(c.UserContext(), s); err != nil {
		return nil, err
	}
	d.auditChange(c.UserContext(), me.agent.ID, "standard.saved", s.ID, s.Key, wire.NewStandard(&before), wire.NewStandard(s))
	d.tellTeam(site, "standards")
	return wire.NewStandard(s), nil
}

// orderStandards puts the site's standards into an order of its own.
func (d *Door) orderStandards(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.orderOf(c, me, "standards", d.Store.OrderStandards, d.listStandards)
}

func (d *Door) deleteStandard(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.deleteOf(c, me, "nid", "standards", "standard.deleted", d.Store.DeleteStandard)
}
