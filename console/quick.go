package console

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// orderBody holds chat.MaxAnswers ids.
const orderBody = 32 << 10

// orderAnswers puts a site's answers in the order of their ids; those that it
// does not name, because a colleague has just added them, come behind.
func (d *Door) orderAnswers(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		IDs []string `json:"ids"`
	}
	if err := door.Body(c, orderBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	if twice := len(slices.Compact(slices.Sorted(slices.Values(r.IDs)))) < len(r.IDs); twice || len(r.IDs) > chat.MaxAnswers {
		return nil, chat.FailField("ids", "Name each answer once.")
	}
	if err := d.Store.OrderAnswers(c.UserContext(), site, r.IDs); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "answers.ordered", site, "")
	d.tellTeam(site, "answers")
	return d.listAnswers(c, me)
}

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
