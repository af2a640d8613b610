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
	open := func() *lulls {
		t.Helper()
		store, err := storage.Open(t.Context(), storage.Options{DSN: path, Key: make([]byte, 32), Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		return &lulls{store: store, desk: desk.New(store, time.UTC, nil), hub: h, clock: clock, began: now}
	}
	v := open()
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
		if err := v.attend(t.Context()); err != nil {
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
	_ = v.store.Close()
}
