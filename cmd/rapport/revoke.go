package main

import (
	"context"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

// revocationTail is how often a server looks for sign-ins that another process
// ended (a command line, later another server). Its own end at once.
const revocationTail = 2 * time.Second

// overlap covers clocks and commits that lag behind what was looked at last.
const overlap = 5 * time.Second

// tailRevocations closes the sockets of ended sign-ins until ctx ends.
func (s *server) tailRevocations(ctx context.Context) {
	last := chat.SystemClock()
	s.repeat(ctx, revocationTail, "cannot read ended sessions", func(ctx context.Context) error {
		now := chat.SystemClock()
		ended, err := s.store.SessionsRevokedSince(ctx, last.Add(-overlap))
		if err != nil {
			return err
		}
		for _, id := range ended {
			s.hub.Kick(id, hub.Revoked)
		}
		last = now
		return nil
	})
}
