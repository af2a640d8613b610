package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/wire"
)

// inviteResults says what came of the invitations of a site's rules lately, by rule
// and day.
func (d *Door) inviteResults(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	since := d.Desk.DayBefore(site, d.Clock(), useDays-1)
	uses, err := d.Store.InviteUses(c.UserContext(), site.ID, since)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"since": since, "until": d.Desk.DayBefore(site, d.Clock(), 0), "uses": shown(uses, wire.NewInviteUse)}, nil
}
