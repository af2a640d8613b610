package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/wire"
)

// useDays is how many local days, today among them, the counts go back.
const useDays = 30

// answerUses says what became of a site's quick answers lately.
func (d *Door) answerUses(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	since := d.Desk.DayBefore(d.Clock(), useDays-1)
	uses, err := d.Store.AnswerUses(c.UserContext(), site, since)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"since": since, "uses": shown(uses, wire.NewAnswerUse)}, nil
}
