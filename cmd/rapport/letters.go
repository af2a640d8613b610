package main

import (
	"context"
	"time"

	"rapport/hub/chat"
	"rapport/hub/mail"
)

// writeLetters writes to customers who have left until ctx ends, where a mail
// server is set up.
func (s *server) writeLetters(ctx context.Context) {
	if s.c.mail == nil {
		return
	}
	away := mail.AwayFor
	if s.c.limits == "bench" {
		away = time.Second
	}
	mail.New(mail.Options{
		Store: s.store, Presence: s.hub, Server: s.c.mail, URL: s.widget, Zone: time.Local, Away: away, Clock: chat.SystemClock, Log: s.log,
	}).Run(ctx)
}
