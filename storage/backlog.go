package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// Backlog is what waits to be done on all sites together.
type Backlog struct {
	Waiting int64     // conversations in a queue
	Live    int64     // conversations that are waiting or open
	Snoozed int64     // conversations that sleep
	Letters int64     // letters that are due
	Since   chat.Time // when the first of these was due, zero for none
}

// Backlog counts what waits. It reads a row of each site and the letters that are due.
func (s *Store) Backlog(ctx context.Context) (b Backlog, err error) {
	db := s.read(ctx)
	err = db.QueryRow(`SELECT coalesce(sum(queue), 0), coalesce(sum(live), 0), coalesce(sum(snoozed), 0) FROM site_head`).Scan(&b.Waiting, &b.Live, &b.Snoozed)
	if err != nil {
		return b, fmt.Errorf("count what waits: %w", err)
	}
	err = db.QueryRow(`SELECT count(*), coalesce(min(due_at), 0) FROM mail WHERE waiting = 1 AND due_at <= $1`, s.opt.Clock()).Scan(&b.Letters, &b.Since)
	if err != nil {
		return b, fmt.Errorf("count letters: %w", err)
	}
	return b, nil
}
