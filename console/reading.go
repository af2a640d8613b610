package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/door"
)

// correctMatter sets by hand what the current matter is about; a field that is
// left out stays, "" is "not known".
func (d *Door) correctMatter(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Type     *chat.InteractionType `json:"type"`
		Mood     *chat.Mood            `json:"mood"`
		Need     *string               `json:"need"`
		Question *string               `json:"question"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error {
		return d.Desk.Correct(ctx, me.actor(), id, cycle.Correction(r))
	})
}

// openMatter begins a second matter, which becomes the current one.
func (d *Door) openMatter(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Need string `json:"need"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error { return d.Desk.OpenMatter(ctx, me.actor(), id, r.Need) })
}
