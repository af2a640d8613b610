package console

import (
	"net"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// places answers "is it installed?": on which pages a site's chat was seen, and
// what is wrong there.
func (d *Door) places(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	loads, err := d.Store.Loads(c.UserContext(), site.ID)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"places": chat.PlacesOf(site, loads), "secure": embeddable(d.WidgetURL)}, nil
}

// embeddable reports whether pages on https load a script from an origin: browsers
// refuse one from plain http, but for this machine's own.
func embeddable(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil {
		return false
	}
	host := u.Hostname()
	ip := net.ParseIP(host)
	return u.Scheme == "https" || host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback()
}
