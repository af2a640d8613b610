package hub

import (
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/hub/chat"
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
// would cost more than the writes. A socket that has just got stuck delays the
// beats behind it by one write limit at most, and nothing else.
func (h *Hub) beatAll(conns []*Conn) {
	for _, c := range conns {
		c.beat(h.now())
	}
}

// beat sends the heads, or closes a connection that has long been silent.
func (c *Conn) beat(now int64) {
	p := c.who.Load()
	if p == nil {
		return // the hello has its own time limit
	}
	if now-c.seen.Load() > c.limits.Silence.Milliseconds() {
		c.Close(NoBeat)
		return
	}
	c.mu.Lock()
	c.beats++
	asked := c.beats%c.limits.Answers == 0
	here := !c.flushing && c.closing == 0
	if here {
		c.flushing = true
		c.hub.conns.Add(1) // the reader is still counted
	}
	sites, heads := c.heads()
	_ = c.enqueue(beatItem(p.Kind, sites, heads, asked)) // who is closing needs no beat
	c.mu.Unlock()
	if here {
		c.flushHere()
	}
}

// heads gathers the heads of what the connection listens to live. What is held
// back is left out: its past is still being read.
func (c *Conn) heads() (sites, heads map[string]int64) {
	for _, s := range c.subs {
		head := s.topic.head.Load()
		if s.held != nil || head == 0 {
			continue
		}
		name := s.topic.name
		switch {
		case strings.HasPrefix(name, sitePrefix):
			put(&sites, name[len(sitePrefix):], head)
		case strings.HasPrefix(name, publicPrefix), strings.HasPrefix(name, teamPrefix):
			put(&heads, name[len(teamPrefix):], head)
		}
	}
	return sites, heads
}

func put(m *map[string]int64, key string, n int64) {
	if *m == nil {
		*m = make(map[string]int64)
	}
	(*m)[key] = n
}

type visitorBeat struct {
	Type   string           `json:"type"`
	Heads  map[string]int64 `json:"heads"`
	Answer bool             `json:"answer"`
}

type agentBeat struct {
	Type   string           `json:"type"`
	Sites  map[string]int64 `json:"sites"`
	Heads  map[string]int64 `json:"heads"`
	Answer bool             `json:"answer"`
}

// Most visitors listen to nothing that has a number yet: their beats are shared.
var (
	emptyBeat  = textFrame(wire.Encode(visitorBeat{"beat", map[string]int64{}, false}))
	emptyAsked = textFrame(wire.Encode(visitorBeat{"beat", map[string]int64{}, true}))
)

func beatItem(kind chat.Kind, sites, heads map[string]int64, asked bool) item {
	if heads == nil {
		heads = map[string]int64{}
	}
	switch {
	case kind == chat.ByAgent:
		if sites == nil {
			sites = map[string]int64{}
		}
		return item{frame: textFrame(wire.Encode(agentBeat{"beat", sites, heads, asked}))}
	case len(heads) > 0:
		return item{frame: textFrame(wire.Encode(visitorBeat{"beat", heads, asked}))}
	case asked:
		return item{frame: emptyAsked, kind: shared}
	}
	return item{frame: emptyBeat, kind: shared}
}
