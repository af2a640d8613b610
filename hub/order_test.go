package hub_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
	"rapport/hub/wire"
)

// book is a store as the hub's promises see it: it commits, then publishes.
type book struct {
	mu     sync.Mutex
	events []chat.Event
	public int64
}

// write commits up to three events and publishes them, as the one writer does.
func (b *book) write(h *hub.Hub, id string, r *rand.Rand) {
	b.mu.Lock()
	first := len(b.events)
	for range 1 + r.IntN(3) {
		seq := int64(len(b.events)) + 1
		if r.IntN(3) == 0 {
			b.events = append(b.events, note(id, seq))
			continue
		}
		b.public++
		b.events = append(b.events, message(id, seq, b.public))
	}
	batch := slices.Clone(b.events[first:])
	b.mu.Unlock()
	h.Publish(batch)
}

func (b *book) heads() (all, public int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return int64(len(b.events)), b.public
}

func (b *book) read() ([]chat.Event, int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.events), b.public
}

// While events are published, clients subscribe, read the past, send it and
// release. Each must see 1, 2, 3 … without a gap and nothing twice.
func TestSubscribeThenFetchLosesAndDoublesNothing(t *testing.T) {
	const batches, clients = 400, 24
	h := open(t, hub.Options{})
	b := &book{}
	limits := hub.AgentLimits()
	limits.Frames, limits.Shared = 1<<20, 1<<30 // order is what is tested here

	var writer, readers sync.WaitGroup
	done := make(chan struct{})
	writer.Go(func() {
		defer func() {
			close(done)
			for _, topic := range []string{hub.PublicTopic("C"), hub.TeamTopic("C")} {
				h.Broadcast(topic, []byte(`{"type":"events","events":[]}`), nil) // who waits looks again
			}
		}()
		r := rand.New(rand.NewPCG(1, 2))
		for range batches {
			b.write(h, "C", r)
		}
	})
	for i := range clients {
		readers.Go(func() {
			team := i%2 == 0
			c := hubtest.Dial(t, h, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
				topic := hub.PublicTopic("C")
				if team {
					topic = hub.TeamTopic("C")
				}
				h.Subscribe(c, topic, true)
				past, head := b.read()
				frame := wire.EventsForVisitor("C", past)
				if team {
					frame, head = wire.EventsForTeam("C", past), int64(len(past))
				}
				if frame != nil {
					_ = c.Write(frame) // a failure shows as a missing event
				}
				h.SetHead(topic, head)
				h.Release(c, topic, head)
				return c.Send([]byte(`{"type":"events","events":[]}`))
			}}, limits)
			c.Text(t, "{}")
			check(t, c, fmt.Sprint("client ", i), done, func() int64 {
				all, public := b.heads()
				if team {
					return all
				}
				return public
			})
		})
	}
	writer.Wait()
	readers.Wait()
}

// check reads until the head, once the writer has ended.
func check(t *testing.T, c *hubtest.Client, who string, done chan struct{}, head func() int64) {
	last := int64(0)
	for {
		select {
		case <-done:
			if last == head() {
				return
			}
		default:
		}
		var f events
		c.JSON(t, "events", &f)
		for _, e := range f.Events {
			if e.Prev != last || e.Seq != last+1 {
				t.Errorf("%s: got %d after %d", who, e.Seq, last)
				return
			}
			last = e.Seq
		}
	}
}

