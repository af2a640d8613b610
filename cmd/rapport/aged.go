package main

import (
	"context"
	"errors"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
)

const (
	// agedEvery is how often a server looks for what is too old.
	agedEvery = time.Hour
	// agedAfter is how long it waits after the start.
	agedAfter = 10 * time.Minute
)

// eraseAged erases what sites keep no longer, sensitive notes whose day has come and old
// invitations, until ctx ends. The first time is a while after the start: a clock may be set by then.
func (s *server) eraseAged(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-time.After(agedAfter):
	}
	s.repeat(ctx, agedEvery, "cannot erase what is too old", s.eraseByAge)
}

func (s *server) eraseByAge(ctx context.Context) error {
	if err := s.clock.doubt(chat.SystemClock(), time.Since(s.began)); err != nil {
		return err
	}
	sites, err := s.store.Sites(ctx)
	if err != nil {
		return err
	}
	failed := errors.Join(s.eraseOldNotes(ctx), inSteps(ctx, s.store.ForgetShowings))
	for i := range sites {
		if sites[i].Retention.Months > 0 {
			failed = errors.Join(failed, s.eraseAgedOf(ctx, sites[i].ID))
		}
	}
	return failed
}

// eraseOldNotes erases sensitive notes whose day has come.
func (s *server) eraseOldNotes(ctx context.Context) (err error) {
	for more := true; more && err == nil; {
		more, err = s.store.EraseOldNotes(ctx)
	}
	return err
}

// eraseAgedOf erases what of a site is too old.
func (s *server) eraseAgedOf(ctx context.Context, siteID string) error {
	return inSteps(ctx, func(ctx context.Context) (bool, error) {
		gone, err := s.desk.EraseAged(ctx, siteID)
		if err != nil {
			return false, err
		}
		for _, person := range gone.People { // an open chat hears anew what there is
			s.hub.Kick(person, hub.Merged)
		}
		return gone.Conversations >= desk.AgedAtOnce, nil
	})
}
