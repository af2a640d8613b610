package widget

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/ics"
	"rapport/hub/wire"
)

// calendar is an appointment as a file for the visitor's calendar. What is no
// appointment, absent or somebody else's gets the same answer.
// GET /v1/widget/promises/:id/calendar
func (d *Door) calendar(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	if !chat.ValidID(c.Params("id")) {
		return chat.ErrNotFound
	}
	p, err := d.Store.Promise(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	row, err := d.Store.RowByID(c.UserContext(), p.ConversationID)
	if err != nil {
		return err
	}
	// A row names the surviving profile, and so does the device. It may be worked on
	// beside their chat by now.
	if row.PersonID != v.actor.ID {
		return chat.ErrNotFound
	}
	if p.Kind != chat.AppointmentPromise {
		return chat.ErrNotFound
	}
	site, err := d.Store.Site(c.UserContext(), row.SiteID)
	if err != nil {
		return err
	}
	return c.JSON(wire.Calendar{Name: ics.FileName, Text: ics.Of(p, site.Name, d.Clock()).Text("")})
}
