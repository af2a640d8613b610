package storage

import (
	"context"
	"fmt"
	"time"
)

// doubt notes how far the streams of the sites in a transaction had come before it,
// where nobody can know whether it was committed: the connection broke before the
// answer came. Its units are refused, and whoever sends them again learns what is
// stored, but those who only listen would have a gap until the next beat.
func (w *writer) doubt(t *tx) {
	for id, h := range t.heads {
		before := h.seq
		for i := range t.events {
			if t.events[i].SiteID == id {
				before--
			}
		}
		if known, ok := w.doubted[id]; !ok || before < known {
			w.doubted[id] = before
		}
	}
}

// clearDoubt publishes what was committed after all. It comes before anything new is, so
// that everybody hears things in their order.
func (w *writer) clearDoubt() error {
	if len(w.doubted) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for id, after := range w.doubted {
		events, err := w.s.events(ctx, all, stored, id, after, maxBatch*maxEach)
		if err != nil {
			return fmt.Errorf("read what was stored: %w", err)
		}
		delete(w.doubted, id)
		if len(events) > 0 {
			w.s.opt.Publish(events)
		}
	}
	return nil
}

const stored = `e.site_id = $1 AND e.site_seq > $2 ORDER BY e.site_seq LIMIT $3`

// maxEach is more events than a unit of work appends.
const maxEach = 64
