package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/ics"
	"rapport/hub/wire"
)

// enterByHand adds what happened elsewhere to a customer's history, and answers with
// the row of the conversation that has it.
func (d *Door) enterByHand(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ID      string    `json:"id"`
		Channel string    `json:"channel"`
		BeganAt chat.Time `json:"began_at"`
		Minutes int64     `json:"minutes"`
		Party   string    `json:"party"`
		Need    string    `json:"need"`
		Note    string    `json:"note"`
		Promise *struct {
			ClientID string    `json:"client_id"`
			Text     string    `json:"text"`
			DueAt    chat.Time `json:"due_at"`
			Zone     string    `json:"zone"`
			Place    string    `json:"place"`
		} `json:"promise"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	person, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	in := desk.Entering{
		PersonID: person, Need: r.Need, Note: r.Note,
		Entry: chat.Entry{ConversationID: r.ID, Channel: r.Channel, BeganAt: r.BeganAt, Minutes: r.Minutes, Party: r.Party},
	}
	if p := r.Promise; p != nil {
		in.Promise = &chat.Promise{ClientID: p.ClientID, Whose: chat.Ours, Text: p.Text, DueAt: p.DueAt, Zone: p.Zone}
		if r.Channel == chat.ChannelAppointment {
			in.Promise.Kind, in.Promise.Place, in.Promise.Minutes = chat.AppointmentPromise, p.Place, r.Minutes
		}
	}
	id, err := d.Desk.EnterByHand(c.UserContext(), me.actor(), in)
	if err != nil {
		return nil, err
	}
	row, err := d.Store.RowByID(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	return wire.NewRow(row), nil
}

// entry is what was entered by hand of a conversation, or that it was brought in; nil of
// a chat.
func (d *Door) entry(ctx context.Context, row *chat.Row) (*wire.Entry, error) {
	switch row.Channel {
	case chat.ChannelChat, chat.ChannelAside:
		return nil, nil
	case chat.ChannelImport:
		return &wire.Entry{Channel: row.Channel, BeganAt: row.StartedAt}, nil
	}
	e, err := d.Store.Entry(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	return wire.NewEntry(e), nil
}

// calendar is an appointment as a file for calendars.
func (d *Door) calendar(c *fiber.Ctx, _ *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	p, err := d.Store.Promise(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	site, err := d.Store.Site(c.UserContext(), p.SiteID)
	if err != nil {
		return nil, err
	}
	return calendarOf(p, site, d.Clock())
}

// calendarOf is ErrNotFound of a promise that is no appointment.
func calendarOf(p *chat.Promise, site *chat.Site, now chat.Time) (any, error) {
	if p.Kind != chat.AppointmentPromise {
		return nil, chat.ErrNotFound
	}
	return wire.Calendar{Name: ics.FileName, Text: ics.Of(p, site.Name, now).Text("")}, nil
}
