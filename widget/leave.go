package widget

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/desk"
	"rapport/hub/door"
)

// maxAddressBody holds an address with every code point escaped.
const maxAddressBody = 4 << 10

// leaveAddress notes where a customer can be reached who does not want to wait.
// POST /v1/widget/conversations/:id/address
func (d *Door) leaveAddress(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	var r struct {
		Email string `json:"email"`
	}
	if err := door.Body(c, maxAddressBody, &r); err != nil {
		return err
	}
	if err := d.profiles.Refuse(v.actor.ID); err != nil {
		return err
	}
	due, err := d.Desk.LeaveAddress(c.UserContext(), v.actor, c.Params("id"), r.Email, desk.Scene{Mail: d.Mail})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"due_at": due})
}
