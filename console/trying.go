package console

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// tryRule lets an owner see a rule's invitation on a page of theirs, saved or not. Only
// who has the address sees it, and nothing is counted.
// POST /v1/console/sites/:id/inviting/try
func (d *Door) tryRule(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Rule chat.InviteRule `json:"rule"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	if err := r.Rule.CleanToTry(); err != nil {
		return nil, err
	}
	loads, err := d.Store.Loads(c.UserContext(), site.ID)
	if err != nil {
		return nil, err
	}
	page := d.tryPage(site, &r.Rule, chat.PlacesOf(site, loads))
	if page == "" {
		return nil, chat.Fail(chat.Conflict, "The chat has not been seen on a page of yours yet. Put it there first; “Where it runs” says how.")
	}
	token, err := d.Tries.Keep(c.UserContext(), site.ID, &r.Rule)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"url": page + "#rapport-try=" + token}, nil
}

// tryPage is where a rule is tried: where the chat was seen last among the origins
// that the site allows, on the page that the rule names; else in the demonstration
// shop. "" for nowhere.
func (d *Door) tryPage(site *chat.Site, rule *chat.InviteRule, places []chat.Place) string {
	for _, p := range places {
		if p.State == chat.PlaceWorks && p.Origin != "" && p.Origin != d.WidgetURL {
			return p.Origin + pathOf(rule)
		}
	}
	if site.Demo() {
		return d.WidgetURL + "/demo/"
	}
	return ""
}

// pathOf is the first path that a rule names whole, or its beginning.
func pathOf(rule *chat.InviteRule) string {
	for _, p := range rule.Pages {
		if p.How != "contains" && strings.HasPrefix(p.Text, "/") {
			return (&url.URL{Path: p.Text}).EscapedPath()
		}
	}
	return "/"
}
