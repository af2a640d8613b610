package broker

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

// Book is the database that the servers of an installation share.
type Book interface {
	// Streams returns how far each site's stream of events has come.
	Streams(ctx context.Context) (map[string]int64, error)
	// EventsOfSite returns events of a site after a number, oldest first and as many as
	// are well read at once; none where there are no more. What was erased leaves holes,
	// and nothing is ever stored before what was returned once.
	EventsOfSite(ctx context.Context, siteID string, after int64) ([]chat.Event, error)
}

const (
	// lookEvery is how often the book is asked for what no signal has told of.
	lookEvery = time.Second
	// holeTime is what a signal may take longer than one behind it: two servers commit
	// one after the other, and their signals cross.
	holeTime = 2 * time.Millisecond
	// maxHeld bounds what waits for what is before it, of one site. The book has the rest.
	maxHeld = 1024
)

// Ordered makes a book of signals that may be lost, doubled or late: its members get
// every event of every site once and in the order of the site's stream, whichever
// server has committed it. Signals without events pass as they come.
//
// A site's numbers rise by one in the order of its commits, over all servers. So an
// event that has the next number is told at once, one that was told is dropped, and one
// that is ahead waits for the book to be read, which is also asked every second.
type Ordered struct {
	bell    hub.Broker
	book    Book
	log     *slog.Logger
	members *hub.Memory
	wake    chan struct{}

	mu    sync.Mutex // of what follows; never held together with a stream's
	sites map[string]*stream
	holes map[string]bool // sites of which something waits
	look  bool            // all sites are to be looked at

	found  atomic.Int64
	looked atomic.Pointer[time.Time]
}

// Lag is how far a server is behind what others have stored.
type Lag struct {
	Sites  int           // of which something came before its turn, and waits
	Found  int64         // events since the start that the book told of, and no signal in time
	Unseen time.Duration // since all of the book was looked at last
}

// Lag reads the figures; they are not of one instant.
func (o *Ordered) Lag() Lag {
	o.mu.Lock()
	sites := slices.Collect(maps.Values(o.sites))
	o.mu.Unlock()
	lag := Lag{Found: o.found.Load(), Unseen: time.Since(*o.looked.Load())}
	for _, st := range sites {
		if st.waits() {
			lag.Sites++
		}
	}
	return lag
}

var _ hub.Broker = (*Ordered)(nil)

// stream is one site's.
type stream struct {
	mu   sync.Mutex // held while members are told, so that nothing overtakes
	told int64
	held map[int64]chat.Event
}

// NewOrdered begins where the book is now, and needs Run to find what was lost. ring
// makes the bell; what it is given is for Options.Missed. Bell and book stay the
// caller's to close.
func NewOrdered(ctx context.Context, ring func(missed func()) (hub.Broker, error), book Book, log *slog.Logger) (*Ordered, error) {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	o := &Ordered{book: book, log: log, members: hub.NewMemory(), wake: make(chan struct{}, 1), sites: map[string]*stream{}, holes: map[string]bool{}}
	var err error
	if o.bell, err = ring(o.Missed); err != nil {
		return nil, err
	}
	// What is told between the two is of sites that are not known yet: the first look
	// finds it.
	leave := o.bell.Join(o.hear)
	heads, err := book.Streams(ctx)
	if err != nil {
		leave()
		return nil, err
	}
	now := time.Now()
	o.looked.Store(&now)
	o.mu.Lock()
	defer o.mu.Unlock()
	for id, head := range heads {
		o.sites[id] = &stream{told: head}
	}
	return o, nil
}

// Publish sends a signal. This server's members get its events in their place among
// those of other servers, which may be a moment later.
func (o *Ordered) Publish(ctx context.Context, s hub.Signal) error { return o.bell.Publish(ctx, s) }

// Join adds a member on this server.
func (o *Ordered) Join(member func(hub.Signal)) func() { return o.members.Join(member) }

// Missed has all of the book looked at soon.
func (o *Ordered) Missed() {
	o.mu.Lock()
	o.look = true
	o.mu.Unlock()
	o.rouse()
}

func (o *Ordered) rouse() {
	select {
	case o.wake <- struct{}{}:
	default: // it is awake already
	}
}

// hear takes what the bell brings.
func (o *Ordered) hear(s hub.Signal) {
	if len(s.Events) == 0 {
		o.tell(s)
		return
	}
	for _, events := range bySite(s.Events) {
		id := events[0].SiteID
		if st := o.site(id); st == nil {
			o.Missed() // it was made a moment ago: the book knows it
		} else if o.take(st, events) {
			o.hole(id)
		}
	}
}

func (o *Ordered) tell(s hub.Signal) {
	_ = o.members.Publish(context.Background(), s) // it has no error to give
}

func (o *Ordered) site(id string) *stream {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.sites[id]
}

