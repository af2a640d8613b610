package hub

import (
	"sync"
	"sync/atomic"

	"rapport/hub/chat"
)

// inbox takes signals from the broker and brings them to everybody who listens, one
// after the other.
type inbox struct {
	signals chan Signal  // in order
	queued  atomic.Int64 // signals that are on their way through the channel
	mu      sync.Mutex   // held by whoever brings one
	fan     *fan
}

func newInbox(h *Hub) *inbox {
	return &inbox{signals: make(chan Signal, 1024), fan: &fan{hub: h}}
}

// receive brings a signal now if that is soon done and nothing is before it, and
// queues it otherwise. It waits while the queue is full, which pushes back on the
// writer, but never after the hub has ended.
func (b *inbox) receive(s Signal) {
	if s.Roster != "" {
		return // for whoever reads it from the store
	}
	if len(s.Rows) > 0 {
		b.fan.hub.touchRows(s.Site, s.Rows)
		return
	}
	if b.brief(s.Events) && b.atOnce(s) {
		return
	}
	b.queued.Add(1)
	select {
	case b.signals <- s:
	case <-b.fan.hub.ctx.Done():
	}
}

// brief reports whether events are soon told: a few that few listen to, as nearly
// every message is. To wake another goroutine for them would cost the processor more
// than telling them, and their readers a twentieth of the time until they have them.
func (b *inbox) brief(events []chat.Event) bool {
	if len(events) == 0 || len(events) > few {
		return false
	}
	for i := range events {
		e := &events[i]
		if e.Type == chat.ConversationStarted { // its followers may have to be told more
			return false
		}
		topics := b.fan.hub.topics
		if topics.crowd(TeamTopic(e.ConversationID))+topics.crowd(PublicTopic(e.ConversationID)) > few {
			return false
		}
	}
	return true
}

// atOnce brings a signal, unless another is on its way.
func (b *inbox) atOnce(s Signal) bool {
	if !b.mu.TryLock() {
		return false
	}
	defer b.mu.Unlock()
	if b.queued.Load() > 0 {
		return false
	}
	b.fan.handle(s)
	return true
}

// run brings what is queued, until the hub ends.
func (b *inbox) run() {
	for {
		select {
		case s := <-b.signals:
			b.next(s)
		case <-b.fan.hub.ctx.Done():
			return
		}
	}
}

func (b *inbox) next(s Signal) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fan.handle(s)
	b.queued.Add(-1)
}
