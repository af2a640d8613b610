package main

import (
	"path/filepath"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/hubtest"
	"rapport/storage"
)

// Every console of the site hears of a promise that falls due, before it does,
// when it does and when it has been late; each once, also over a restart.
func TestConsolesAreRemindedOfPromises(t *testing.T) {
	now := chat.At(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	clock := func() chat.Time { return now }
	path := filepath.Join(t.TempDir(), "rapport.db")
	open := func() *storage.Store {
		t.Helper()
		store, err := storage.Open(t.Context(), storage.Options{DSN: path, Key: make([]byte, 32), Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		return store
	}
	store := open()
	site, ben, id := promising(t, store, now.Add(2*time.Hour))
	h := hub.New(hub.Options{Rows: store})
	defer func() { _ = h.Drain(t.Context()) }()
	console := hubtest.Dial(t, h, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		h.Subscribe(c, hub.SiteTopic(site), false)
		return c.Write([]byte(`{"type":"hello"}`))
	}}, hub.AgentLimits())
	console.Text(t, `{}`)
	console.JSON(t, "hello", &struct{}{})

	for _, step := range []struct {
		after time.Duration
		what  string
	}{{time.Hour, ""}, {30 * time.Minute, "soon"}, {time.Minute, ""}, {30 * time.Minute, "late"}, {15 * time.Minute, "escalated"}, {time.Hour, ""}} {
		now = now.Add(step.after)
		for range 2 {
			if err := (reminders{store, h, clock}).tell(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if step.what == "" {
			continue
		}
		h.Broadcast(hub.SiteTopic(site), []byte(`{"type":"mark"}`), nil)
		var got struct {
			What    string
			Promise struct {
				ID    string
				Owner chat.AgentCard
			}
		}
		console.JSON(t, "promise", &got)
		if got.What != step.what || got.Promise.ID != id || got.Promise.Owner.ID != ben {
			t.Errorf("after %s more: %+v, want %s", step.after, got, step.what)
		}
		if next := console.Receive(t); string(next.Payload) != `{"type":"mark"}` {
			t.Errorf("told more than once: %s", next.Payload)
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		store = open()
	}
	_ = console.Close() // so that the hub need not wait for it
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// promising makes a promise that is due then, by an agent of a new site.
func promising(t *testing.T, store *storage.Store, due chat.Time) (site, agent, promise string) {
	t.Helper()
	s := &chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Shop")}
	a := &chat.Agent{ID: chat.NewID(), Email: "ben@example.org", Name: "Ben", Role: chat.AgentRole}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(store.InsertSite(t.Context(), s, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	must(store.InsertAgent(t.Context(), a))
	d := desk.New(store, time.UTC, nil)
	v, err := d.Visit(t.Context(), desk.Visit{SiteID: s.ID})
	must(err)
	who := chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: s.ID}
	said, err := d.Post(t.Context(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: "client-1", Text: "Where is my order?"})
	must(err)
	p, err := d.MakePromise(t.Context(), chat.Actor{Kind: chat.ByAgent, ID: a.ID, Role: a.Role}, chat.Promise{
		ConversationID: said.Message.ConversationID, ClientID: "client-2", Whose: chat.Ours, Text: "Call back", DueAt: due,
	})
	must(err)
	return s.ID, a.ID, p.ID
}
