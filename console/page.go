package console

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/static"
)

// servePage answers with the console for every address under /console: it finds
// its own way from there.
func (d *Door) servePage() fiber.Handler {
	headers := door.Headers{
		CSP: strings.Join([]string{
			"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: " + d.Links.Origin() + " " + d.WidgetURL, "font-src 'self'", "media-src 'self'",
			// Not every browser counts our own socket as 'self'.
			"connect-src 'self' ws" + strings.TrimPrefix(d.PublicURL, "http"),
			"frame-src " + d.WidgetURL, // the preview of a site's chat
			"manifest-src 'self'", "worker-src 'self'",
			"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
			"require-trusted-types-for 'script'", "trusted-types rapport", // its one policy knows one address: the service worker's
		}, "; "),
		HTTPS: d.https, Referrer: "same-origin",
	}
	return func(c *fiber.Ctx) error {
		file, ok := static.Lookup("console.html")
		if !ok {
			return chat.ErrNotFound
		}
		headers.Apply(c)
		c.Set(fiber.HeaderCacheControl, "no-store")
		c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
		c.Set(fiber.HeaderContentType, file.Type)
		body, encoding := file.Encoded(c.Get(fiber.HeaderAcceptEncoding))
		if encoding != "" {
			c.Set(fiber.HeaderContentEncoding, encoding)
		}
		return c.Send(body)
	}
}

// installed are the files that browsers ask for by these names: where the console is
// installed, and by its service worker, which may look after what lies beside it.
var installed = []string{"sw.js", "manifest.webmanifest", "icon-192.png", "icon-512.png"}

// serveInstalled answers with one of them. Browsers ask again whether it has changed,
// so that an upgrade reaches every phone.
func (d *Door) serveInstalled(name string) fiber.Handler {
	headers := door.Headers{CSP: "default-src 'none'; connect-src 'self'; frame-ancestors 'none'", HTTPS: d.https}
	return func(c *fiber.Ctx) error {
		file, ok := static.Lookup("console/" + name)
		if !ok {
			return chat.ErrNotFound
		}
		headers.Apply(c)
		c.Set(fiber.HeaderCacheControl, "no-cache")
		c.Set(fiber.HeaderETag, file.ETag)
		c.Set(fiber.HeaderContentType, file.Type)
		if c.Get(fiber.HeaderIfNoneMatch) == file.ETag {
			return c.SendStatus(fiber.StatusNotModified)
		}
		return c.Send(file.Body())
	}
}
