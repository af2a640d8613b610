package console

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// agedCounted is how far it is counted what a retention would erase.
const agedCounted = 5000

// retention says about how many conversations would go if they were kept for so many
// months.
func (d *Door) retention(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	months, err := strconv.ParseInt(c.Query("months"), 10, 64)
	if err != nil {
		return nil, chat.FailField("months", "Say for how many months.")
	}
	site.Retention.Months = months
	if err := site.Validate(); err != nil {
		return nil, err
	}
	n, more := 0, false
	if before := site.Retention.Before(d.Clock()); before > 0 {
		if n, more, err = d.Store.CountAged(c.UserContext(), site.ID, before, agedCounted); err != nil {
			return nil, err
		}
	}
	return fiber.Map{"conversations": n, "more": more}, nil
}

// stamp puts in when it was said how long conversations are kept, whatever a client says.
func (d *Door) stamp(now *chat.Retention, before chat.Retention) {
	now.SetAt = before.SetAt
	if now.Months != before.Months {
		now.SetAt = d.Clock()
	}
}
