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
	// agedPause lies between two steps, so that a first run of a hundred thousand leaves
	// the writer to those who write: it takes half an hour.
	agedPause = 300 * time.Millisecond
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
	failed := errors.Join(s.eraseOldNotes(ctx), s.forgetShowings(ctx))
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

// forgetShowings forgets invitations that nobody answered, step by step.
func (s *server) forgetShowings(ctx context.Context) error {
	for {
		more, err := s.store.ForgetShowings(ctx)
		if err != nil || !more {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(agedPause):
		}
	}
}

// eraseAgedOf goes on step by step until nothing of a site is too old.
func (s *server) eraseAgedOf(ctx context.Context, siteID string) error {
	for {
		gone, err := s.desk.EraseAged(ctx, siteID)
		if err != nil {
			return err
		}
		for _, person := range gone.People { // an open chat hears anew what there is
			s.hub.Kick(person, hub.Merged)
		}
		if gone.Conversations < desk.AgedAtOnce {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(agedPause):
		}
	}
}
