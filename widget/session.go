package widget

import (
	"context"
	"errors"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// maxSessionBody holds a secret and an identity token.
const maxSessionBody = 16 << 10

// listed is how many of their conversations a visitor is shown.
const listed = 20

type sessionRequest struct {
	Site     string `json:"site"`
	Secret   string `json:"secret"`
	Identity string `json:"identity"`
	Locale   string `json:"locale"`
	Zone     string `json:"zone"`
}

type sessionAnswer struct {
	Token         string                     `json:"token"`
	ExpiresAt     chat.Time                  `json:"expires_at"`
	Secret        string                     `json:"secret"`
	Person        wire.PersonCard            `json:"person"`
	Conversations []wire.VisitorConversation `json:"conversations"`
	Presence      wire.Presence              `json:"presence"`
}

// session recognises a browser or makes a new visitor. POST /v1/widget/session
func (d *Door) session(c *fiber.Ctx) error {
	var r sessionRequest
	if err := door.Body(c, maxSessionBody, &r); err != nil {
		return err
	}
	if err := d.limitSession(c, r.Secret); err != nil {
		return err
	}
	site, err := d.Store.SiteByKey(c.UserContext(), r.Site)
	if err != nil {
		return err
	}
	if err := d.checkOrigin(c, site); err != nil {
		return err
	}
	if site.Disabled && r.Secret == "" {
		return chat.Fail(chat.Forbidden, "%s takes no new conversations.", site.Name)
	}
	visit := desk.Visit{SiteID: site.ID, Secret: r.Secret, Locale: r.Locale, Zone: r.Zone}
	if r.Identity != "" {
		if visit.Identity, err = d.verify(c.UserContext(), site, r.Identity); err != nil {
			return err
		}
	}
	v, err := d.Desk.Visit(c.UserContext(), visit)
	var stolen *desk.Stolen
	if errors.As(err, &stolen) {
		d.Hub.Kick(stolen.DeviceID, hub.Revoked)
	}
	if err != nil {
		return err
	}
	if v.Merged != "" { // all of both must hear what the other had
		d.Hub.Kick(v.Merged, hub.Merged)
	}
	if v.Merged != "" || v.Blocked { // an open socket goes by what it saw at its hello
		d.Hub.Kick(v.Person.ID, hub.Merged)
	}
	self, err := d.personCard(c.UserContext(), site, &v.Person)
	if err != nil {
		return err
	}
	answer := sessionAnswer{Secret: v.Secret, Person: self, Presence: d.Hub.Presence()}
	if answer.Token, answer.ExpiresAt, err = d.tokens.sign(v.DeviceID, site.ID); err != nil {
		return err
	}
	rows, err := d.Store.PersonChats(c.UserContext(), v.Person.ID, listed)
	if err != nil {
		return err
	}
	answer.Conversations = visitorRows(rows)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(answer)
}

// checkOrigin refuses a browser on a page that the site does not allow.
func (d *Door) checkOrigin(c *fiber.Ctx, site *chat.Site) error {
	if origin := c.Get(fiber.HeaderOrigin); origin != "" && !d.own(origin) && !chat.OriginAllowed(site.AllowedOrigins, origin) {
		return chat.Fail(chat.BadOrigin, "This page may not talk to %s. Its owner allows origins on the Site page.", site.Name)
	}
	return nil
}

// limitSession counts sessions by device, whose secret is another each time; a
// browser without one, or with one that nobody handed out, by its network.
func (d *Door) limitSession(c *fiber.Ctx, secret string) error {
	if secret == "" {
		return d.sessions.Refuse(door.IPKey(c))
	}
	device, err := d.Store.DeviceOfSecret(c.UserContext(), chat.HashSecret(secret))
	if chat.Is(err, chat.NotFound) {
		return d.sessions.Refuse(door.IPKey(c))
	}
	if err != nil {
		return err
	}
	return d.devices.Refuse(device)
}

// personCard tells somebody who they are, and whether the site's form still waits
// for them.
func (d *Door) personCard(ctx context.Context, site *chat.Site, p *chat.Person) (card wire.PersonCard, err error) {
	card = wire.PersonCard{ID: p.ID, Name: p.Name, Email: p.Email, Verified: p.Verified}
	if site.Form.Ask && !p.Verified {
		card.Asked, err = d.Store.FormGiven(ctx, p.ID, site.Form.Version())
	}
	return card, err
}

func visitorRows(rows []chat.Row) []wire.VisitorConversation {
	out := make([]wire.VisitorConversation, 0, len(rows))
	for i := range rows {
		out = append(out, wire.NewVisitorConversation(&rows[i]))
	}
	return out
}

// forget ends this device's session. POST /v1/widget/forget
func (d *Door) forget(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	if err := door.Empty(c); err != nil {
		return err
	}
	if err := d.Desk.Forget(c.UserContext(), v.device); err != nil {
		return err
	}
	d.Hub.Kick(v.device, hub.Revoked)
	return c.JSON(fiber.Map{})
}
