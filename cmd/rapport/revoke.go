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
	tick := time.NewTicker(revocationTail)
	defer tick.Stop()
	last := chat.SystemClock()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now := chat.SystemClock()
		ended, err := s.store.SessionsRevokedSince(ctx, last.Add(-overlap))
		if err != nil {
			if ctx.Err() == nil {
				s.log.Warn("cannot read ended sessions", "err", err)
			}
			continue
		}
		for _, id := range ended {
			s.hub.Kick(id, hub.Revoked)
		}
		last = now
	}
}
