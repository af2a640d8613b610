package main

import (
	"context"
	"time"

	"rapport/hub/chat"
	"rapport/hub/visitors"
)

// lookAround makes the list of who looks around on the sites, for both doors.
func (s *server) lookAround() *visitors.List { return visitors.New(chat.SystemClock, s.c.perIP) }

// forgetAround takes visits that are over out of the list, looked at or not, until ctx
// ends.
func (s *server) forgetAround(ctx context.Context) {
	s.repeat(ctx, time.Minute, "cannot forget visits", func(context.Context) error {
		s.around.Sweep()
		return nil
	})
}