func TestVisitorsNeverHearTheTeam(t *testing.T) {
	h := open(t, hub.Options{})
	visitor := greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) { h.Subscribe(c, hub.PublicTopic("C"), false) })
	colleague := greeted(t, h, hub.AgentLimits(), func(c *hub.Conn) { h.Subscribe(c, hub.TeamTopic("C"), false) })

	h.Publish([]chat.Event{message("C", 1, 1), note("C", 2), message("other", 1, 1), message("C", 3, 2)})
	h.Publish([]chat.Event{note("C", 4)})
	h.Publish([]chat.Event{message("C", 5, 3)})

	var a, b events
	visitor.JSON(t, "events", &a)
	visitor.JSON(t, "events", &b)
	if len(a.Events) != 2 || a.Events[1].Seq != 2 || a.Events[1].Prev != 1 || len(b.Events) != 1 || b.Events[0].Seq != 3 {
		t.Fatalf("visitor got %+v, %+v", a, b)
	}
	colleague.JSON(t, "events", &a)
	if len(a.Events) != 3 || a.Events[1].Type != chat.NotePosted || a.Events[2].Seq != 3 {
		t.Fatalf("colleague got %+v", a)
	}
}

func TestUnsubscribedHearsNothing(t *testing.T) {
	h := open(t, hub.Options{})
	conns := make(chan *hub.Conn, 1)
	c := greeted(t, h, hub.VisitorLimits(), func(c *hub.Conn) {
		h.Subscribe(c, hub.PublicTopic("C"), false)
		h.Subscribe(c, hub.PublicTopic("D"), false)
		conns <- c
	})
	h.Unsubscribe(<-conns, hub.PublicTopic("C"))
	h.Publish([]chat.Event{message("C", 1, 1)})
	h.Publish([]chat.Event{message("D", 1, 1)})
	var f events
	if c.JSON(t, "events", &f); f.ConversationID != "D" {
		t.Fatalf("got %+v", f)
	}
	if n := h.Stats().Topics; n != 1 {
		t.Fatalf("%d topics, want 1", n)
	}
}

func TestBroadcastKeepsItsPlaceAndLeavesOut(t *testing.T) {
	h := open(t, hub.Options{})
	conns := make(chan *hub.Conn, 2)
	join := func(c *hub.Conn) { h.Subscribe(c, hub.TeamTopic("C"), false); conns <- c }
	a := greeted(t, h, hub.AgentLimits(), join)
	first := <-conns
	b := greeted(t, h, hub.AgentLimits(), join)
	h.Publish([]chat.Event{message("C", 1, 1)})
	h.Broadcast(hub.TeamTopic("C"), []byte(`{"type":"marks"}`), first)
	h.Publish([]chat.Event{message("C", 2, 2)})
	got := func(c *hubtest.Client, n int) (kinds []byte) {
		for range n {
			kinds = append(kinds, c.Receive(t).Payload[9]) // the type's first letter
		}
		return kinds
	}
	if k := string(got(a, 2)); k != "ee" {
		t.Fatalf("left out, but got %s", k)
	}
	if k := string(got(b, 3)); k != "eme" {
		t.Fatalf("got %s", k)
	}
}

// What is told at once and what waits its turn stay in the order they were published
// in, whether or not anything is waiting just then.
func TestAtOnceIsNeverAheadOfTheQueue(t *testing.T) {
	const rounds = 500
	h := open(t, hub.Options{})
	limits := hub.AgentLimits()
	limits.Frames, limits.Shared = 1<<20, 1<<30 // order is what is tested here
	topic := hub.TeamTopic("C")
	c := greeted(t, h, limits, func(c *hub.Conn) { h.Subscribe(c, topic, false) })
	r := rand.New(rand.NewPCG(3, 4))
	var want []byte
	go func() {
		seq := int64(0)
		for range rounds {
			if r.IntN(2) == 0 {
				h.Broadcast(topic, []byte(`{"type":"marks"}`), nil)
			} else {
				seq++
				h.Publish([]chat.Event{message("C", seq, seq)})
			}
		}
	}()
	again := rand.New(rand.NewPCG(3, 4))
	for range rounds {
		want = append(want, "me"[again.IntN(2)])
	}
	for i := range rounds {
		if kind := c.Receive(t).Payload[9]; kind != want[i] { // the type's first letter
			t.Fatalf("frame %d is of type %c…, want %c…", i, kind, want[i])
		}
	}
}
