package hub

import (
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// ErrClosed is what Send and Write return once a connection is ending.
var ErrClosed = errors.New("hub: connection is closed")

// Principal is who is at the other end.
type Principal struct {
	Kind    chat.Kind
	ID      string         // person or agent
	Session string         // what Kick names, or ""
	Card    chat.AgentCard // agents only
	Said    wire.Standing  // agents only: their status, online where nothing is said
}

// Conn is one socket. Sending and closing are safe from any goroutine; Data
// belongs to the door's own calls. What every one of 19,000 idle visitors pays
// for stands in this struct, so it holds no buffer but the reader's.
type Conn struct {
	hub    *Hub
	nc     net.Conn
	raw    syscall.RawConn // of nc, or nil where it is none of the kernel's
	door   Door
	limits *Limits
	data   any
	who    atomic.Pointer[Principal]

	// Owned by the reader goroutine.
	in      *reader
	tokens  int64 // thousandths of a frame
	filled  int64 // when tokens were last counted
	greeted bool  // the door's Hello was called, so its Gone is owed

	seen atomic.Int64 // last sign of life, in the hub's milliseconds

	// The wheel's.
	slot, place int

	mu       sync.Mutex
	beats    int
	queue    []item
	bytes    [kinds]int // queued or being written, by kind
	flushing bool
	cut      bool          // the first in queue is the rest of a frame that has begun
	due      bool          // the fan-out will flush it
	closing  Code          // set once; nothing is queued after it
	byPeer   bool          // the peer closed first
	hungUp   bool          // the close frame is out
	room     chan struct{} // closed when the queue has shrunk; nil while nobody waits
	gone     bool          // no subscription is taken any more
	expected string        // client id of the message that is being stored
	agent    bool          // at the other end
	numbered uint16        // of subs, those that beats tell the head of
	subs     []*sub        // the numbered ones come first
}

// kind of a queued frame; each has bounds of its own, so that a long answer
// under way does not make a healthy reader look slow.
type kind byte

const (
	own    kind = iota // sent to this connection alone
	shared             // broadcast, held by reference
	answer             // what the client asked for; its sender waits for room
	kinds
)

// item is one finished frame in a queue.
type item struct {
	frame []byte
	kind  kind
}

// Principal is who the door said this is; zero before the hello.
func (c *Conn) Principal() Principal {
	if p := c.who.Load(); p != nil {
		return *p
	}
	return Principal{}
}

// Data is what the door keeps with the connection.
func (c *Conn) Data() any { return c.data }

// SetData replaces it. Only Hello, Frame and Gone may call it.
func (c *Conn) SetData(v any) { c.data = v }

// Send queues a text frame of this connection's own and never blocks. The bytes
// are copied. When the queue is full the connection is closed as SlowReader.
func (c *Conn) Send(frame []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.enqueue(item{frame: textFrame(frame)})
}

// Write is Send that waits for room instead of closing: for answers to what the
// client asked, on the connection's own goroutine. It waits no longer than the
// socket's write limit. One frame larger than the queue is let through alone.
func (c *Conn) Write(frame []byte) error {
	it := item{frame: textFrame(frame), kind: answer}
	for {
		c.mu.Lock()
		fits := c.bytes[answer] == 0 || c.bytes[answer]+len(it.frame) <= c.limits.OwnBytes
		if c.closing != 0 || fits {
			err := c.put(it)
			c.mu.Unlock()
			return err
		}
		if c.room == nil {
			c.room = make(chan struct{})
		}
		room := c.room
		c.mu.Unlock()
		<-room // the flusher succeeds, or fails within WriteWait and closes
	}
}

// Close ends the connection: what is queued goes out first, then the code. Only
// the first code counts.
func (c *Conn) Close(code Code) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.shut(code)
}

// enqueue is Send under the lock.
func (c *Conn) enqueue(it item) error {
	err := c.push(it)
	if err == nil {
		c.startFlush()
	}
	return err
}

// push queues within the bounds; somebody has to flush.
func (c *Conn) push(it item) error {
	limit := c.limits.OwnBytes
	if it.kind == shared {
		limit = c.limits.Shared
	}
	had := c.bytes[it.kind]
	over := len(c.queue) >= c.limits.Frames || had > 0 && had+len(it.frame) > limit
	if over && c.closing == 0 {
		c.drop(SlowReader)
	}
	return c.append(it)
}

// put appends to the queue and starts a flusher if none runs.
func (c *Conn) put(it item) error {
	err := c.append(it)
	if err == nil {
		c.startFlush()
	}
	return err
}

func (c *Conn) append(it item) error {
	if c.closing != 0 {
		return ErrClosed
	}
	c.queue = append(c.queue, it)
	c.bytes[it.kind] += len(it.frame)
	return nil
}

// Expect says which message of the client is being stored. Its event waits for
// the acknowledgement that follows at once, and both leave in one write. "" ends
// the waiting.
func (c *Conn) Expect(clientID string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expected = clientID
	if clientID == "" {
		c.startFlush()
	}
}

// drop forgets the queue, but for the rest of a frame that has begun, and closes. A
// write under way gets one second more, so that the close frame can follow it if the
// reader wakes up.
func (c *Conn) drop(code Code) {
	kept := 0
	if c.cut {
		kept = 1
	}
	for _, it := range c.queue[kept:] {
		c.bytes[it.kind] -= len(it.frame)
	}
	c.queue = c.queue[:kept]
	c.shut(code)
	// An error means that the socket is closed already.
	_ = c.nc.SetWriteDeadline(time.Now().Add(time.Second))
}

// shut queues the close frame, last of all.
func (c *Conn) shut(code Code) {
	if c.closing != 0 {
		return
	}
	_ = c.append(item{frame: closeFrame(code)}) // fails only while closing
	c.closing = code
	c.startFlush()
}

// closed reports the code that this connection is ending with, or 0.
func (c *Conn) closed() Code {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closing
}

// reason is what the counters call the end of this connection: byClient, or the
// code that the hub closed it with.
func (c *Conn) reason() Code {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byPeer {
		return byClient
	}
	return c.closing
}
