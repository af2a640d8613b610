package door

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// Origins returns a check for our own public origins. It compares bytes: a
// browser sends an origin in one spelling only, so another spelling, port,
// scheme, suffix, "null" or nothing at all is somebody else. Entries that are
// no origin admit nobody.
func Origins(public ...string) func(origin string) bool {
	var own []string
	for _, p := range public {
		if o, err := chat.CleanOrigin(p); err == nil {
			own = append(own, o)
		}
	}
	return func(origin string) bool { return slices.Contains(own, origin) }
}

// soleOrigin is the request's Origin if it has exactly one.
func soleOrigin(c *fiber.Ctx) string {
	if all := c.Request().Header.PeekAll(fiber.HeaderOrigin); len(all) == 1 {
		return string(all[0])
	}
	return ""
}

// SameSite refuses requests that change something when another site's page sent
// them. Browsers say so in Sec-Fetch-Site, older ones in Origin; a client that
// says neither is no browser and carries no cookie it did not mean to.
func SameSite(allowed func(origin string) bool) fiber.Handler {
	return func(c *fiber.Ctx) error {
		switch c.Method() {
		case fiber.MethodGet, fiber.MethodHead, fiber.MethodOptions:
			return c.Next()
		}
		site := c.Get("Sec-Fetch-Site")
		hasOrigin := len(c.Request().Header.PeekAll(fiber.HeaderOrigin)) > 0
		switch {
		case site != "" && site != "same-origin" && site != "none",
			hasOrigin && !allowed(soleOrigin(c)):
			return chat.Fail(chat.BadOrigin, "This request came from another site's page.")
		}
		return c.Next()
	}
}