// take tells what comes next, keeps what is ahead, and reports whether anything waits.
func (o *Ordered) take(st *stream, events []chat.Event) (waits bool) {
	st.mu.Lock()
	defer st.mu.Unlock()
	if len(st.held) == 0 && st.follows(events) {
		st.told = events[len(events)-1].SiteSeq
		o.tell(hub.Signal{Events: events})
		return false
	}
	for i := range events {
		if e := &events[i]; e.SiteSeq > st.told && len(st.held) < maxHeld {
			if st.held == nil {
				st.held = map[int64]chat.Event{}
			}
			st.held[e.SiteSeq] = *e
		}
	}
	o.release(st, nil)
	return len(st.held) > 0
}

// follows reports whether events are exactly those that come next.
func (st *stream) follows(events []chat.Event) bool {
	for i := range events {
		if events[i].SiteSeq != st.told+1+int64(i) {
			return false
		}
	}
	return true
}

// release tells run, which may be nil, and those held that follow. The lock is held.
func (o *Ordered) release(st *stream, run []chat.Event) {
	if len(run) > 0 {
		st.told = run[len(run)-1].SiteSeq
	}
	for {
		e, ok := st.held[st.told+1]
		if !ok {
			break
		}
		st.told++
		run = append(run, e)
	}
	maps.DeleteFunc(st.held, func(seq int64, _ chat.Event) bool { return seq <= st.told })
	if len(run) > 0 {
		o.tell(hub.Signal{Events: run})
	}
}

// hole has a site looked at soon.
func (o *Ordered) hole(siteID string) {
	o.mu.Lock()
	known := o.holes[siteID]
	o.holes[siteID] = true
	o.mu.Unlock()
	if !known {
		o.rouse()
	}
}

// Run finds in the book what no signal has told of, until ctx ends.
func (o *Ordered) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		all := false
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			all = true
		case <-o.wake:
			// A storm of holes costs one look for each holeTime, and what was only late
			// none.
			select {
			case <-ctx.Done():
				return
			case <-time.After(holeTime):
			}
		}
		if err := o.find(ctx, all); err != nil && ctx.Err() == nil {
			o.log.Warn("cannot read what other servers have stored", "err", err)
		}
	}
}

// find reads the sites of which something is missing.
func (o *Ordered) find(ctx context.Context, all bool) error {
	o.mu.Lock()
	all, o.look = all || o.look, false
	holes := slices.Collect(maps.Keys(o.holes))
	clear(o.holes)
	o.mu.Unlock()
	behind := slices.DeleteFunc(holes, func(id string) bool { return !o.site(id).waits() })
	if all {
		heads, err := o.book.Streams(ctx)
		if err != nil {
			return err // what has holes is behind at the next look
		}
		behind = o.behind(heads)
	}
	began := time.Now()
	var failed error
	for _, id := range behind {
		failed = errors.Join(failed, o.read(ctx, id))
	}
	if all && failed == nil {
		o.looked.Store(&began)
	}
	return failed
}

// waits reports whether something came before its turn and is still held.
func (st *stream) waits() bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	return len(st.held) > 0
}

// behind lists the sites that have come farther than was told. One that is not known
// was made since the start, so that nothing of it was told.
func (o *Ordered) behind(heads map[string]int64) (ids []string) {
	for id, head := range heads {
		if o.known(id).behind(head) {
			ids = append(ids, id)
		}
	}
	return ids
}

// known is the stream of a site that the book has.
func (o *Ordered) known(id string) *stream {
	o.mu.Lock()
	defer o.mu.Unlock()
	st := o.sites[id]
	if st == nil {
		st = &stream{}
		o.sites[id] = st
	}
	return st
}

func (st *stream) behind(head int64) bool {
	st.mu.Lock()
	defer st.mu.Unlock()
	return head > st.told || len(st.held) > 0
}

// read tells what the book has of a site after what was told.
func (o *Ordered) read(ctx context.Context, siteID string) error {
	st := o.site(siteID)
	st.mu.Lock()
	after, ahead := st.told, int64(0)
	for seq := range st.held {
		ahead = max(ahead, seq)
	}
	st.mu.Unlock()
	for {
		events, err := o.book.EventsOfSite(ctx, siteID, after)
		if err != nil {
			return err
		}
		st.mu.Lock()
		if len(events) == 0 {
			// Whatever was held when the reading began stands in the book before its end.
			// What is left of it is gone by now, or was never there.
			maps.DeleteFunc(st.held, func(seq int64, _ chat.Event) bool { return seq <= ahead })
			st.mu.Unlock()
			return nil
		}
		after = events[len(events)-1].SiteSeq
		fresh := slices.DeleteFunc(events, func(e chat.Event) bool { return e.SiteSeq <= st.told })
		o.found.Add(int64(len(fresh)))
		o.release(st, fresh)
		st.mu.Unlock()
	}
}

// bySite splits a batch, keeping the order within each site.
func bySite(events []chat.Event) [][]chat.Event {
	first := events[0].SiteID
	if !slices.ContainsFunc(events, func(e chat.Event) bool { return e.SiteID != first }) {
		return [][]chat.Event{events}
	}
	var out [][]chat.Event
	at := map[string]int{}
	for i := range events {
		id := events[i].SiteID
		j, ok := at[id]
		if !ok {
			j = len(out)
			at[id], out = j, append(out, nil)
		}
		out[j] = append(out[j], events[i])
	}
	return out
}
