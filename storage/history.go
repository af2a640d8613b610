package storage

import (
	"errors"
	"fmt"

	"rapport/hub/chat"
)

// ErrBehind is told to Options.Ousted when the database has less than it had
// acknowledged: it was taken back to an earlier state, or a standby has taken over that
// did not have everything.
var ErrBehind = errors.New("the database no longer has everything that it had acknowledged: an earlier state was taken back, or a standby took over that did not have all of it. What is there is served from the next start on, and every client loads it anew")

// remember notes how far each site's stream has come, where another connection may find
// it shorter.
func (w *writer) remember(t *tx) {
	if w.q.pipe == nil {
		return
	}
	for id, h := range t.heads {
		w.reached[id] = h.seq
	}
}

// sameHistory forgets what is in memory, on a new connection, and returns ErrBehind
// where the database is behind what it had acknowledged. Clients would resume into a
// history that is none any more, so that the epoch is another one then.
func (w *writer) sameHistory() error {
	if w.cache != nil {
		w.cache.clear()
	}
	w.turns = turns{}
	for id, head := range w.reached {
		var seq int64
		err := w.q.QueryRow(`SELECT coalesce(max(site_seq), 0) FROM event WHERE site_id = $1`, id).Scan(&seq)
		if err != nil {
			return fmt.Errorf("read how far a site has come: %w", err)
		}
		if seq >= head {
			continue
		}
		if _, err := w.q.Exec(`UPDATE setting SET value = $1 WHERE name = 'epoch'`, chat.NewSecret()); err != nil {
			return fmt.Errorf("renew the epoch: %w", err)
		}
		w.s.opt.Ousted(ErrBehind)
		return ErrBehind
	}
	return nil
}
