package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// sendTranscript sends the customer a copy of their conversation by e-mail: to the
// address in the body, or to theirs.
func (d *Door) sendTranscript(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Email string `json:"email"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	t, err := d.Desk.SendTranscript(c.UserContext(), me.actor(), c.Params("id"), desk.TranscriptWish{Email: r.Email, Mail: d.Mail})
	if err != nil {
		return nil, err
	}
	return wire.NewTranscript(t), nil
}
