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
			"base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
			"require-trusted-types-for 'script'", "trusted-types 'none'",
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
