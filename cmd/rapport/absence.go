package main

import (
	"context"
	"time"
)

// handOn gives the promises of agents who are away to whoever answers meanwhile,
// until ctx ends. Who is away stands in the database, so that a restart goes on
// where it stopped, and what was handed on is not found again.
func (s *server) handOn(ctx context.Context) {
	tick := time.NewTicker(remindEvery)
	defer tick.Stop()
	for {
		if err := s.agents.HandOn(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("cannot hand promises on", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
