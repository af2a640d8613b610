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
	mail.New(mail.Options{
		Store: s.store, Presence: s.hub, Server: s.c.mail, URL: s.widget, Zone: time.Local, Clock: chat.SystemClock, Log: s.log,
	}).Run(ctx)
}
