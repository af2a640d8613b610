package main

import (
	"context"
	"errors"
	"time"

	"rapport/hub/desk"
	"rapport/storage"
)

// followUps say what customers hear a day or two later. Which were said stands in
// the database, in the transaction of the message.
type followUps struct {
	store *storage.Store
	desk  *desk.Desk
}

// sendFollowUps says the follow-ups that are due until ctx ends.
func (s *server) sendFollowUps(ctx context.Context) {
	f := followUps{s.store, s.desk}
	tick := time.NewTicker(remindEvery)
	defer tick.Stop()
	for {
		if err := f.send(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("cannot follow up", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// send says what is due now; one that fails keeps none of the others, and is
// claimed again when its lease is over.
func (f followUps) send(ctx context.Context) error {
	due, err := f.store.ClaimFollowUps(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, id := range due {
		failed = errors.Join(failed, f.desk.SendFollowUp(ctx, id))
	}
	return failed
}
