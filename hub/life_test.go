package hub_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

func TestNoHelloInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		c := hubtest.Dial(t, h, hubtest.Echo(), hub.VisitorLimits())
		if _, err := c.Write(hubtest.Mask(0x89, nil)); err != nil { // a ping is no hello
			t.Fatal(err)
		}
		start := time.Now()
		_ = c.SetReadDeadline(time.Time{})
		for {
			f, err := c.Next()
			if err != nil {
				t.Fatal(err)
			}
			if f.Op == 8 {
				if f.Code() != hub.NoHello || time.Since(start) != 5*time.Second {
					t.Fatalf("closed with %d after %s", f.Code(), time.Since(start))
				}
				break
			}
		}
	})
}

func TestHelloRefused(t *testing.T) {
	cases := map[chat.Code]hub.Code{
		chat.Unauthorized: hub.Unauthorized, chat.TokenExpired: hub.Unauthorized, chat.BadCSRF: hub.Unauthorized,
		chat.StoreDown: hub.Overloaded, chat.RateLimited: hub.TooManyFrames, chat.UnknownField: hub.BadFrame,
		chat.Internal: hub.Broken,
	}
	for code, want := range cases {
		t.Run(string(code), func(t *testing.T) {
			h := open(t, hub.Options{})
			gone := make(chan bool, 1)
			c := hubtest.Dial(t, h, hubtest.Door{
				OnHello: func(*hub.Conn, []byte) error { return fmt.Errorf("hello: %w", chat.Fail(code, "No.")) },
				OnGone:  func(*hub.Conn) { gone <- true },
			}, hub.VisitorLimits())
			c.Text(t, "{}")
			var f chat.Failure
			if c.JSON(t, "error", &f); f.Code != code {
				t.Fatalf("error frame %+v", f)
			}
			c.Closed(t, want)
			<-gone
		})
	}
}

func TestDoorErrorsStayInside(t *testing.T) {
	h := open(t, hub.Options{})
	plain := hubtest.Dial(t, h, hubtest.Door{OnHello: func(*hub.Conn, []byte) error { return errors.New("secret detail") }}, hub.VisitorLimits())
	plain.Text(t, "{}")
	if f := plain.Receive(t); strings.Contains(string(f.Payload), "secret") || !strings.Contains(string(f.Payload), `"internal"`) {
		t.Fatalf("got %s", f.Payload)
	}
	plain.Closed(t, hub.Broken)
	for _, d := range []hubtest.Door{
		{OnHello: func(*hub.Conn, []byte) error { panic("hello") }},
		{OnFrame: func(*hub.Conn, []byte) { panic("frame") }, OnGone: func(*hub.Conn) { panic("gone") }},
	} {
		c := hubtest.Dial(t, h, d, hub.VisitorLimits())
		c.Text(t, "{}")
		if d.OnFrame != nil {
			c.Text(t, "{}")
		}
		c.Closed(t, hub.Broken)
	}
}

func TestFramesHaveARate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := open(t, hub.Options{})
		l := hub.VisitorLimits()
		l.Burst, l.PerSecond = 5, 2
		var n atomic.Int64
		c := hubtest.Dial(t, h, hubtest.Door{OnFrame: func(*hub.Conn, []byte) { n.Add(1) }}, l)
		for range 5 {
			c.Text(t, "{}")
		}
		time.Sleep(time.Second)
		c.Text(t, "{}")
		c.Text(t, "{}")
		c.Text(t, "{}")
		c.Closed(t, hub.TooManyFrames)
		if got := n.Load(); got != 6 { // 5 and 2, less the hello
			t.Fatalf("%d frames passed", got)
		}
	})
}

// A ping flood by a client that reads nothing costs no more than the bounds.
func TestControlFloodIsBounded(t *testing.T) {
	for _, op := range []byte{0x89, 0x8A} {
		h := open(t, hub.Options{})
		c := hubtest.Dial(t, h, hubtest.Echo(), hub.VisitorLimits())
		go func() {
			for {
				if _, err := c.Write(hubtest.Mask(op, []byte("flood"))); err != nil {
					return
				}
			}
		}()
		c.Closed(t, hub.TooManyFrames)
		_ = c.Close()
	}
}

