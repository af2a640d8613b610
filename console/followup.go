package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// followUpAnswer holds the follow-up that stands in a conversation, nil for none.
type followUpAnswer struct {
	FollowUp *wire.FollowUp `json:"follow_up"`
}

func (d *Door) followUp(c *fiber.Ctx, _ *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	if _, err := d.Store.RowByID(c.UserContext(), id); err != nil {
		return nil, err
	}
	f, err := d.Store.StandingFollowUp(c.UserContext(), id)
	if chat.Is(err, chat.NotFound) {
		return followUpAnswer{}, nil
	}
	if err != nil {
		return nil, err
	}
	return followUpAnswer{wire.NewFollowUp(f)}, nil
}

func (d *Door) planFollowUp(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Text       string    `json:"text"`
		TemplateID string    `json:"template_id"`
		DueAt      chat.Time `json:"due_at"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	f, err := d.Desk.PlanFollowUp(c.UserContext(), me.actor(), id, chat.FollowUp{Text: r.Text, TemplateID: r.TemplateID, DueAt: r.DueAt})
	if err != nil {
		return nil, err
	}
	return followUpAnswer{wire.NewFollowUp(f)}, nil
}

func (d *Door) dropFollowUp(c *fiber.Ctx, me *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return followUpAnswer{}, d.Desk.DropFollowUp(c.UserContext(), me.actor(), id)
}

// heldFollowUps are the agent's own that were held back on a site.
func (d *Door) heldFollowUps(c *fiber.Ctx, me *signedIn) (any, error) {
	ctx := c.UserContext()
	site, err := d.Store.Site(ctx, c.Query("site"))
	if err != nil {
		return nil, err
	}
	held, err := d.Store.HeldFollowUps(ctx, site.ID, me.agent.ID)
	if err != nil {
		return nil, err
	}
	out := make([]wire.HeldFollowUp, 0, len(held))
	for i := range held {
		h := &held[i]
		out = append(out, wire.NewHeldFollowUp(&h.FollowUp, h.PersonID, h.PersonName, h.PersonVerified))
	}
	return fiber.Map{"follow_ups": out}, nil
}
