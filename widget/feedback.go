package widget

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// maxFeedbackBody holds a comment with every code point escaped.
const maxFeedbackBody = 16 << 10

// feedback keeps what the customer says of a conversation; what is left out of
// the body stays as it was. POST /v1/widget/conversations/:id/feedback
func (d *Door) feedback(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	var r struct {
		Solved  *chat.Solved `json:"solved"`
		Rating  *int64       `json:"rating"`
		Comment *string      `json:"comment"`
	}
	if err := door.Body(c, maxFeedbackBody, &r); err != nil {
		return err
	}
	if err := d.speak(network(door.IPKey(c)), v.actor.ID); err != nil {
		return err
	}
	f, err := d.Desk.GiveFeedback(c.UserContext(), v.actor, c.Params("id"), chat.FeedbackChange{Solved: r.Solved, Rating: r.Rating, Comment: r.Comment})
	if err != nil {
		return err
	}
	return c.JSON(wire.NewFeedback(f))
}
