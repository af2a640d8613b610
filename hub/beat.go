package hub

import (
	"slices"
	"strconv"
	"sync"
	"time"

	"rapport/hub/wire"
)

// The wheel turns once in BeatEvery. 100 slots spread 19,000 connections into
// 190 at a time, and one ticker serves all timers of the hub.
const (
	slots = 100
	tick  = BeatEvery / slots
)

// wheel holds every connection in one slot; a slot's connections beat together.
type wheel struct {
	mu    sync.Mutex
	slots [slots][]*Conn
	next  int
}

func newWheel() *wheel { return new(wheel) }

// add puts a connection into the slots in turn, so that a storm of arrivals is
// spread over the whole period.
func (w *wheel) add(c *Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.slot = w.next
	c.place = len(w.slots[c.slot])
	w.slots[c.slot] = append(w.slots[c.slot], c)
	w.next = (w.next + 1) % slots
}

func (w *wheel) remove(c *Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.slots[c.slot]
	last := len(s) - 1
	s[c.place] = s[last]
	s[c.place].place = c.place
	s[last] = nil
	w.slots[c.slot] = s[:last]
}

// at lists the connections of a slot.
func (w *wheel) at(slot int) []*Conn {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.slots[slot])
}

// turn is the goroutine that beats, finds the dead and keeps presence tidy.
func (h *Hub) turn() {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for slot := 0; ; slot = (slot + 1) % slots {
		select {
		case <-ticker.C:
		case <-h.ctx.Done():
			return
		}
		if conns := h.wheel.at(slot); len(conns) > 0 {
			h.loops.Go(func() { h.beatAll(conns) })
		}
		h.tidy(time.Now())
	}
}

// beatAll writes the beats of one slot on one goroutine: a flusher for each
// would cost more than the writes. None of them waits for a socket.
func (h *Hub) beatAll(conns []*Conn) {
	for _, c := range conns {
		c.beat(h.now())
	}
}

// beat sends the heads, or closes a connection that has long been silent.
func (c *Conn) beat(now int64) {
	if c.who.Load() == nil {
		return // the hello has its own time limit
	}
	if now-c.seen.Load() > c.limits.Silence.Milliseconds() {
		c.Close(NoBeat)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closing != 0 {
		return // who is closing needs no beat
	}
	c.beats++
	_ = c.enqueue(c.beatItem(c.beats%c.limits.Answers == 0)) // fails only while closing
}

// Most visitors listen to nothing that has a number yet: their beats are shared.
var (
	emptyBeat  = textFrame([]byte(`{"type":"beat","heads":{},"answer":false}`))
	emptyAsked = textFrame([]byte(`{"type":"beat","heads":{},"answer":true}`))
)

// beatItem makes a connection's beat. It is written by hand: with maps and
// encoding/json the beats of idle visitors cost a fifth more.
func (c *Conn) beatItem(asked bool) item {
	var space [256]byte
	b := append(space[:0], `{"type":"beat",`...)
	if c.agent {
		b = append(c.appendHeads(append(b, `"sites":{`...), sites), "},"...)
	}
	b = append(b, `"heads":{`...)
	start := len(b)
	b = c.appendHeads(b, conversations)
	if len(b) == start && !c.agent {
		if asked {
			return item{frame: emptyAsked, kind: shared}
		}
		return item{frame: emptyBeat, kind: shared}
	}
	b = strconv.AppendBool(append(b, `},"answer":`...), asked)
	return item{frame: textFrame(append(b, '}'))}
}

// appendHeads writes the heads of the topics of one numbering, as members of an
// object. What is held back is left out: its past is still being read. One
// connection never listens to both views of a conversation.
func (c *Conn) appendHeads(b []byte, n numbering) []byte {
	start := len(b)
	for _, s := range c.subs[:c.numbered] {
		if s.numbers != n || s.held != nil {
			continue
		}
		head := s.topic.head.Load()
		if head == 0 {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = appendJSON(b, s.topic.name[prefixLen:])
		b = strconv.AppendInt(append(b, ':'), head, 10)
	}
	return b
}

// appendJSON writes a string; ids need no escaping, whatever else does.
func appendJSON(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return append(b, wire.Encode(s)...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}
