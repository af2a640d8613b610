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

// What is due is said once, also over a restart, and nothing before it is due.
func TestFollowUpsAreSaidOnce(t *testing.T) {
	now := chat.At(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC))
	path := filepath.Join(t.TempDir(), "rapport.db")
	h := hub.New(hub.Options{})
	defer func() { _ = h.Drain(t.Context()) }()
	open := func() followUps {
		t.Helper()
		store, err := storage.Open(t.Context(), storage.Options{DSN: path, Key: make([]byte, 32), Clock: func() chat.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		return followUps{store, desk.New(store, time.UTC, nil), h}
	}
	f := open()
	_, ben, promise := promising(t, f.store, now.Add(2*time.Hour))
	p, err := f.store.Promise(t.Context(), promise)
	if err != nil {
		t.Fatal(err)
	}
	who := chat.Actor{Kind: chat.ByAgent, ID: ben, Role: chat.AgentRole}
	if _, err := f.desk.PlanFollowUp(t.Context(), who, p.ConversationID, chat.FollowUp{Text: "How was the party?", DueAt: now.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	said := func() (n int) {
		t.Helper()
		if err := f.send(t.Context()); err != nil {
			t.Fatal(err)
		}
		events, err := f.store.EventsAfter(t.Context(), p.ConversationID, 0)
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
		t.Errorf("said %d times before it was due", n)
	}
	now = now.Add(time.Hour)
	if n := said(); n != 1 {
		t.Errorf("said %d times when it was due", n)
	}
	if err := f.store.Close(); err != nil {
		t.Fatal(err)
	}
	f = open()
	defer func() { _ = f.store.Close() }()
	now = now.Add(time.Hour)
	if n := said(); n != 1 {
		t.Errorf("said %d times after a restart", n)
	}
}
