package storage

import (
	"fmt"
	"maps"
	"slices"

	"rapport/hub/chat"
)

// tx is one transaction of the writer, shared by the closures of a batch.
type tx struct {
	w      *writer
	q      querier
	now    chat.Time
	dirty  bool // the running closure has written something
	events []chat.Event
	born   []string // people whose profile it made, where said is kept
	heads  map[string]*head
	// What this transaction has read or written, by id; it becomes the cache
	// when the commit has succeeded.
	conversations map[string]chat.Conversation
	matters       map[string]chat.Matter
	touched       map[string]struct{} // see turns; nil where this server writes alone
}

// head is a site's stream within this transaction.
type head struct {
	seq                  int64
	queue, live, snoozed int64 // changes to the kept counters
}

var _ chat.Tx = (*tx)(nil)

func newTx(w *writer) *tx {
	t := &tx{w: w, q: w.q, now: w.s.opt.Clock(), heads: map[string]*head{}, conversations: map[string]chat.Conversation{}, matters: map[string]chat.Matter{}}
	if w.s.claim.together() {
		t.touched = map[string]struct{}{}
	}
	return t
}

func (t *tx) Now() chat.Time { return t.now }

func (t *tx) exec(query string, args ...any) error {
	t.dirty = true
	return t.w.q.later(query, args...)
}

// siteNow is the counters of the sites with the last number of each one's stream.
const siteNow = `(SELECT c.site_id, c.queue, c.live, c.snoozed, coalesce((SELECT max(e.site_seq) FROM event e WHERE e.site_id = c.site_id), 0) AS seq FROM site_head c)`

// head locks and returns a site's stream. The lock comes first: what another server
// has written meanwhile is read behind it.
func (t *tx) head(siteID string) (*head, error) {
	if h, ok := t.heads[siteID]; ok {
		return h, nil
	}
	h := &head{}
	if t.w.cache != nil {
		if seq, ok := t.w.cache.heads[siteID]; ok {
			h.seq = seq
			t.heads[siteID] = h
			return h, nil
		}
	}
	if lock := t.w.s.dialect.forUpdate(); lock != "" {
		var id string
		if err := t.q.QueryRow(`SELECT site_id FROM site_head WHERE site_id = $1`+lock, siteID).Scan(&id); err != nil {
			return nil, fmt.Errorf("lock head of site: %w", absent(err))
		}
	}
	if err := t.q.QueryRow(`SELECT seq FROM `+siteNow+` h WHERE site_id = $1`, siteID).Scan(&h.seq); err != nil {
		return nil, fmt.Errorf("read head of site: %w", absent(err))
	}
	t.heads[siteID] = h
	return h, nil
}

// flush writes what is kept once per transaction: the sites' counters that have
// changed.
func (t *tx) flush() error {
	for _, id := range slices.Sorted(maps.Keys(t.heads)) {
		h := t.heads[id]
		if h.queue == 0 && h.live == 0 && h.snoozed == 0 {
			continue
		}
		err := t.exec(`UPDATE site_head SET queue = queue + $1, live = live + $2, snoozed = snoozed + $3 WHERE site_id = $4`, h.queue, h.live, h.snoozed, id)
		if err != nil {
			return err
		}
	}
	return nil
}

// checkpoint is how far a transaction had come before a closure.
type checkpoint struct {
	events int
	heads  map[string]head
}

func (t *tx) mark() checkpoint {
	c := checkpoint{events: len(t.events), heads: make(map[string]head, len(t.heads))}
	for id, h := range t.heads {
		c.heads[id] = *h
	}
	return c
}

// reset goes back to a checkpoint. What was read or written since cannot be told
// from what was before, so all of it is forgotten and read again.
func (t *tx) reset(c checkpoint) {
	t.events = t.events[:c.events]
	clear(t.heads)
	for id, h := range c.heads {
		t.heads[id] = &h
	}
	clear(t.conversations)
	clear(t.matters)
	if t.w.cache != nil {
		t.w.cache.clear()
	}
}

// settle makes what was committed the cache's truth.
func (t *tx) settle() {
	c := t.w.cache
	if c == nil {
		return
	}
	for id, v := range t.conversations {
		keep(c.conversations, id, v)
	}
	for id, m := range t.matters {
		keep(c.matters, id, m)
	}
	for id, h := range t.heads {
		keep(c.heads, id, h.seq)
	}
	c.hear(t.born, t.events)
}
