package main

import (
	"context"
	"errors"

	"rapport/hub/chat"
)

// wakeSleepers ends the sleep of conversations whose time has come, until ctx ends.
// Until when stands in the database, so that a restart loses none.
func (s *server) wakeSleepers(ctx context.Context) {
	s.repeat(ctx, remindEvery, "cannot wake conversations", func(ctx context.Context) error { return s.wakeDue(ctx, chat.SystemClock()) })
}

// wakeDue wakes what is due now; one that fails keeps none of the others.
func (s *server) wakeDue(ctx context.Context, now chat.Time) error {
	due, err := s.store.DueSnoozes(ctx, now)
	if err != nil {
		return err
	}
	var failed error
	for _, id := range due {
		_, err := s.desk.WakeDue(ctx, id)
		failed = errors.Join(failed, err)
	}
	return failed
}
