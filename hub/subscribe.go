package hub

import (
	"slices"

	"rapport/hub/chat"
)

// sub is one connection listening to one topic. What it holds back and how far
// it was served is guarded by the connection's lock.
type sub struct {
	conn  *Conn
	topic *topic
	place int   // in the topic's list; guarded by the shard
	sent  int64 // numbers up to here were given or are not wanted
	held  *held // nil once live
	off   bool  // unsubscribed while a fan-out was under way

	numbers numbering // of the topic, at hand for the beats
}

// held keeps what is published while the door still reads the past.
type held struct {
	parcels []*parcel
	bytes   int
}

// parcel is a frame on its way to the subscribers of a topic. Numbers first to
// last stand in it; last = first-1 means that it shows the state at last
// without a new number, and first = 0 that it has none.
type parcel struct {
	frame       []byte
	first, last int64
	events      []chat.Event // that stand in it
	// cut encodes it anew for who has everything up to after.
	cut func(after int64) []byte
}

// Subscribe lets c listen to a topic. With held, what is published is kept back
// until Release, so that the door can read the past from the store meanwhile.
// Subscribing again changes nothing; a connection that has gone is ignored.
func (h *Hub) Subscribe(c *Conn, name string, keep bool) {
	c.mu.Lock()
	fresh := h.enter(c, name, keep)
	c.mu.Unlock()
	if fresh {
		h.attend(c, name, true)
	}
}

// enter is Subscribe under the connection's lock; it reports whether the
// subscription is new.
func (h *Hub) enter(c *Conn, name string, keep bool) bool {
	if c.gone || c.find(name) >= 0 {
		return false
	}
	s := &sub{conn: c, numbers: numberingOf(name)}
	if keep {
		s.held = new(held)
	}
	h.topics.add(name, s)
	if s.numbers == unnumbered {
		c.subs = append(c.subs, s)
	} else {
		c.subs = slices.Insert(c.subs, int(c.numbered), s)
		c.numbered++
	}
	return true
}

// Release ends the holding back: what is numbered up to after is dropped, now
// and later, and the rest follows in order. A frame that lies on both sides is
// cut. The numbers are those of the topic.
func (h *Hub) Release(c *Conn, name string, after int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := c.find(name)
	if i < 0 {
		return
	}
	s := c.subs[i]
	s.sent = max(s.sent, after)
	kept := s.held
	s.held = nil
	if kept == nil {
		return
	}
	for _, p := range kept.parcels {
		c.emit(s, p)
	}
	c.startFlush()
}

// Unsubscribe ends the listening; what is queued still goes out.
func (h *Hub) Unsubscribe(c *Conn, name string) {
	c.mu.Lock()
	i := c.find(name)
	if i < 0 {
		c.mu.Unlock()
		return
	}
	h.topics.remove(c.subs[i])
	c.subs[i].off = true
	c.subs = slices.Delete(c.subs, i, i+1)
	if i < int(c.numbered) {
		c.numbered--
	}
	c.mu.Unlock()
	h.attend(c, name, false)
}

// SetHead tells the hub how far a topic is, as the door read it from the store.
// It only raises, and only while somebody listens.
func (h *Hub) SetHead(name string, seq int64) {
	if t := h.topics.find(name); t != nil {
		t.raise(seq)
	}
}

// Head is the last number of a topic, or 0 when nobody listens or it is not
// known yet.
func (h *Hub) Head(name string) int64 {
	if t := h.topics.find(name); t != nil {
		return t.head.Load()
	}
	return 0
}

// find is the place of a subscription in the connection's short list, or -1.
func (c *Conn) find(name string) int {
	return slices.IndexFunc(c.subs, func(s *sub) bool { return s.topic.name == name })
}

// deliver gives a parcel to one subscriber, or keeps it back. It reports whether
// the subscriber's queue is to be flushed.
func (s *sub) deliver(p *parcel) (waiting bool) {
	c := s.conn
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case s.off:
		return false
	case s.held == nil:
		c.emit(s, p)
		if c.bytes[shared] > c.limits.Shared/4 {
			c.flushAside() // a large batch must not make a healthy reader look slow
		}
		if c.due || c.flushing || len(c.queue) == 0 || p.holds(c.expected) {
			return false
		}
		c.due = true
		return true
	}
	s.held.parcels = append(s.held.parcels, p)
	s.held.bytes += len(p.frame)
	if len(s.held.parcels) > c.limits.Frames || s.held.bytes > c.limits.Shared {
		s.held.parcels = nil
		c.drop(SlowReader)
	}
	return false
}

// holds reports whether the message with this client id is in the parcel.
func (p *parcel) holds(clientID string) bool {
	return clientID != "" && slices.ContainsFunc(p.events, func(e chat.Event) bool {
		return e.Message != nil && e.Message.ClientID == clientID
	})
}

// emit queues a parcel unless its numbers were given already; somebody has to
// flush.
func (c *Conn) emit(s *sub, p *parcel) {
	it := item{frame: p.frame, kind: shared}
	switch {
	case p.first == 0:
	case p.first > p.last: // a state without a number of its own
		if s.sent > p.last {
			it = item{frame: textFrame(p.cut(s.sent))}
		}
	case p.last <= s.sent:
		return
	default:
		if p.first <= s.sent {
			it = item{frame: textFrame(p.cut(s.sent))}
		}
		s.sent = p.last
	}
	_ = c.push(it) // who is closing wants nothing
}
