package bench

import (
	"testing"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

func eventsOf(conversation string, seqs ...int64) drive.Frame {
	f := drive.Frame{Type: "events", ConversationID: conversation}
	for _, n := range seqs {
		f.Events = append(f.Events, drive.Event{Seq: n})
	}
	return f
}

func TestRoamerSeesWhatIsOutOfOrder(t *testing.T) {
	for _, c := range []struct {
		name   string
		frames []drive.Frame
		wrong  int64
	}{
		{"one after the other", []drive.Frame{eventsOf("c", 1, 2), eventsOf("c", 3), eventsOf("d", 1)}, 0},
		{"a gap", []drive.Frame{eventsOf("c", 1, 3, 4)}, 1},
		{"twice", []drive.Frame{eventsOf("c", 1, 2), eventsOf("c", 2, 3)}, 1},
		{"told to load anew", []drive.Frame{eventsOf("c", 1), {Type: "reload", ConversationID: "c"}, eventsOf("c", 1)}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &roamer{crew: &roamers{}, seen: map[string]int64{}}
			for _, f := range c.frames {
				p.take(nil, f, nil)
			}
			if n := p.crew.disorder.Load(); n != c.wrong {
				t.Errorf("counted %d, want %d", n, c.wrong)
			}
		})
	}
}

// A message is sent under one id until it is acknowledged, whatever is answered between.
func TestRoamerSendsAgainUnderTheSameID(t *testing.T) {
	p := &roamer{crew: &roamers{}, name: "kill-7"}
	if first, second := p.next(), p.next(); first != "kill-7-1" || second != first {
		t.Errorf("sends %q and then %q", first, second)
	}
	p.confirmed("kill-7-9")
	if id := p.next(); id != "kill-7-1" {
		t.Errorf("another message was acknowledged, and it goes on with %q", id)
	}
	p.confirmed("kill-7-1")
	if id := p.next(); id != "kill-7-2" || p.crew.acked.Load() != 1 {
		t.Errorf("goes on with %q after %d acknowledgements", id, p.crew.acked.Load())
	}
	p.confirmed("kill-7-2")
	p.crew.quiet.Store(true)
	if id := p.next(); id != "" {
		t.Errorf("says %q although everybody is to be quiet", id)
	}
}

func TestRoamerCountsWhatIsRefusedForGood(t *testing.T) {
	p := &roamer{crew: &roamers{}}
	answers := make(chan string, 2)
	p.take(nil, drive.Frame{Type: "error", Code: "store_unavailable"}, answers)
	p.take(nil, drive.Frame{Type: "error", Code: "forbidden"}, answers)
	if n := p.crew.refused.Load(); n != 1 || len(answers) != 2 {
		t.Errorf("%d refused for good, %d to be sent again", n, len(answers))
	}
}

// Who is still away counts with the time since, and who never was here does not.
func TestAbsent(t *testing.T) {
	c := &roamers{pauses: []time.Duration{3 * time.Second, time.Second}}
	c.all = []*roamer{{crew: c, down: time.Now().Add(-time.Hour)}, {crew: c, live: true, down: time.Now().Add(-time.Hour)}, {crew: c}}
	got := c.absent()
	if len(got) != 3 || got[0] != time.Second || got[1] != 3*time.Second || got[2] < time.Hour {
		t.Errorf("away for %v", got)
	}
	c.all = nil
	if got := c.absent(); len(got) != 0 {
		t.Errorf("counted again: %v", got)
	}
}

func TestNearly(t *testing.T) {
	hundred := make([]time.Duration, 100)
	for i := range hundred {
		hundred[i] = time.Duration(i + 1)
	}
	for _, c := range []struct {
		sorted []time.Duration
		want   time.Duration
	}{{nil, 0}, {hundred[:1], 1}, {hundred[:50], 50}, {hundred, 99}, {append(hundred[:100:100], 101), 100}} {
		if got := nearly(c.sorted); got != c.want {
			t.Errorf("of %d: %d, want %d", len(c.sorted), got, c.want)
		}
	}
}
