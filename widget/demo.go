package widget

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/vouch"
	"rapport/static"
)

// demoCustomers are those whom the demonstration shop pretends to know.
var demoCustomers = map[string]map[string]any{
	"maria": {"sub": "demo-maria", "name": "Maria Lopez", "email": "maria@example.com", "orders": 2, "last_order": "4411", "customer_since": "2025-03-14"},
	"tom":   {"sub": "demo-tom", "name": "Tom Becker", "email": "tom@example.com", "orders": 0, "customer_since": "2026-11-20"},
}

// demo serves the demonstration shop under a policy as strict as a careful
// owner's. GET /demo/*
func (d *Door) demo(c *fiber.Ctx) error {
	name := c.Params("*")
	if name == "" {
		name = "index.html"
	}
	door.Headers{
		CSP:      "default-src 'self'; script-src 'self' " + d.URL + "; frame-src " + d.URL + "; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types rapport",
		Referrer: "same-origin",
	}.Apply(c)
	if page, ok := static.Demo(name, d.Demo, d.URL); ok {
		c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
		c.Set(fiber.HeaderCacheControl, "no-cache")
		return c.Send(page)
	}
	f, ok := static.Lookup("demo/" + name)
	if !ok {
		return chat.ErrNotFound
	}
	return serve(c, f, "no-cache")
}

// demoIdentity signs an identity the way a shop's own server would.
// GET /demo/identity?as=maria
func (d *Door) demoIdentity(c *fiber.Ctx) error {
	about, ok := demoCustomers[c.Query("as")]
	if !ok {
		return chat.FailField("as", "The shop knows maria and tom.")
	}
	site, err := d.Store.SiteByKey(c.UserContext(), d.Demo)
	if err != nil {
		return err
	}
	secrets, err := d.Store.IdentitySecrets(c.UserContext(), site.ID)
	if err != nil {
		return err
	}
	if len(secrets) == 0 {
		return chat.ErrNotFound
	}
	signed, err := vouch.Sign(site, &secrets[0], d.Clock(), about)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(fiber.Map{"token": signed})
}
