package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/door"
)

// correctMatter sets by hand what the current matter is about; a field that is
// left out stays, "" is "not known". What was found besides is waved away by false
// and offered again by true.
func (d *Door) correctMatter(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Type     *chat.InteractionType `json:"type"`
		Mood     *chat.Mood            `json:"mood"`
		Need     *string               `json:"need"`
		Question *string               `json:"question"`
		Concern  *bool                 `json:"concern"`
		Detail   *bool                 `json:"detail"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error {
		return d.Desk.Correct(ctx, me.actor(), id, cycle.Correction(r))
	})
}