func TestSlowReaderAloneIsDropped(t *testing.T) {
	h := open(t, hub.Options{})
	join := func(c *hub.Conn) { h.Subscribe(c, hub.TeamTopic("C"), false) }
	slow := greeted(t, h, hub.AgentLimits(), join)
	well := greeted(t, h, hub.AgentLimits(), join)
	last, published := int64(0), int64(0)
	for range 60 { // 6,000 frames; the pipe has no buffer, so the bound is the queue's
		for range 100 {
			published++
			h.Publish([]chat.Event{message("C", published, published)})
		}
		for last < published {
			var f events
			well.JSON(t, "events", &f)
			for _, e := range f.Events {
				if e.Prev != last {
					t.Fatalf("healthy reader: %d after %d", e.Seq, last)
				}
				last = e.Seq
			}
		}
	}
	waitFor(t, "slow reader dropped", func() bool { return h.Stats().Closes["slow_reader"] == 1 })
	_ = slow.Close()
}

func TestOwnBytesAreBounded(t *testing.T) {
	h := open(t, hub.Options{})
	result := make(chan int, 1)
	c := hubtest.Dial(t, h, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		n := 0
		for c.Send(make([]byte, 1000)) == nil {
			n++
		}
		result <- n
		return nil
	}}, hub.VisitorLimits())
	c.Text(t, "{}")
	if n := <-result; n < 60 || n > 66 { // 64 KiB, less the headers
		t.Fatalf("%d frames of 1,000 bytes were queued", n)
	}
	waitFor(t, "closed", func() bool { return h.Stats().Closes["slow_reader"] == 1 })
}

func TestWriteWaitsForRoom(t *testing.T) {
	h := open(t, hub.Options{})
	c := hubtest.Dial(t, h, hubtest.Door{OnHello: func(c *hub.Conn, _ []byte) error {
		for range 1000 {
			if err := c.Write(make([]byte, 1000)); err != nil {
				return err
			}
		}
		return c.Write(make([]byte, 300_000)) // alone it may be larger than the queue
	}}, hub.VisitorLimits())
	c.Text(t, "{}")
	for range 1000 {
		if f := c.Receive(t); len(f.Payload) != 1000 {
			t.Fatalf("got %d bytes, op %d", len(f.Payload), f.Op)
		}
	}
	if f := c.Receive(t); len(f.Payload) != 300_000 {
		t.Fatalf("got %d bytes", len(f.Payload))
	}
}

func TestKickClosesTheSessionOnly(t *testing.T) {
	bell := hub.NewMemory()
	here, there := open(t, hub.Options{Broker: bell}), open(t, hub.Options{Broker: bell})
	a := greeted(t, here, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Ann")) })
	b := greeted(t, there, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("A", "Ann")) })
	other := greeted(t, there, hub.AgentLimits(), func(c *hub.Conn) { c.Identify(agent("B", "Ben")) })
	here.Kick("session-A", hub.Revoked)
	a.Closed(t, hub.Revoked)
	b.Closed(t, hub.Revoked)
	there.Broadcast(hub.TeamWide, []byte(`{}`), nil)
	if _, err := other.Write(hubtest.Mask(0x89, []byte("still here"))); err != nil {
		t.Fatal(err)
	}
	for f := other.Receive(t); f.Op != 0xA; f = other.Receive(t) {
	}
}

func TestDrain(t *testing.T) {
	h := hub.New(hub.Options{})
	clients := make([]*hubtest.Client, 50)
	for i := range clients {
		clients[i] = greeted(t, h, hub.VisitorLimits(), func(*hub.Conn) {})
	}
	done := make(chan error, 1)
	go func() { done <- h.Drain(t.Context()) }()
	for _, c := range clients {
		c.Closed(t, hub.Leaving)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	h.Publish([]chat.Event{message("C", 1, 1)}) // to nobody, and it returns
	if err := h.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	ours, theirs := net.Pipe()
	go h.Adopt(theirs, nil, hubtest.Echo(), new(hub.Limits), nil)
	hubtest.NewClient(ours).Closed(t, hub.Leaving)
}

func TestDrainCutsTheStuck(t *testing.T) {
	h := hub.New(hub.Options{})
	c := hubtest.Dial(t, h, hubtest.Echo(), hub.VisitorLimits())
	_ = c // says nothing and reads nothing
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := h.Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v", err)
	}
}

func TestTooManySockets(t *testing.T) {
	h := open(t, hub.Options{MaxConns: 2})
	for range 2 {
		greeted(t, h, hub.VisitorLimits(), func(*hub.Conn) {})
	}
	ours, theirs := net.Pipe()
	go h.Adopt(theirs, nil, hubtest.Echo(), new(hub.Limits), nil)
	hubtest.NewClient(ours).Closed(t, hub.Overloaded)
}

func waitFor(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not in time: %s", what)
		}
	}
}
