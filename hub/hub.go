package hub

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
)

// Options of a hub. The zero value works: it keeps to itself and sends no rows.
type Options struct {
	Log      *slog.Logger
	Broker   Broker // nil: this process is alone
	Rows     Rows   // nil: no rows frames
	MaxConns int    // sockets at once; 0 means 100,000
}

// Door is one kind of client: the visitors' or the agents'. Hello and Frame run
// on the connection's own goroutine, one after the other, and may block; frame
// is valid until they return. The context ends with the hub, not with the
// connection. A Hello that returns an error is answered with an error frame and
// a close. The plain answer to a beat is not handed on.
type Door interface {
	Hello(ctx context.Context, c *Conn, frame []byte) error
	Frame(ctx context.Context, c *Conn, frame []byte)
	// Gone is called once for each connection whose Hello was called, when
	// nothing will be read from it any more. It must not block for long.
	Gone(c *Conn)
}

// Hub holds all sockets of this process. Its methods may be called from any
// goroutine.
type Hub struct {
	log      *slog.Logger
	maxConns int
	started  time.Time // origin of the monotonic milliseconds in connections

	ctx      context.Context // ends when every connection has gone
	cancel   context.CancelFunc
	gate     sync.RWMutex // nobody is counted in once draining is set
	draining bool
	conns    sync.WaitGroup // readers and flushers
	loops    sync.WaitGroup // fan-out, rows, wheel

	topics   *registry
	people   *directory
	wheel    *wheel
	presence *presence
	wanted   atomic.Pointer[map[string][]chat.AgentCard] // what agents have open at other servers
	rows     *rowFeed
	broker   Broker
	leave    func() // from the broker
	inbox    *inbox
	stats    counters
	unheard  atomic.Int64 // when it was last said that others may have missed something
}

// New starts a hub; Drain ends it.
func New(o Options) *Hub {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MaxConns == 0 {
		o.MaxConns = 100_000
	}
	if o.Broker == nil {
		o.Broker = NewMemory()
	}
	h := &Hub{
		log: o.Log, maxConns: o.MaxConns, started: time.Now(),
		topics: newRegistry(), people: newDirectory(), presence: newPresence(),
		broker: o.Broker,
	}
	h.inbox = newInbox(h)
	h.ctx, h.cancel = context.WithCancel(context.Background())
	h.wheel = newWheel()
	h.rows = newRowFeed(o.Rows)
	h.leave = h.broker.Join(h.inbox.receive)
	h.loops.Go(h.inbox.run)
	h.loops.Go(h.turn)
	h.loops.Go(h.feedRows)
	return h
}

// now is the time since the hub started, in milliseconds of the monotonic
// clock: a clock that is set never ends a connection.
func (h *Hub) now() int64 { return time.Since(h.started).Milliseconds() }

// Adopt takes over a connection that has finished its handshake and returns at
// once. early is what the HTTP server had read beyond the request. From here on
// only the hub may read, write or close nc. l is shared by many connections and
// must not change; data is for the door.
func (h *Hub) Adopt(nc net.Conn, early []byte, d Door, l *Limits, data any) {
	if code, ok := h.admit(); !ok {
		refuse(nc, code)
		return
	}
	c := &Conn{hub: h, nc: nc, raw: rawOf(nc), door: d, limits: l, data: data, in: newReader(nc, early, l)}
	c.seen.Store(h.now())
	c.tokens, c.filled = int64(l.Burst)*1000, h.now()
	h.stats.accepted.Add(1)
	h.wheel.add(c)
	go c.greet()
}

// admit counts a newcomer in, or says why it cannot come in.
func (h *Hub) admit() (Code, bool) {
	h.gate.RLock()
	defer h.gate.RUnlock()
	if h.draining {
		return Leaving, false
	}
	if h.stats.open.Add(1) > int64(h.maxConns) {
		h.stats.closed(Overloaded)
		return Overloaded, false
	}
	h.conns.Add(1)
	return 0, true
}

// Publish tells the hub what the store has committed, in commit order. It
// returns as soon as the batch is queued and keeps a reference to it.
func (h *Hub) Publish(events []chat.Event) {
	if len(events) > 0 {
		h.send(Signal{Events: events})
	}
}

// Broadcast sends a ready frame, JSON text, to all subscribers of a topic on
// all servers, in its place among what was published before. except, which may
// be nil, is left out.
func (h *Hub) Broadcast(topic string, frame []byte, except *Conn) {
	h.send(Signal{Topic: topic, Frame: frame, except: except})
}

// Tell sends a ready frame, JSON text, to every socket of a person or agent, in its
// place among what was published before.
func (h *Hub) Tell(who string, frame []byte) {
	if who != "" {
		h.send(Signal{To: who, Frame: frame})
	}
}

// Kick closes every socket of a session, or of a person or agent, on all servers.
func (h *Hub) Kick(who string, code Code) {
	switch {
	case who == "":
	case h.presence.kick(who, code):
		h.inbox.receive(Signal{Kick: who, Code: code}) // others hear it for certain, a moment later
	default:
		h.send(Signal{Kick: who, Code: code})
	}
}

// send puts a signal on the broker. A broker that fails costs promptness only:
// clients learn of a gap by the next beat, and this server was told directly.
// It reports whether the other servers may have heard it.
func (h *Hub) send(s Signal) bool {
	err := h.broker.Publish(h.ctx, s)
	if err == nil || h.ctx.Err() != nil {
		return true
	}
	now, last := h.now(), h.unheard.Load()
	if (last == 0 || now-last >= unheardEvery.Milliseconds()) && h.unheard.CompareAndSwap(last, max(now, 1)) {
		h.log.Warn("other servers were not told", "error", err)
	}
	return false
}

// unheardEvery lies between two lines of the log about a broker that fails: each
// message would be one.
const unheardEvery = 10 * time.Second
