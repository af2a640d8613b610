package widget

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/static"
)

// siteByKey is the site that a page asks for by its public key, or one that an
// owner is trying on.
func (d *Door) siteByKey(c *fiber.Ctx) (*chat.Site, error) {
	key := c.Query("site")
	if d.Previews != nil && door.IsPreview(key) {
		return d.Previews.Site(c.UserContext(), key)
	}
	return d.Store.SiteByKey(c.UserContext(), key)
}

// previewAncestors are the pages that may hold a panel which is only tried on: our
// own, and the console around that.
func (d *Door) previewAncestors() string { return "'self' " + strings.Join(d.Hosts, " ") }

// preview is a page of nobody's with the real widget on it, in a frame of the
// console. GET /preview
func (d *Door) preview(c *fiber.Ctx) error {
	if d.Previews == nil || len(d.Hosts) == 0 {
		return chat.ErrNotFound
	}
	page, ok := static.Preview(d.Hosts[0])
	if !ok {
		return chat.ErrNotFound
	}
	door.Headers{
		CSP: "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-src 'self'" +
			"; base-uri 'none'; form-action 'none'; frame-ancestors " + d.Hosts[0],
		Embeddable: true, HTTPS: strings.HasPrefix(d.URL, "https:"), Referrer: "no-referrer",
	}.Apply(c)
	c.Set("X-Robots-Tag", "noindex")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	body, encoding := static.Compress(page, c.Get(fiber.HeaderAcceptEncoding))
	return send(c, body, encoding)
}

// picture is what stands for a site. Its name is its checksum, so it never changes.
// GET /v1/widget/sites/:id/pictures/:name
func (d *Door) picture(c *fiber.Ctx) error {
	p, err := d.Store.Picture(c.UserContext(), c.Params("id"), c.Params("name"))
	if err != nil {
		return err
	}
	door.Headers{CSP: "default-src 'none'; sandbox", Referrer: "no-referrer"}.Apply(c)
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set(fiber.HeaderContentType, "image/png")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Send(p.PNG)
}
