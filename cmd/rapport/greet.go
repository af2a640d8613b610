package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"rapport/hub/chat"
)

// setupLife is how long a set-up link works. Each start without an owner prints
// a new one and the one before stops working.
const setupLife = 24 * time.Hour

// places tells people and scripts where things are.
type places struct {
	Console string `json:"console"`
	Setup   string `json:"setup,omitempty"`
	Demo    string `json:"demo,omitempty"`
	Widget  string `json:"widget"`
	SiteKey string `json:"site_key"`
	Data    string `json:"data"`
	Store   string `json:"store,omitempty"` // where the database server is
}

// greet prints where to click. The set-up link goes to standard output only,
// never to the log.
func (s *server) greet(ctx context.Context, out io.Writer, asJSON bool) error {
	p := places{Console: s.console + "/console/", Widget: s.widget, SiteKey: s.site.Key, Data: s.data.dir, Store: s.c.where}
	if s.c.showDemo() {
		p.Demo = s.widget + "/demo/"
	}
	done, err := s.store.OwnerExists(ctx)
	if err != nil {
		return err
	}
	if !done {
		token := chat.NewSecret()
		now := chat.SystemClock()
		err := s.store.InsertInvitation(ctx, &chat.Invitation{
			ID: chat.NewID(), TokenHash: chat.HashSecret(token), Role: chat.Owner, CreatedAt: now, ExpiresAt: now.Add(setupLife),
		})
		if err != nil {
			return err
		}
		p.Setup = s.console + "/console/setup#" + token
	}
	if asJSON {
		return json.NewEncoder(out).Encode(p)
	}
	_, err = io.WriteString(out, p.text())
	return err
}

func (p places) text() string {
	t := "\n  Rapport is running.\n\n"
	line := func(name, value string) { t += fmt.Sprintf("  %-10s %s\n", name, value) }
	if p.Setup != "" {
		line("Start here", p.Setup)
		t += "             Opens once, for the owner. Make your account, then answer your first visitor.\n\n"
	}
	line("Console", p.Console)
	if p.Demo != "" {
		line("Demo shop", p.Demo)
	}
	line("Data", p.Data)
	if p.Store != "" {
		line("Database", p.Store)
	}
	return t + "\n  Stop with Ctrl-C.\n\n"
}
