package main

import (
	"context"
	"time"

	"rapport/hub/chat"
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
	began := chat.SystemClock()
	s.repeat(ctx, turnEvery, "cannot pass questions on", func(ctx context.Context) error {
		if chat.SystemClock().Sub(began) < turnGrace {
			return nil
		}
		return s.agents.PassGrants(ctx)
	})
}
