package main

import (
	"context"
	"time"
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
	tick := time.NewTicker(indexEvery)
	defer tick.Stop()
	var last int64
	for {
		lag, err := s.store.IndexLag(ctx)
		if err == nil {
			if !tooBusy(lag.All-last, lag.New) || last == 0 {
				err = s.indexSome(ctx, lag.New > mostUnread)
			}
			last = lag.All
		}
		if err != nil && ctx.Err() == nil {
			s.log.Warn("search cannot read what was said", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// tooBusy reports whether reading had better wait: so many events have come since
// the last look, so many are unread.
func tooBusy(came, unread int64) bool { return came > busyEvents && unread < mostUnread }

// indexSome reads until nothing is left or the next look is due; in haste, what is
// too much.
func (s *server) indexSome(ctx context.Context, haste bool) error {
	for end := time.Now().Add(indexEvery); ctx.Err() == nil && time.Now().Before(end); {
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
