package main

import (
	"context"
	"errors"
	"time"

	"rapport/hub"
	"rapport/hub/desk"
)

const (
	// agedEvery is how often a server looks for conversations that are too old.
	agedEvery = time.Hour
	// agedPause lies between two steps, so that a first run of a hundred thousand leaves
	// the writer to those who write: it takes half an hour.
	agedPause = 300 * time.Millisecond
)

// eraseAged erases conversations that sites keep no longer, until ctx ends.
func (s *server) eraseAged(ctx context.Context) {
	s.repeat(ctx, agedEvery, "cannot erase old conversations", func(ctx context.Context) error {
		sites, err := s.store.Sites(ctx)
		if err != nil {
			return err
		}
		var failed error
		for i := range sites {
			if sites[i].Retention.Months > 0 {
				failed = errors.Join(failed, s.eraseAgedOf(ctx, sites[i].ID))
			}
		}
		return failed
	})
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
