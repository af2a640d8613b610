package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/wire"
)

// useDays is how many days at the site, today among them, the counts go back.
const useDays = 30

// answerUses says what became of a site's quick answers lately.
func (d *Door) answerUses(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	since := d.Desk.DayBefore(site, d.Clock(), useDays-1)
	uses, err := d.Store.AnswerUses(c.UserContext(), site.ID, since)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"since": since, "uses": shown(uses, wire.NewAnswerUse)}, nil
}
