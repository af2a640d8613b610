package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

// frameOf is an events frame with these client ids, as the server may write it.
func frameOf(ids ...string) []byte {
	out := `{"type":"events","conversation_id":"c","events":[`
	for _, id := range ids {
		out += `{"seq":1,"message":{"client_id":"` + id + `","text":"client_id b0000000000"}},`
	}
	return []byte(out[:len(out)-1] + "]}")
}

func TestStageCountsLostAndDuplicated(t *testing.T) {
	s := newStage(3, 100, 0, 50*time.Millisecond, 2, 1)
	if s.total != 5 {
		t.Fatalf("%d messages at 100 a second for 50 ms", s.total)
	}
	id := func(n int) string { return string(s.clientID(nil, n)) }
	s.begin = now()
	s.receive(frameOf(id(0), id(1)), 0, now())
	s.receive(frameOf(id(1)), 1, now())                                    // again
	s.receive(frameOf("b0400000002", "b03ffffffff", "x", "b03"), 0, now()) // another stage, out of range, foreign, cut off
	s.refused.Add(1)
	if lost, twice := s.lost(), s.duplicated(); lost != 2 || twice != 1 {
		t.Fatalf("2 of 5 arrived, 1 twice, 1 refused: lost %d, duplicated %d", lost, twice)
	}
	if n := s.latencies().TotalCount(); n != 2 {
		t.Fatalf("%d samples of 2 messages", n)
	}
	if s.holds() {
		t.Error("a stage with losses holds")
	}
}

func TestStageCountsEveryCopy(t *testing.T) {
	s := newStage(0, 10, 0, 100*time.Millisecond, 3, 3)
	s.begin = now()
	for reader := range 2 {
		s.receive(frameOf(string(s.clientID(nil, 0))), reader, now())
	}
	if s.lost() != 1 || s.duplicated() != 0 {
		t.Fatalf("2 of 3 copies: lost %d, duplicated %d", s.lost(), s.duplicated())
	}
}

// Latency counts from the intended moment: a sender that is held up must show.
func TestLatencyCountsFromTheIntendedMoment(t *testing.T) {
	s := newStage(0, 1000, 0, 20*time.Millisecond, 1, 1)
	err := s.pace(context.Background(), func(n int) error {
		if n == 0 {
			time.Sleep(200 * time.Millisecond) // the server takes nothing
		}
		s.receive(frameOf(string(s.clientID(nil, n))), 0, now())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if p50 := quantile(s.latencies(), 50); p50 < 150 {
		t.Fatalf("a stall of 200 ms at the first of 20 messages hides: p50 %v ms", p50)
	}
}

func TestPaceEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := newStage(0, 1000, 0, 10*time.Second, 1, 1)
	sent := 0
	err := s.pace(ctx, func(int) error {
		if sent++; sent == 100 {
			cancel()
		}
		return nil
	})
	if err == nil || sent > 200 {
		t.Fatalf("sent %d after the end, %v", sent, err)
	}
	if err := s.pace(context.Background(), func(int) error { return fmt.Errorf("broken") }); err == nil {
		t.Fatal("a failed send goes unnoticed")
	}
}

func TestWarmUpGivesNoSamples(t *testing.T) {
	s := newStage(0, 10, time.Second, time.Second, 1, 1)
	s.begin = now()
	s.receive(frameOf(string(s.clientID(nil, 9)), string(s.clientID(nil, 10))), 0, now())
	if n := s.latencies().TotalCount(); n != 1 {
		t.Fatalf("%d samples, want that of message 10 only", n)
	}
}

// What the bell has not told of is known by how long it took, or by never having come.
func TestStageTellsWhenTheBellWasBack(t *testing.T) {
	s := newStage(0, 10, 0, time.Second, 1, 1)
	s.took = make([]atomic.Int64, s.total)
	s.begin = now()
	for n, took := range []time.Duration{2, 900, 800, 700, 2, 400, 2, 2, 2, 2} { // ms; one each 100 ms
		s.receive(frameOf(string(s.clientID(nil, n))), 0, s.intended(n)+took*time.Millisecond)
	}
	back := s.intended(3) // when NATS came back: 5 was slow, 4 was not
	if got := s.slowAfter(back); got.Round(time.Millisecond) != 200*time.Millisecond {
		t.Errorf("it was back %v after the start, want that of message 5", got)
	}
	if got := s.longest(s.intended(2), back); got.Round(time.Millisecond) != 800*time.Millisecond {
		t.Errorf("the longest of the messages from 2 up to 3 took %v", got)
	}
	s.took[9].Store(0)
	if got := s.slowAfter(back); got.Round(time.Millisecond) != 600*time.Millisecond {
		t.Errorf("one that never came: %v", got)
	}
}
