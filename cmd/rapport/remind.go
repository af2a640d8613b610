package main

import (
	"context"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/wire"
	"rapport/storage"
)

// remindEvery is how often a server looks for promises that are due: a reminder
// may be late by so much.
const remindEvery = 5 * time.Second

// reminders tell a site's consoles of promises that fall due. Which were told
// stands in the database, so that a restart neither loses nor repeats one.
type reminders struct {
	store *storage.Store
	hub   *hub.Hub
	clock chat.Clock
}

// tellReminders gives the reminders that are due until ctx ends.
func (s *server) tellReminders(ctx context.Context) {
	r := reminders{s.store, s.hub, chat.SystemClock}
	s.repeat(ctx, remindEvery, "cannot remind of promises", r.tell)
}

// tell gives what is due now. It is told first and noted then: after a crash in
// between it is told again, which is better than never.
func (r reminders) tell(ctx context.Context) error {
	due, err := r.store.ClaimReminders(ctx)
	if err != nil {
		return err
	}
	for i := range due {
		p := &due[i]
		was := p.RemindAt
		what := p.Remind(r.clock())
		r.hub.Broadcast(hub.SiteTopic(p.SiteID), wire.PromiseFrame(p, what), nil)
		if err := r.store.Reminded(ctx, p.ID, was, what, p.RemindAt); err != nil {
			return err
		}
	}
	return nil
}
