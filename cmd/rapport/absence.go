package main

import "context"

// handOn gives the promises of agents who are away to whoever answers meanwhile,
// until ctx ends. Who is away stands in the database, so that a restart goes on
// where it stopped, and what was handed on is not found again.
func (s *server) handOn(ctx context.Context) {
	s.repeat(ctx, remindEvery, "cannot hand promises on", s.agents.HandOn)
}
