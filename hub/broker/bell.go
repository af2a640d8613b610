package broker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"rapport/hub"
	"rapport/hub/chat"
)

// Options of Connect.
type Options struct {
	Address *Address
	// Installation is a name that the servers of one installation share and those of
	// no other have, such as the epoch of their database: several may use one NATS.
	Installation string
	Log          *slog.Logger
	// Missed is called when other servers may have told something that was not heard:
	// look into the store. It is called often, and must return at once. Nil tells nobody.
	Missed func()
}

// What waits to be sent: signals, and the bytes in them.
const (
	maxQueue   = 1024
	maxWaiting = 16 << 20
)

// What waits for this server's members: a second of a busy installation.
const (
	maxPending      = 65_536
	maxPendingBytes = 64 << 20
)

var (
	errAway  = errors.New("NATS is not connected")
	errFull  = errors.New("NATS does not take what is sent fast enough")
	errOther = errors.New("other servers hear of it from the database alone")
)

// Bell carries signals between the servers of an installation. It is made by Connect,
// and its methods may be called from any goroutine.
type Bell struct {
	members *hub.Memory
	id      string // of this server's stay
	subject string
	log     *slog.Logger
	missed  func()
	nc      *nats.Conn
	state   state
	stats   counters

	queue   chan parcel
	waiting atomic.Int64 // bytes in the queue
	hole    atomic.Bool  // something was dropped since the last note
	hello   chan struct{}
	number  uint64            // of the latest note; the sender's
	heard   map[string]uint64 // the latest number of each server; the subscription's

	closing sync.Once
	done    chan struct{} // no more is sent
	sent    chan struct{} // the sender has ended
	closed  chan struct{} // the connection has
}

var _ hub.Broker = (*Bell)(nil)

// parcel is a signal on its way to other servers.
type parcel struct {
	signal hub.Signal
	weight int64
}

// Connect begins to listen and to tell. It does not fail because NATS is away: then it
// goes on trying until Close, and Missing says so.
func Connect(o Options) (*Bell, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Missed == nil {
		o.Missed = func() {}
	}
	b := &Bell{
		members: hub.NewMemory(), id: chat.NewID(), subject: Subject(o.Installation), log: o.Log, missed: o.Missed,
		queue: make(chan parcel, maxQueue), hello: make(chan struct{}, 1), heard: map[string]uint64{},
		done: make(chan struct{}), sent: make(chan struct{}), closed: make(chan struct{}),
	}
	b.state.why = errAway.Error()
	var err error
	if b.nc, err = b.dial(o.Address); err != nil {
		return nil, fmt.Errorf("connect to NATS: %w", err)
	}
	go b.send()
	return b, nil
}

// Subject is where the servers of an installation speak: what their account must be
// allowed to publish and to subscribe to.
func Subject(installation string) string {
	sum := sha256.Sum256([]byte("rapport bell " + installation))
	return "rapport." + hex.EncodeToString(sum[:10]) + ".bell"
}

// Publish calls this server's members before it returns, and queues the signal for the
// others. The error says that they will not hear it.
func (b *Bell) Publish(ctx context.Context, s hub.Signal) error {
	unheard := b.post(s)
	return errors.Join(b.members.Publish(ctx, s), unheard)
}

// Join adds a member on this server.
func (b *Bell) Join(member func(hub.Signal)) func() { return b.members.Join(member) }

// post queues a signal for the other servers, or drops it.
func (b *Bell) post(s hub.Signal) error {
	if !b.state.up.Load() {
		return b.drop(errAway)
	}
	w := weigh(&s)
	if b.waiting.Add(w) > maxWaiting {
		b.waiting.Add(-w)
		return b.drop(errFull)
	}
	select {
	case b.queue <- parcel{s, w}:
		return nil
	default:
		b.waiting.Add(-w)
		return b.drop(errFull)
	}
}

// drop leaves a hole in the numbers, by which the others learn of it.
func (b *Bell) drop(why error) error {
	b.hole.Store(true)
	b.stats.dropped.Add(1)
	return fmt.Errorf("%w: %w", why, errOther)
}

// weigh is about how many bytes a signal holds while it waits.
func weigh(s *hub.Signal) int64 {
	n := len(s.Frame) + headRoom
	for i := range s.Events {
		n += s.Events[i].Weight()
	}
	if s.Spent != nil {
		n += len(s.Spent.Of) * headRoom / 2
	}
	return int64(n)
}

// hear tells the members what another server has told. It runs on the subscription's
// own goroutine, one note after the other.
func (b *Bell) hear(m *nats.Msg) {
	n, err := decode(m.Data)
	switch {
	case errors.Is(err, errNewer):
		b.stats.ignored.Add(1)
		b.missed()
		return
	case err != nil:
		b.stats.ignored.Add(1)
		return
	case n.From == b.id || !b.next(n):
		return
	}
	b.stats.heard.Add(1)
	if n.Look {
		b.missed()
		return
	}
	_ = b.members.Publish(context.Background(), n.signal()) // it has no error to give
}

// maxHeard bounds whose numbers are remembered: servers, and those they replaced.
const maxHeard = 1024

// next reports whether a note is new, and finds holes before it.
func (b *Bell) next(n *note) bool {
	last, known := b.heard[n.From]
	if known && n.Number <= last {
		return false
	}
	if known && n.Number > last+1 {
		b.missed()
	}
	if len(b.heard) >= maxHeard {
		clear(b.heard)
	}
	b.heard[n.From] = n.Number
	return true
}

// RoundTrip is how long NATS takes to answer now, answersWithin at most.
func (b *Bell) RoundTrip(ctx context.Context) (time.Duration, error) {
	if !b.state.up.Load() {
		return 0, errAway
	}
	ctx, cancel := context.WithTimeout(ctx, answersWithin)
	defer cancel()
	began := time.Now()
	if err := b.nc.FlushWithContext(ctx); err != nil {
		return 0, fmt.Errorf("ask NATS whether it is there: %w", err)
	}
	return time.Since(began), nil
}

// Close sends what is queued, unless ctx ends before, and ends the connection. Who has
// joined may still publish: only this server hears it.
func (b *Bell) Close(ctx context.Context) error {
	b.closing.Do(func() {
		b.state.end()
		close(b.done)
	})
	select {
	case <-b.sent:
	case <-ctx.Done():
	}
	b.nc.Close()
	select {
	case <-b.closed:
	case <-ctx.Done():
		return fmt.Errorf("close the connection to NATS: %w", ctx.Err())
	}
	<-b.sent // what it does fails from here on
	return nil
}
