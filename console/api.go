package console

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// siteAPI is where a site's own server calls us. It knows no cookie and no browser:
// a call carries one of the site's API keys, and speaks for that site alone.
const siteAPI = "/v1/api"

// siteCall answers a call of a site with what becomes the JSON body.
type siteCall func(d *Door, c *fiber.Ctx, key *chat.APIKey) (any, error)

// siteRoutes are all calls of a site's own server.
var siteRoutes = []struct {
	method, path string
	handle       siteCall
}{
	{post, "/delays", (*Door).reportDelay},
	{get, "/tags", (*Door).apiTags},
	{post, "/conversations/:id/tags", (*Door).apiTag},
}

func (d *Door) mountSiteAPI(app fiber.Router) {
	api := app.Group(siteAPI, door.Secure(door.Headers{CSP: "default-src 'none'; frame-ancestors 'none'", HTTPS: d.https}), door.SameSite(d.own))
	for _, r := range siteRoutes {
		api.Add(r.method, r.path, d.guardSite(r.handle))
	}
}

// guardSite lets a call pass that carries a key which holds.
func (d *Door) guardSite(handle siteCall) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		key, err := d.keyOf(c)
		if err != nil {
			return err
		}
		answer, err := handle(d, c, key)
		if err != nil {
			return err
		}
		return c.JSON(answer)
	}
}

// keyOf is the key that a call carries: rates are counted by network before it is
// looked for, and by key after.
func (d *Door) keyOf(c *fiber.Ctx) (*chat.APIKey, error) {
	if err := d.rates[perSiteNetwork].Refuse(door.IPKey(c)); err != nil {
		return nil, err
	}
	secret, _ := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	key, err := d.Store.APIKeyByHash(c.UserContext(), chat.HashSecret(secret))
	if chat.Is(err, chat.NotFound) {
		return nil, chat.Fail(chat.Unauthorized, "Send one of the site's API keys as Authorization: Bearer.")
	}
	if err != nil {
		return nil, err
	}
	if err := d.rates[perSite].Refuse(key.ID); err != nil {
		return nil, err
	}
	return key, d.Store.UseAPIKey(c.UserContext(), key)
}

// reportDelay takes a site's word that something is late.
func (d *Door) reportDelay(c *fiber.Ctx, key *chat.APIKey) (any, error) {
	var r struct {
		Reference string    `json:"reference"`
		Customer  string    `json:"customer"`
		What      string    `json:"what"`
		Reason    string    `json:"reason"`
		Until     chat.Time `json:"until"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	answer, heard, err := d.Desk.ReportDelay(c.UserContext(), desk.DelayReport{
		SiteID: key.SiteID, Once: strings.Clone(c.Get("Idempotency-Key")), Customer: r.Customer,
		Delay: chat.Delay{Reference: r.Reference, What: r.What, Reason: r.Reason, Until: r.Until},
	})
	if err != nil {
		return nil, err
	}
	for i := range heard {
		d.Hub.Broadcast(hub.SiteTopic(key.SiteID), wire.DelayFrame(&heard[i], heard[i].Delay != chat.NotDelayed), nil)
	}
	return answer, nil
}
