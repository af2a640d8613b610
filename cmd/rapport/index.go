package main

import (
	"context"
	"time"

	"rapport/storage"
)

const (
	// indexEvery is how often a server looks for what search has not read yet. A
	// search reads it by itself, so this only keeps that short.
	indexEvery = 2 * time.Second
	// busyEvents between two looks show that messages pour in: search waits, so that
	// they do not.
	busyEvents = 500
	// mostUnread is how much may wait however busy it is.
	mostUnread = 500_000
	// indexRest is left to others between two readings of a few milliseconds.
	indexRest = 5 * time.Millisecond
)

// indexWords reads what was said into the index of search until ctx ends. How far
// it has come stands in the database.
func (s *server) indexWords(ctx context.Context) {
	var last int64
	s.repeat(ctx, indexEvery, "search cannot read what was said", func(ctx context.Context) error {
		lag, err := s.store.IndexLag(ctx)
		if err != nil {
			return err
		}
		came := lag.All - last
		first := last == 0
		last = lag.All
		if tooBusy(came, lag.New) && !first {
			return nil
		}
		return s.indexSome(ctx, lag)
	})
}

// tooBusy reports whether reading had better wait: so many events have come since
// the last look, so many are unread.
func tooBusy(came, unread int64) bool { return came > busyEvents && unread < mostUnread }

// indexSome reads until nothing is left or the next look is due; in haste, what is
// too much. The few events that come while it reads wait for the next look: a
// reading is a transaction, as dear for one event as for many.
func (s *server) indexSome(ctx context.Context, lag storage.IndexLag) error {
	haste, unread := lag.New > mostUnread, lag.New+lag.Old
	for end := time.Now().Add(indexEvery); ctx.Err() == nil && time.Now().Before(end); unread -= storage.IndexBatch {
		if unread < 0 {
			lag, err := s.store.IndexLag(ctx)
			if err != nil || lag.New > 0 && lag.New < storage.IndexBatch {
				return err
			}
		}
		more, err := s.store.IndexNext(ctx)
		if err != nil || !more {
			return err
		}
		if !haste {
			time.Sleep(indexRest)
		}
	}
	return ctx.Err()
}
