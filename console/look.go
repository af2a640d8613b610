package console

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/static"
)

// previewSite shows a site's chat as it would be with a change that is not saved.
func (d *Door) previewSite(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r siteChange
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteOf(c)
	if err != nil {
		return nil, err
	}
	r.apply(&site.SiteSettings)
	if err := d.checkSite(c.UserContext(), site); err != nil {
		return nil, err
	}
	key, err := d.Previews.Keep(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"key": key, "url": d.WidgetURL + "/preview?site=" + key}, nil
}

// checkSite cleans a site's settings and holds them to what this server has:
// languages of the chat, holidays, words that can be said, and the site's own pictures.
func (d *Door) checkSite(ctx context.Context, site *chat.Site) error {
	if err := checkWaiting(site); err != nil {
		return err
	}
	for _, tag := range site.Look.Locales {
		if !slices.Contains(static.Locales(), tag) {
			return chat.FailField("locales", "The chat does not speak %q; it speaks %v.", tag, static.Locales())
		}
	}
	if site.Look.Picture == "" {
		return nil
	}
	_, err := d.Store.Picture(ctx, site.ID, site.Look.Picture)
	if chat.Is(err, chat.NotFound) {
		return chat.FailField("picture", "This picture is not here any more. Choose it again.")
	}
	return err
}

// addPicture takes a picture in, for settings to name. Until they do no chat shows it,
// though whoever knows its name, a checksum, is given it.
func (d *Door) addPicture(c *fiber.Ctx, _ *signedIn) (any, error) {
	in, err := door.Upload(c)
	if err != nil {
		return nil, err
	}
	defer in.Drain()
	id, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	png, err := files.Picture(in.Body)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(png)
	p := chat.Picture{SiteID: id, Name: hex.EncodeToString(sum[:]), PNG: png}
	if err := d.Store.AddPicture(c.UserContext(), &p); err != nil {
		return nil, err
	}
	return fiber.Map{"name": p.Name, "url": d.WidgetURL + "/v1/widget/sites/" + id + "/pictures/" + p.Name}, nil
}
