package hub

import "time"

// BeatEvery is the time between two beats of a connection.
const BeatEvery = 20 * time.Second

// Limits bound one connection. They are data, so that a benchmark on loopback
// runs the same code with other numbers.
type Limits struct {
	Message   int           // bytes of one incoming message, fragments together
	Fragments int           // frames that one message may come in
	OwnBytes  int           // bytes queued that no other connection shares
	Shared    int           // bytes queued by reference
	Frames    int           // frames queued or held
	Burst     int           // incoming frames at once, control frames included
	PerSecond int           // incoming frames a second in the long run
	Hello     time.Duration // until the first message
	Silence   time.Duration // without a sign of life
	WriteWait time.Duration // for one write to the socket
	Answers   int           // every how many beats the client answers
}

// VisitorLimits are those of a visitor's socket. 64 KiB of own bytes hold more
// than a screen of messages; 30 frames a second is far above any typist.
func VisitorLimits() Limits {
	return Limits{
		Message: 64 << 10, Fragments: 16,
		OwnBytes: 64 << 10, Shared: 512 << 10, Frames: 512,
		Burst: 100, PerSecond: 30,
		Hello: 5 * time.Second, Silence: 95 * time.Second, WriteWait: 10 * time.Second,
		Answers: 4,
	}
}

// AgentLimits are those of an agent's socket: more frames, since a console
// listens to whole sites, and quicker notice of a dead one.
func AgentLimits() Limits {
	l := VisitorLimits()
	l.Frames, l.Shared = 2048, 900<<10
	l.Burst, l.PerSecond = 300, 100
	l.Silence, l.Answers = 45*time.Second, 1
	return l
}

// Relaxed is l without a rate: for benchmarks, which the server accepts only
// over loopback. Memory bounds stay.
func (l Limits) Relaxed() Limits {
	l.Burst, l.PerSecond = 1<<30, 1<<30
	return l
}
