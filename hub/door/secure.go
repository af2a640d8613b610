package door

import "github.com/gofiber/fiber/v2"

// Headers tell browsers what a kind of page may do.
type Headers struct {
	CSP        string // Content-Security-Policy, as the page needs it
	HTTPS      bool   // the public address is https
	Embeddable bool   // other sites may load it: the loader, the panel
	Referrer   string // Referrer-Policy; "" means no-referrer
}

// year in seconds, for Strict-Transport-Security.
const year = "31536000"

// Secure sets the headers on every answer of a route, errors included. A page
// that is not embeddable also gets an opener policy and is kept out of other
// origins' documents.
func Secure(h Headers) fiber.Handler {
	if h.Referrer == "" {
		h.Referrer = "no-referrer"
	}
	return func(c *fiber.Ctx) error {
		h.Apply(c)
		return c.Next()
	}
}

// Apply sets the headers on one answer, for pages whose policy depends on the
// request, such as the panel's frame-ancestors.
func (h Headers) Apply(c *fiber.Ctx) {
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, h.Referrer)
	if h.CSP != "" {
		c.Set(fiber.HeaderContentSecurityPolicy, h.CSP)
	}
	if h.Embeddable {
		c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	} else {
		c.Set("Cross-Origin-Resource-Policy", "same-origin")
		c.Set("Cross-Origin-Opener-Policy", "same-origin")
	}
	if h.HTTPS {
		c.Set(fiber.HeaderStrictTransportSecurity, "max-age="+year)
	}
}
