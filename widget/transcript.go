package widget

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/mail"
	"rapport/hub/wire"
)

// transcript sends the customer a copy of their conversation by e-mail; without an
// address in the body, to the one that is known. Tries count by browser and by network
// before anything is looked at, so that nobody floods strangers from many browsers.
// POST /v1/widget/conversations/:id/transcript
func (d *Door) transcript(c *fiber.Ctx) error {
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
	for _, key := range []string{v.device, door.IPKey(c)} {
		if err := d.copies.Refuse(key); err != nil {
			return err
		}
	}
	t, err := d.Desk.SendTranscript(c.UserContext(), v.actor, c.Params("id"), desk.TranscriptWish{Email: r.Email, Mail: d.Mail})
	if err != nil {
		return err
	}
	return c.JSON(wire.NewTranscript(t))
}

// showStopCopies is the page of the link that ends copies. It ends nothing yet.
func (d *Door) showStopCopies(c *fiber.Ctx) error {
	l, err := d.Store.TranscriptLink(c.UserContext(), linkHash(c))
	if err != nil {
		return d.closedLink(c, err)
	}
	page, err := mail.StopCopies(l.Locale)
	return d.html(c, fiber.StatusOK, page, err)
}

// stopCopies ends copies to the address that the link went to, by the page's form or by
// a mail program (RFC 8058). Doing it again changes nothing.
func (d *Door) stopCopies(c *fiber.Ctx) error {
	l, err := d.Store.TranscriptLink(c.UserContext(), linkHash(c))
	if err != nil {
		return d.closedLink(c, err)
	}
	if err := d.Store.StopTranscripts(c.UserContext(), l.TokenHash); err != nil {
		return d.later(c, err)
	}
	page, err := mail.Said(l.Locale, mail.NoCopies, "")
	return d.html(c, fiber.StatusOK, page, err)
}
