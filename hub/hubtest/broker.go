package hubtest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"rapport/hub"
)

// Broker checks a broker's duties. open returns one connected to the same bell
// each time it is called, as two servers would be; it may return the same value.
func Broker(t *testing.T, open func(t *testing.T) hub.Broker) {
	t.Run("everybody hears everything in the sender's order", func(t *testing.T) {
		a, b := open(t), open(t)
		var here, there log
		defer a.Join(here.add)()
		defer b.Join(there.add)()
		var senders sync.WaitGroup
		for s, broker := range []hub.Broker{a, b} {
			senders.Go(func() {
				for i := range 500 {
					if err := broker.Publish(t.Context(), hub.Signal{Topic: fmt.Sprint(s), Frame: fmt.Appendf(nil, "%d", i)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		senders.Wait()
		for _, l := range []*log{&here, &there} {
			l.wait(t, 1000)
			l.ordered(t)
		}
	})
	t.Run("a kick arrives whole", func(t *testing.T) {
		a, b := open(t), open(t)
		var there log
		defer b.Join(there.add)()
		if err := a.Publish(t.Context(), hub.Signal{Kick: "session", Code: hub.Revoked}); err != nil {
			t.Fatal(err)
		}
		there.wait(t, 1)
		if s := there.got[0]; s.Kick != "session" || s.Code != hub.Revoked {
			t.Fatalf("got %+v", s)
		}
	})
	t.Run("who has left hears nothing", func(t *testing.T) {
		a, b := open(t), open(t)
		var gone, stays log
		leave := a.Join(gone.add)
		defer b.Join(stays.add)()
		leave()
		if err := b.Publish(t.Context(), hub.Signal{Topic: "x"}); err != nil {
			t.Fatal(err)
		}
		stays.wait(t, 1)
		if n := gone.len(); n != 0 {
			t.Fatalf("heard %d signals after leaving", n)
		}
	})
	t.Run("publishing to nobody is no error", func(t *testing.T) {
		if err := open(t).Publish(context.Background(), hub.Signal{Topic: "x"}); err != nil {
			t.Fatal(err)
		}
	})
}

// log keeps what a member heard.
type log struct {
	mu  sync.Mutex
	got []hub.Signal
}

func (l *log) add(s hub.Signal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got = append(l.got, s)
}

func (l *log) len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.got)
}

func (l *log) wait(t *testing.T, n int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); l.len() < n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("heard %d signals, want %d", l.len(), n)
		}
	}
}

func (l *log) ordered(t *testing.T) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	next := make(map[string]int)
	for _, s := range l.got {
		if want := fmt.Sprint(next[s.Topic]); string(s.Frame) != want {
			t.Fatalf("sender %s: got %s, want %s", s.Topic, s.Frame, want)
		}
		next[s.Topic]++
	}
}
