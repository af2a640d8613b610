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

// overlap is looked at again each time: whoever ended a sign-in may have a clock that
// is so far behind this one's.
const overlap = time.Hour

// tailRevocations closes the sockets of ended sign-ins until ctx ends.
func (s *server) tailRevocations(ctx context.Context) {
	last, told := chat.SystemClock(), map[string]bool{}
	s.repeat(ctx, revocationTail, "cannot read ended sessions", func(ctx context.Context) error {
		now := chat.SystemClock()
		ended, err := s.store.SessionsRevokedSince(ctx, last.Add(-overlap))
		if err != nil {
			return err
		}
		before := told
		told = make(map[string]bool, len(ended))
		for _, id := range ended {
			told[id] = true
			if !before[id] {
				s.hub.Kick(id, hub.Revoked)
			}
		}
		last = now
		return nil
	})
}
