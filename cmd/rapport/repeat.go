package main

import (
	"context"
	"time"
)

// repeat does something at once and then every so often until ctx ends. What fails
// is told in the log with these words, and tried again the next time.
func (s *server) repeat(ctx context.Context, every time.Duration, words string, do func(context.Context) error) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn(words, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
