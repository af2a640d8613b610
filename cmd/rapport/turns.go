package main

import (
	"context"
	"time"
)

// turnEvery is how often a server looks for questions whose turn is over: a
// supervisor may have so much more time.
const turnEvery = 2 * time.Second

// turnGrace is how long a server waits after its start, so that the consoles are
// back before anybody counts as away.
const turnGrace = 15 * time.Second

// passTurns passes questions on to the next supervisor until ctx ends. Whose turn
// it is and until when stands in the database, so that a restart loses none.
func (s *server) passTurns(ctx context.Context) {
	wait := time.NewTimer(turnGrace)
	defer wait.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		}
		if err := s.agents.PassGrants(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("cannot pass questions on", "err", err)
		}
		wait.Reset(turnEvery)
	}
}
