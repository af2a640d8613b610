package main

import (
	"path/filepath"
	"testing"

	"rapport/hub/chat"
	"rapport/storage"
)

// The shop signs its pretended customers for anybody, so it never shows a site
// that real pages use.
func TestTheDemonstrationHasASiteOfItsOwn(t *testing.T) {
	ctx := t.Context()
	ours := []string{"https://chat.example.com"}
	open := func() *storage.Store {
		store, err := storage.Open(ctx, storage.Options{DSN: filepath.Join(t.TempDir(), "rapport.db"), Key: make([]byte, 32), Publish: func([]chat.Event) {}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		return store
	}
	sites := func(store *storage.Store, trial bool) (site, demo *chat.Site) {
		t.Helper()
		demo, err := demoSite(ctx, store, trial, ours)
		if err == nil {
			site, err = firstSite(ctx, store, trial, demo)
		}
		if err != nil {
			t.Fatal(err)
		}
		return site, demo
	}

	store := open()
	trial, shown := sites(store, true)
	if trial.ID != shown.ID || !shown.Demo() {
		t.Errorf("a new trial has %s beside %s", trial.Key, shown.Key)
	}
	shown.AllowedOrigins = append(shown.AllowedOrigins, "https://shop.example")
	if err := store.SaveSite(ctx, shown); err != nil {
		t.Fatal(err)
	}
	if _, again := sites(store, true); again.ID != shown.ID {
		t.Error("a trial that was tried on a page begins anew")
	}
	real, other := sites(store, false)
	if real.ID != shown.ID || other.ID == shown.ID {
		t.Error("the demonstration shows a site that real pages use")
	}

	store = open()
	if _, err := newSite(ctx, store, chat.NewSiteKey(), chat.DefaultSettings("Lumen"), byCommand); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if site, demo := sites(store, true); site.Name != "Lumen" || demo.Name != "Kiln & Wick" {
			t.Errorf("the site is %s, the demonstration's %s", site.Name, demo.Name)
		}
	}
	if list, err := store.Sites(ctx); err != nil || len(list) != 2 {
		t.Errorf("%d sites: %v", len(list), err)
	}
}
