package hubtest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

// Broker checks a broker's duties. open returns one connected to the same bell
// each time it is called within one test, as two servers would be; it may return
// the same value.
func Broker(t *testing.T, open func(t *testing.T) hub.Broker) {
	t.Run("everybody hears everything once, in the sender's order", func(t *testing.T) {
		a, b := open(t), open(t)
		var here, beside, there Log
		defer a.Join(here.Add)()
		defer a.Join(beside.Add)()
		defer b.Join(there.Add)()
		var senders sync.WaitGroup
		for s, broker := range []hub.Broker{a, b} {
			senders.Go(func() {
				for i := range 500 {
					if err := broker.Publish(t.Context(), Numbered(fmt.Sprint(s), i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		senders.Wait()
		for _, l := range []*Log{&here, &beside, &there} {
			l.Wait(t, 1000)
		}
		// What came twice would stand before what is sent now.
		settle(t, a, b, &here, &beside, &there)
		for _, l := range []*Log{&here, &beside, &there} {
			l.Ordered(t, map[string]int{"0": 500, "1": 500})
		}
	})
	t.Run("who sends has heard it when it is sent", func(t *testing.T) {
		a := open(t)
		var here Log
		defer a.Join(here.Add)()
		for i := range 10 {
			if err := a.Publish(t.Context(), Numbered("own", i)); err != nil {
				t.Fatal(err)
			}
			if here.Len() != i+1 {
				t.Fatalf("after %d signals %d are heard", i+1, here.Len())
			}
		}
	})
	t.Run("each kind arrives whole", func(t *testing.T) {
		a, b := open(t), open(t)
		var there Log
		defer b.Join(there.Add)()
		sent := []hub.Signal{
			{Kick: "session", Code: hub.Revoked},
			{Topic: hub.TeamTopic("talk"), Frame: []byte(`{"type":"typing","on":true}`)},
			{To: "agent", Frame: []byte(`{"type":"note","words":"für dich 🦊"}`)},
			{Spent: &hub.Spent{Server: "one", Of: []hub.Spending{{Limit: "messages", Key: "203.0.113.7", N: 12}}}},
			{Events: []chat.Event{Posted("talk", 7, "Is it “here” <yet>? 🦊")}},
		}
		for _, s := range sent {
			if err := a.Publish(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		there.Wait(t, len(sent))
		for i, got := range there.All() {
			if !reflect.DeepEqual(got, sent[i]) {
				t.Errorf("got %+v, want %+v", got, sent[i])
			}
		}
	})
	t.Run("a batch of any size arrives in order", func(t *testing.T) {
		a, b := open(t), open(t)
		var there Log
		defer b.Join(there.Add)()
		var batch []chat.Event
		for i := range int64(400) {
			batch = append(batch, Posted("talk", i+1, strings.Repeat("words ", 800)))
		}
		for range 2 {
			if err := a.Publish(t.Context(), hub.Signal{Events: batch}); err != nil {
				t.Fatal(err)
			}
		}
		var got []chat.Event
		for end := time.Now().Add(5 * time.Second); len(got) < 2*len(batch); time.Sleep(time.Millisecond) {
			if got = there.Events(); time.Now().After(end) {
				t.Fatalf("heard %d events, want %d", len(got), 2*len(batch))
			}
		}
		if !reflect.DeepEqual(got, append(batch[:len(batch):len(batch)], batch...)) {
			t.Error("the events are others, or stand in another order")
		}
	})
	t.Run("a slow member hears everything", func(t *testing.T) {
		a, b := open(t), open(t)
		var slow Log
		defer b.Join(func(s hub.Signal) {
			time.Sleep(time.Millisecond)
			slow.Add(s)
		})()
		for i := range 300 {
			if err := a.Publish(t.Context(), Numbered("0", i)); err != nil {
				t.Fatal(err)
			}
		}
		slow.Wait(t, 300)
		slow.Ordered(t, map[string]int{"0": 300})
	})
	t.Run("who has left hears nothing", func(t *testing.T) {
		a, b := open(t), open(t)
		var gone, stays Log
		leave := a.Join(gone.Add)
		defer a.Join(stays.Add)()
		leave()
		for i, broker := range []hub.Broker{a, b} {
			if err := broker.Publish(t.Context(), Numbered(fmt.Sprint(i), 0)); err != nil {
				t.Fatal(err)
			}
		}
		stays.Wait(t, 2)
		if n := gone.Len(); n != 0 {
			t.Fatalf("heard %d signals after leaving", n)
		}
	})
	t.Run("publishing to nobody is no error", func(t *testing.T) {
		if err := open(t).Publish(context.Background(), Numbered("x", 0)); err != nil {
			t.Fatal(err)
		}
	})
}

// settle sends one more signal from each broker and waits until all have heard both.
func settle(t *testing.T, a, b hub.Broker, logs ...*Log) {
	t.Helper()
	for _, broker := range []hub.Broker{a, b} {
		if err := broker.Publish(t.Context(), Numbered("last", 0)); err != nil {
			t.Fatal(err)
		}
	}
	for _, l := range logs {
		for end := time.Now().Add(5 * time.Second); l.count("last") < 2; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("what was sent last has not come")
			}
		}
	}
}

// Numbered is a signal whose order a Log can check.
func Numbered(sender string, n int) hub.Signal {
	return hub.Signal{Topic: sender, Frame: fmt.Appendf(nil, "%d", n)}
}

// Posted is the event of a message.
func Posted(conversation string, seq int64, text string) chat.Event {
	return chat.Event{
		ConversationID: conversation, SiteID: "site", Seq: seq, PublicSeq: seq, SiteSeq: seq, Type: chat.MessagePosted, At: 1_700_000_000_000,
		By: chat.ByPerson, ByID: "person", MessageID: fmt.Sprint("message ", seq), Names: chat.Names{By: chat.AgentCard{ID: "person", Name: "Maria"}},
		Message: &chat.Message{ID: fmt.Sprint("message ", seq), ConversationID: conversation, By: chat.ByPerson, ByID: "person", Text: text, Seq: seq, PublicSeq: seq},
	}
}

// Log keeps what a member heard. The zero value is empty.
type Log struct {
	mu  sync.Mutex
	got []hub.Signal
}

// Add is a member.
func (l *Log) Add(s hub.Signal) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got = append(l.got, s)
}

// Len is how many signals were heard.
func (l *Log) Len() int { return len(l.All()) }

// All are the signals that were heard.
func (l *Log) All() []hub.Signal {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.got[:len(l.got):len(l.got)]
}

// Events are those of all signals.
func (l *Log) Events() (events []chat.Event) {
	for _, s := range l.All() {
		events = append(events, s.Events...)
	}
	return events
}

func (l *Log) count(topic string) (n int) {
	for _, s := range l.All() {
		if s.Topic == topic {
			n++
		}
	}
	return n
}

// Wait waits until n signals were heard, at most 5 s.
func (l *Log) Wait(t testing.TB, n int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); l.Len() < n; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("heard %d signals, want %d", l.Len(), n)
		}
	}
}

// Ordered checks that Numbered signals came once and in order, as many of each sender
// as said.
func (l *Log) Ordered(t testing.TB, want map[string]int) {
	t.Helper()
	next := make(map[string]int)
	for _, s := range l.All() {
		if want[s.Topic] == 0 {
			continue
		}
		if n := fmt.Sprint(next[s.Topic]); string(s.Frame) != n {
			t.Fatalf("of sender %s came %s, want %s", s.Topic, s.Frame, n)
		}
		next[s.Topic]++
	}
	if !reflect.DeepEqual(next, want) {
		t.Fatalf("heard %v, want %v", next, want)
	}
}
