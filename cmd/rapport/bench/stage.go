package bench

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"golang.org/x/sys/unix"
)

// stage is one stretch of load at one rate. Every message has a number, which
// its client id carries, and with it the moment at which it was to be sent.
type stage struct {
	id    int // distinguishes the stages of a run, 0 to 255
	rate  float64
	total int
	copy  int // deliveries that each message is to have

	begin   time.Duration // on the monotonic clock
	skip    int           // messages of the warm-up, which do not count as samples
	seen    []atomic.Uint32
	took    []atomic.Int64 // µs until each arrived first; nil: only the histograms are kept
	arrived atomic.Int64   // deliveries, repeats not counted
	refused atomic.Int64   // error frames
	hists   []*hdrhistogram.Histogram
}

// mark is what every client id of the bench begins with.
const mark = 'b'

// newStage plans a stage for readers receivers: warm seconds that only heat,
// then as long as measured.
func newStage(id int, rate float64, warm, measured time.Duration, readers, copies int) *stage {
	s := &stage{id: id, rate: rate, copy: copies}
	s.skip = int(rate * warm.Seconds())
	s.total = s.skip + max(1, int(rate*measured.Seconds()))
	s.seen = make([]atomic.Uint32, s.total)
	for range readers {
		s.hists = append(s.hists, hdrhistogram.New(1, time.Minute.Microseconds(), 3))
	}
	return s
}

// now reads the clock that the pacer sleeps on.
func now() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		panic(err) // the kernel has no monotonic clock
	}
	return time.Duration(ts.Nano())
}

// intended is the moment at which message n is to be sent.
func (s *stage) intended(n int) time.Duration {
	return s.begin + time.Duration(float64(n)/s.rate*float64(time.Second))
}

// clientID names message n of the stage, in 11 characters.
func (s *stage) clientID(buf []byte, n int) []byte {
	return fmt.Appendf(buf, "%c%02x%08x", mark, s.id, n)
}

// grain is the shortest time between two sleeps of the pacer.
const grain = 500 * time.Microsecond

// departure is when message n leaves: when it is due, or with the last of those
// that are due in the same grain.
func (s *stage) departure(n int) time.Duration {
	if s.rate*grain.Seconds() <= 1 {
		return s.intended(n)
	}
	return s.begin + (s.intended(n) - s.begin + grain - 1).Truncate(grain)
}

// pace calls send for every message at its moment, or as soon after as it can.
// It sleeps in the kernel, on a thread of its own: the runtime's timers are a
// millisecond late on an idle machine, which is more than what is measured.
// Above 1/grain a second, messages go in small groups: to sleep before each
// costs a third of a core of a machine that the server needs too. Latency is
// counted from when each was due, not from when its group went.
func (s *stage) pace(ctx context.Context, send func(n int) error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, 50_000, 0, 0, 0)
	s.begin = now() + 50*time.Millisecond
	for n := range s.total {
		at := unix.NsecToTimespec(s.departure(n).Nanoseconds())
		for unix.ClockNanosleep(unix.CLOCK_MONOTONIC, unix.TIMER_ABSTIME, &at, nil) == unix.EINTR {
		}
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := send(n); err != nil {
			return fmt.Errorf("send message %d: %w", n, err)
		}
	}
	return nil
}

var clientIDKey = []byte(`"client_id":"` + string(mark))

// receive notes every message of the stage in a frame. reader owns its
// histogram; at is when the frame had been read.
func (s *stage) receive(frame []byte, reader int, at time.Duration) {
	for {
		i := bytes.Index(frame, clientIDKey)
		if i < 0 || len(frame) < i+len(clientIDKey)+10 {
			return
		}
		frame = frame[i+len(clientIDKey):]
		id, err := strconv.ParseUint(string(frame[:2]), 16, 8)
		if err != nil || int(id) != s.id {
			continue
		}
		n, err := strconv.ParseUint(string(frame[2:10]), 16, 32)
		if err != nil || n >= uint64(s.total) {
			continue
		}
		if s.seen[n].Add(1) <= uint32(s.copy) {
			s.arrived.Add(1)
			if s.took != nil {
				s.took[n].CompareAndSwap(0, max(1, (at-s.intended(int(n))).Microseconds()))
			}
			if int(n) >= s.skip {
				// Values beyond a minute cannot be: the run is bounded.
				_ = s.hists[reader].RecordValue(max(1, (at - s.intended(int(n))).Microseconds()))
			}
		}
	}
}

// drain waits until everything has arrived or been refused, at most limit.
func (s *stage) drain(ctx context.Context, limit time.Duration) error {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); {
		if s.arrived.Load()+s.refused.Load()*int64(s.copy) >= int64(s.total*s.copy) {
			return pause(ctx, 50*time.Millisecond) // repeats would come now
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// lost counts deliveries that never came although nobody refused the message;
// duplicated those that came once too often.
func (s *stage) lost() int64 {
	return max(0, int64(s.total*s.copy)-s.arrived.Load()-s.refused.Load()*int64(s.copy))
}

func (s *stage) duplicated() int64 {
	var n int64
	for i := range s.seen {
		n += max(0, int64(s.seen[i].Load())-int64(s.copy))
	}
	return n
}

// latencies merges what all readers saw. Call it when they are at rest.
func (s *stage) latencies() *hdrhistogram.Histogram {
	all := hdrhistogram.New(1, time.Minute.Microseconds(), 3)
	for _, h := range s.hists {
		all.Merge(h)
	}
	return all
}

// quantile returns a percentile in milliseconds.
func quantile(h *hdrhistogram.Histogram, q float64) float64 {
	return float64(h.ValueAtQuantile(q)) / 1000
}
