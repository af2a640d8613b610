package hub

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// rowsEvery is the least time between two rows frames of one site.
const rowsEvery = 100 * time.Millisecond

// rowTime is what each changed row adds to the time until the next frame: no
// eye follows more than 500 changed rows a second, and a busy site would spend
// its processor on them.
const rowTime = 2 * time.Millisecond

// rowsPerFrame bounds a frame, at about 500 bytes a row.
const rowsPerFrame = 100

// rowsPerRound bounds what is sent at once, at about 200 KB: thousands of
// conversations may change in one moment, and a console that reads as fast as it
// can must not be dropped for it.
const rowsPerRound = 4 * rowsPerFrame

// Rows reads list rows for the consoles. Counts.Mine is -1: the frame is shared
// by all agents.
type Rows interface {
	RowsByID(ctx context.Context, siteID string, ids []string) ([]chat.Row, chat.Counts, error)
}

// rowFeed gathers which conversations changed, per site, and turns them into
// rows frames.
type rowFeed struct {
	read Rows
	wake chan struct{}

	mu    sync.Mutex
	sites map[string]*siteRows
}

type siteRows struct {
	dirty   map[string]struct{}
	seq     int64     // last site_seq that was published
	pending rowJob    // what was dirty when the last rounds began and is not yet sent
	sent    int64     // last site_seq that a frame ended with
	next    time.Time // not before
}

func newRowFeed(read Rows) *rowFeed {
	return &rowFeed{read: read, wake: make(chan struct{}, 1), sites: make(map[string]*siteRows)}
}

// touch notes the conversations of a batch.
func (f *rowFeed) touch(events []chat.Event) {
	f.mu.Lock()
	fresh := false
	for i := range events {
		e := &events[i]
		s := f.site(e.SiteID)
		fresh = fresh || len(s.dirty) == 0
		s.dirty[e.ConversationID] = struct{}{}
		s.seq = max(s.seq, e.SiteSeq)
	}
	f.mu.Unlock()
	if fresh { // else the feed knows already when to look
		f.rouse()
	}
}

func (f *rowFeed) site(id string) *siteRows {
	s := f.sites[id]
	if s == nil {
		s = &siteRows{dirty: make(map[string]struct{})}
		f.sites[id] = s
	}
	return s
}

func (f *rowFeed) rouse() {
	select {
	case f.wake <- struct{}{}:
	default: // it is awake already
	}
}

// TouchRows sends the rows of conversations that changed without an event: read
// marks and counts of unread messages.
func (h *Hub) TouchRows(siteID string, conversationIDs ...string) {
	if h.presence.alone() {
		h.touchRows(siteID, conversationIDs)
	} else if len(conversationIDs) > 0 && !h.send(Signal{Rows: conversationIDs, Site: siteID}) {
		h.presence.touch(siteID, conversationIDs)
	}
}

// touchRows is TouchRows for this server's consoles.
func (h *Hub) touchRows(siteID string, conversationIDs []string) {
	f := h.rows
	f.mu.Lock()
	s := f.site(siteID)
	for _, id := range conversationIDs {
		s.dirty[id] = struct{}{}
	}
	f.mu.Unlock()
	f.rouse()
}

// feedRows is the goroutine behind the lists of all consoles.
func (h *Hub) feedRows() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case <-h.rows.wake:
		case <-timer.C:
		case <-h.ctx.Done():
			return
		}
		wait := time.Hour
		for _, j := range h.rows.due(&wait) {
			h.sendRows(j)
		}
		timer.Reset(wait)
	}
}

// rowJob is one site's share of a round. A job that is not the last of what
// changed together ends where it starts, so that only the last carries the stream on.
type rowJob struct {
	site      string
	ids       []string
	from, seq int64
}

// due takes what may be sent now; wait becomes the time until the next.
func (f *rowFeed) due(wait *time.Duration) (jobs []rowJob) {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := time.Now()
	for id, s := range f.sites {
		if !s.any() {
			continue
		}
		if !now.Before(s.next) {
			j := s.take(id)
			s.next = now.Add(max(rowsEvery, time.Duration(len(j.ids))*rowTime))
			jobs = append(jobs, j)
		}
		if s.any() {
			*wait = min(*wait, s.next.Sub(now))
		}
	}
	return jobs
}

func (s *siteRows) any() bool { return len(s.pending.ids)+len(s.dirty) > 0 }

// take parts the next round from what is pending. What changes meanwhile waits
// until all of that is sent, so that no row is overtaken for ever.
func (s *siteRows) take(site string) rowJob {
	if len(s.pending.ids) == 0 {
		s.pending = rowJob{site, slices.Sorted(maps.Keys(s.dirty)), s.sent, s.seq}
		clear(s.dirty)
	}
	j := s.pending
	if len(j.ids) > rowsPerRound {
		j.ids, s.pending.ids = j.ids[:rowsPerRound], j.ids[rowsPerRound:]
		j.seq = j.from
		return j
	}
	s.sent, s.pending = j.seq, rowJob{}
	return j
}

// sendRows reads the rows and sends them. When the store fails the numbers
// still advance, so listeners find the gap and resume.
func (h *Hub) sendRows(j rowJob) {
	name := SiteTopic(j.site)
	t := h.topics.find(name)
	if t == nil || h.rows.read == nil {
		return
	}
	rows, counts, err := h.rows.read.RowsByID(h.ctx, j.site, j.ids)
	if err != nil {
		if h.ctx.Err() == nil {
			h.log.Error("rows not read", "site", j.site, "error", err)
		}
		t.raise(j.seq)
		return
	}
	out := &fan{hub: h}
	for len(rows) > rowsPerFrame {
		// Only the last frame carries the stream on; those before it are as good
		// in any order.
		out.spread(name, &parcel{frame: textFrame(wire.Rows(j.site, j.from, j.from, rows[:rowsPerFrame], counts))}, nil)
		rows = rows[rowsPerFrame:]
	}
	seq := max(j.seq, j.from)
	p := &parcel{first: j.from + 1, last: seq}
	p.cut = func(after int64) []byte {
		return wire.Rows(j.site, after, max(after, seq), rows, counts)
	}
	out.spread(name, p, nil)
	out.flush()
}
