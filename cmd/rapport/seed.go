package main

import (
	"context"
	"slices"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/cycle/starter"
	"rapport/storage"
)

// newSite makes a site under a public key, with the starter guide of its trade. how it came about goes
// into the audit log.
func newSite(ctx context.Context, store *storage.Store, key string, settings chat.SiteSettings, how string) (*chat.Site, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	set, err := starter.Load(settings.Trade)
	if err != nil {
		return nil, err
	}
	site := &chat.Site{ID: chat.NewID(), Key: key, SiteSettings: settings}
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

// byStart is what the audit log says of sites that the server made itself.
const byStart = "first start"

// demoMark begins the keys of demonstration shops and of no other: newSiteKey has
// no o.
const demoMark = "demo"

// demoSite returns the site that the demonstration shop shows, making one where
// there is none. The shop signs its pretended customers for anybody, so it is
// never a site that others' pages use: with a public address, one whose owner has
// let them in is a demonstration no longer.
func demoSite(ctx context.Context, store *storage.Store, trial bool, origins []string) (*chat.Site, error) {
	sites, err := store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		ours := !slices.ContainsFunc(sites[i].AllowedOrigins, func(o string) bool { return !slices.Contains(origins, o) })
		if strings.HasPrefix(sites[i].Key, demoMark) && (trial || ours) {
			return &sites[i], nil
		}
	}
	settings := chat.DefaultSettings("Kiln & Wick")
	settings.Color = "#9a4a2c"
	settings.AllowedOrigins = origins
	return newSite(ctx, store, demoMark+newSiteKey()[len(demoMark):], settings, byStart)
}

// firstSite returns the oldest site but the demonstration's (nil for none). On a new
// installation it makes one, but for a trial, where the demonstration is enough.
func firstSite(ctx context.Context, store *storage.Store, trial bool, demo *chat.Site) (*chat.Site, error) {
	sites, err := store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	for i := range sites {
		if demo == nil || sites[i].ID != demo.ID {
			return &sites[i], nil
		}
	}
	if trial && demo != nil {
		return demo, nil
	}
	return newSite(ctx, store, newSiteKey(), chat.DefaultSettings("Chat with us"), byStart)
}
