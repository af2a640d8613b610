package main

import (
	"context"
	"errors"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/wire"
	"rapport/storage"
)

// followUps say what customers hear a day or two later. Which were said stands in
// the database, in the transaction of the message.
type followUps struct {
	store *storage.Store
	desk  *desk.Desk
	hub   *hub.Hub
}

// sendFollowUps says the follow-ups that are due until ctx ends.
func (s *server) sendFollowUps(ctx context.Context) {
	f := followUps{s.store, s.desk, s.hub}
	s.repeat(ctx, remindEvery, "cannot follow up", f.send)
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
		held, err := f.desk.SendFollowUp(ctx, id)
		if err == nil && held {
			err = f.tell(ctx, id)
		}
		failed = errors.Join(failed, err)
	}
	return failed
}

// tell lets the consoles know that a follow-up was held back. Who hears nothing of
// it now finds it among their promises.
func (f followUps) tell(ctx context.Context, id string) error {
	h, err := f.store.HeldFollowUp(ctx, id)
	if chat.Is(err, chat.NotFound) {
		return nil // planned anew, or let go
	}
	if err != nil {
		return err
	}
	shown := wire.NewHeldFollowUp(&h.FollowUp, h.PersonID, h.PersonName, h.PersonVerified)
	f.hub.Broadcast(hub.SiteTopic(h.SiteID), wire.FollowUpFrame(h.SiteID, shown), nil)
	return nil
}
