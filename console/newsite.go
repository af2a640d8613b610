package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/cycle/starter"
	"rapport/hub/door"
)

// maxSitesMade bounds how many sites an installation has: each console follows all.
const maxSitesMade = 100

// NewSite is a site with what it begins with: an identity secret and the starter
// guide of its trade. Nothing is stored yet.
func NewSite(key string, settings chat.SiteSettings) (*chat.Site, *chat.IdentitySecret, chat.Guide, error) {
	if err := settings.Validate(); err != nil {
		return nil, nil, chat.Guide{}, err
	}
	set, err := starter.Load(settings.Trade)
	if err != nil {
		return nil, nil, chat.Guide{}, err
	}
	site := &chat.Site{ID: chat.NewID(), Key: key, SiteSettings: settings}
	secret := &chat.IdentitySecret{KID: chat.NewID(), Secret: chat.NewSecret()}
	return site, secret, set.For(site.ID, set.Origin(), chat.SystemClock()), nil
}

// addSite makes a site that nobody has set up yet.
func (d *Door) addSite(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Name string `json:"name"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	done, err := d.settle(c.UserContext())
	if err != nil {
		return nil, err
	}
	defer done()
	all, err := d.Store.Sites(c.UserContext())
	if err != nil {
		return nil, err
	}
	if len(all) >= maxSitesMade {
		return nil, chat.Fail(chat.Conflict, "There are %d sites here, and no more than that.", len(all))
	}
	site, secret, guide, err := NewSite(chat.NewSiteKey(), chat.DefaultSettings(r.Name))
	if err != nil {
		return nil, err
	}
	line := chat.AuditEntry{By: me.agent.ID, Action: "site.created", Object: site.ID, Detail: "console"}
	if err := d.Store.InsertSite(c.UserContext(), site, secret, guide, line); err != nil {
		return nil, err
	}
	if err := d.follow(c.UserContext(), site.ID); err != nil {
		return nil, err
	}
	d.tellTeam(site.ID, "site")
	return d.showSite(c.UserContext(), site)
}

// follow lets the consoles that are open hear of a site that was made since.
func (d *Door) follow(ctx context.Context, siteID string) error {
	topic := hub.SiteTopic(siteID)
	for _, m := range d.Hub.Team() {
		a, err := d.Store.Agent(ctx, m.ID)
		if err != nil {
			return err
		}
		if !a.May(chat.ReadConversations) {
			continue
		}
		for _, conn := range d.Hub.ConnsOf(m.ID) {
			d.Hub.Subscribe(conn, topic, false)
		}
	}
	return nil
}
