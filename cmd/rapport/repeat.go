package main

import (
	"context"
	"time"
)

// inSteps does something until there is no more of it, with a pause after each step that
// leaves the writer to those who write, or until ctx ends.
func inSteps(ctx context.Context, step func(context.Context) (more bool, err error)) error {
	for {
		more, err := step(ctx)
		if err != nil || !more {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(stepPause):
		}
	}
}

// stepPause lies between two steps: a first run of a hundred thousand takes half an hour.
const stepPause = 300 * time.Millisecond

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
