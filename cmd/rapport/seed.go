package main

import (
	"context"
	"slices"

	"rapport/console"
	"rapport/hub/chat"

	"rapport/storage"
)

// newSite makes a site under a public key, with the starter guide of its trade. how it came about goes
// into the audit log.
func newSite(ctx context.Context, store *storage.Store, key string, settings chat.SiteSettings, how string) (*chat.Site, error) {
	site, secret, guide, err := console.NewSite(key, settings)
	if err != nil {
		return nil, err
	}
	line := chat.AuditEntry{Action: "site.created", Object: site.ID, Detail: how}
	return site, store.InsertSite(ctx, site, secret, guide, line)
}

// byStart is what the audit log says of sites that the server made itself.
const byStart = "first start"

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
		if sites[i].Demo() && (trial || ours) {
			return &sites[i], nil
		}
	}
	settings := chat.DefaultSettings("Kiln & Wick")
	settings.Color = "#9a4a2c"
	settings.Start = chat.Start{} // nobody sets it up
	settings.AllowedOrigins = origins
	return newSite(ctx, store, chat.DemoMark+chat.NewSiteKey()[len(chat.DemoMark):], settings, byStart)
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
	return newSite(ctx, store, chat.NewSiteKey(), chat.DefaultSettings("Chat with us"), byStart)
}
