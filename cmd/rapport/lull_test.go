package main

import (
	"path/filepath"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage"
)

// Who writes while nobody is there is told once, also over a restart, and not
// before consoles had time to come back.
func TestWhoWaitsIsToldOnce(t *testing.T) {
	now := chat.At(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	clock := func() chat.Time { return now }
	path := filepath.Join(t.TempDir(), "rapport.db")
	h := hub.New(hub.Options{})
	defer func() { _ = h.Drain(t.Context()) }()
	var v *lulls
	open := func() *lulls {
		t.Helper()
		heard := func(events []chat.Event) { v.Hear(events) }
		store, err := storage.Open(t.Context(), storage.Options{DSN: path, Key: make([]byte, 32), Clock: clock, Publish: heard})
		if err != nil {
			t.Fatal(err)
		}
		return &lulls{store: store, desk: desk.New(store, time.UTC, nil), hub: h, clock: clock, began: now, heard: map[string]bool{}}
	}
	v = open()
	site := &chat.Site{ID: chat.NewID(), Key: "lulls", SiteSettings: chat.DefaultSettings("Shop")}
	if err := v.store.InsertSite(t.Context(), site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}); err != nil {
		t.Fatal(err)
	}
	visitor, err := v.desk.Visit(t.Context(), desk.Visit{SiteID: site.ID, Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	who := chat.Actor{Kind: chat.ByPerson, ID: visitor.Person.ID, Site: site.ID}
	p, err := v.desk.Post(t.Context(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-1", Text: "Hello?"})
	if err != nil {
		t.Fatal(err)
	}
	said := func() (n int) {
		t.Helper()
		if _, err := v.attend(t.Context()); err != nil {
			t.Fatal(err)
		}
		events, err := v.store.EventsAfter(t.Context(), p.Message.ConversationID, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if e.Message != nil && e.Message.Kind == chat.Auto {
				n++
			}
		}
		return n
	}
	if n := said(); n != 0 {
		t.Errorf("said %d times at once", n)
	}
	if err := v.store.Close(); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour)
	v = open()
	if n := said(); n != 0 {
		t.Errorf("said %d times right after a restart: the consoles are coming back", n)
	}
	for range 3 {
		now = now.Add(10 * time.Minute)
		if n := said(); n != 1 {
			t.Errorf("said %d times while nobody is there", n)
		}
	}
	if err := v.store.Close(); err != nil {
		t.Fatal(err)
	}
	v = open()
	now = now.Add(time.Minute)
	if n := said(); n != 1 {
		t.Errorf("said %d times after a restart", n)
	}
	// Whoever is heard of need not be searched for.
	second, err := v.desk.Visit(t.Context(), desk.Visit{SiteID: site.ID, Locale: "en"})
	if err != nil {
		t.Fatal(err)
	}
	who.ID = second.Person.ID
	v.searched = now
	if p, err = v.desk.Post(t.Context(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-2", Text: "Anybody?"}); err != nil {
		t.Fatal(err)
	}
	if n := said(); n != 0 {
		t.Errorf("a second customer was told %d times at once", n)
	}
	now = now.Add(time.Minute)
	v.searched = now
	if n := said(); n != 1 {
		t.Errorf("a second customer was told %d times after a minute", n)
	}
	_ = v.store.Close()
}
