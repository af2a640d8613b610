package widget

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
	"rapport/static"
)

// quickAnswers are what visitors may read by themselves: the same for everyone
// on a site, so nobody is asked who they are. GET /v1/widget/answers?site=KEY
func (d *Door) quickAnswers(c *fiber.Ctx) error {
	site, err := d.siteByKey(c)
	if err != nil {
		return err
	}
	list, err := d.Store.QuickAnswers(c.UserContext(), site.ID)
	if err != nil {
		return err
	}
	shown := []wire.QuickAnswer{}
	for _, a := range desk.QuickAnswers(site, list) {
		shown = append(shown, wire.NewQuickAnswer(&a))
	}
	plain := wire.Encode(fiber.Map{"answers": shown})
	sum := sha256.Sum256(plain)
	etag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	c.Set(fiber.HeaderETag, etag)
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	if c.Get(fiber.HeaderIfNoneMatch) == etag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	body, encoding := static.Compress(plain, c.Get(fiber.HeaderAcceptEncoding))
	return send(c, body, encoding)
}

// maxOpenedBody holds a site's key and a yes.
const maxOpenedBody = 1 << 10

// openAnswer counts a quick answer that was opened, or that helped. It names no
// one, so it is bounded by network. POST /v1/widget/answers/:id/open
func (d *Door) openAnswer(c *fiber.Ctx) error {
	var r struct {
		Site   string `json:"site"`
		Helped bool   `json:"helped"`
	}
	if err := door.Body(c, maxOpenedBody, &r); err != nil {
		return err
	}
	if err := d.opens.Refuse(door.IPKey(c)); err != nil {
		return err
	}
	site, err := d.Store.SiteByKey(c.UserContext(), r.Site)
	if err != nil {
		return err
	}
	if err := d.checkOrigin(c, site); err != nil {
		return err
	}
	if err := d.Desk.OpenAnswer(c.UserContext(), site.ID, c.Params("id"), r.Helped); err != nil {
		return err
	}
	return c.JSON(fiber.Map{})
}
