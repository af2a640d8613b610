package main

import (
	"context"

	"rapport/hub/chat"
	"rapport/hub/cycle/starter"
	"rapport/storage"
)

// newSite makes a site with the starter guide of its trade. how it came about goes
// into the audit log.
func newSite(ctx context.Context, store *storage.Store, settings chat.SiteSettings, how string) (*chat.Site, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	set, err := starter.Load(settings.Trade)
	if err != nil {
		return nil, err
	}
	site := &chat.Site{ID: chat.NewID(), Key: newSiteKey(), SiteSettings: settings}
	secret := &chat.IdentitySecret{KID: chat.NewID(), Secret: chat.NewSecret()}
	line := chat.AuditEntry{Action: "site.created", Object: site.ID, Detail: how}
	return site, store.InsertSite(ctx, site, secret, set.For(site.ID, set.Origin(), chat.SystemClock()), line)
}

// newSiteKey is public and short enough to read aloud: 12 letters and digits.
func newSiteKey() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	key := make([]byte, 0, 12)
	for _, c := range []byte(chat.NewSecret()) {
		if len(key) == cap(key) {
			break
		}
		key = append(key, letters[int(c)%len(letters)])
	}
	return string(key)
}

// firstSite returns the oldest site, making one on a new installation: that of
// the demonstration shop on a trial, a plain one otherwise.
func firstSite(ctx context.Context, store *storage.Store, demo bool, origins []string) (*chat.Site, error) {
	sites, err := store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	if len(sites) > 0 {
		return &sites[0], nil
	}
	settings := chat.DefaultSettings("Chat with us")
	if demo {
		settings = chat.DefaultSettings("Kiln & Wick")
		settings.Color = "#9a4a2c"
		settings.AllowedOrigins = origins
	}
	return newSite(ctx, store, settings, "first start")
}
