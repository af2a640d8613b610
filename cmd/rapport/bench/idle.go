package bench

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// audience keeps connections alive: one small goroutine each, which answers
// beats and hands other frames on.
type audience struct {
	readers sync.WaitGroup
	closing atomic.Bool
	ended   atomic.Int64 // sockets that ended before their time
	beats   atomic.Int64
	why     atomic.Pointer[error]
}

// keep reads a socket until it ends; frame may be nil.
func (a *audience) keep(s *drive.Socket, frame func([]byte)) {
	a.readers.Go(func() {
		var raw []byte
		for {
			var err error
			if raw, err = s.Read(raw); err == nil && isBeat(raw) {
				a.beats.Add(1)
				err = s.Write(beat)
			}
			if err != nil {
				if !a.closing.Load() {
					a.ended.Add(1)
					a.why.CompareAndSwap(nil, &err)
				}
				return
			}
			if frame != nil {
				frame(raw)
			}
		}
	})
}

// dismiss closes the guests' sockets and waits for their readers.
func (a *audience) dismiss(guests []*guest) {
	a.closing.Store(true)
	for _, g := range guests {
		if g != nil {
			g.socket.Cut()
		}
	}
	a.readers.Wait()
}

// rest is how long the server is left alone before its own memory is read: it
// gives back what the agent's sign-in took within 20 s.
const rest = 25 * time.Second

// runIdle measures what visitors cost who have a conversation, are connected
// and say nothing.
func runIdle(ctx context.Context, r *run) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	r.progress.step("letting the server rest")
	if err := pause(ctx, rest); err != nil {
		return err
	}
	before, err := r.rss()
	if err != nil {
		return err
	}
	guests, err := r.gather(ctx, r.connections)
	if err != nil {
		return err
	}
	var a audience
	defer a.dismiss(guests)
	for _, g := range guests {
		a.keep(g.socket, nil)
	}
	r.progress.step("%d visitors are connected; letting them settle", len(guests))
	if err := pause(ctx, r.settle); err != nil {
		return err
	}
	cpu, err := r.idleCPU(ctx)
	if err != nil {
		return err
	}
	after, err := r.rss()
	if err != nil {
		return err
	}
	if n := a.ended.Load(); n > 0 {
		return fmt.Errorf("%d of %d connections ended, the first with: %w", n, len(guests), *a.why.Load())
	}
	r.result.param("connections", len(guests))
	r.result.param("conversations", len(guests))
	r.result.param("settle_s", r.settle.Seconds())
	r.result.param("window_s", r.window.Seconds())
	if r.server != nil {
		r.result.atMost("kb_per_conn", "memory per connected visitor", "KB", (after-before)*1024/float64(len(guests)), 12)
		r.result.atMost("cpu_percent", "processor time of all, of one core", "%", cpu, 3)
		r.result.aside("server's memory before", "MB", before)
		r.result.aside("server's memory with them", "MB", after)
	}
	return nil
}

// idleCPU watches the server for a while and returns the share of one core that
// it used, in percent.
func (r *run) idleCPU(ctx context.Context) (float64, error) {
	before, err := r.cpu()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	for time.Since(began) < r.window {
		r.progress.tick("watching the server: %.0f s left", (r.window - time.Since(began)).Seconds())
		if err := pause(ctx, time.Second); err != nil {
			return 0, err
		}
	}
	after, err := r.cpu()
	return float64(after-before) / float64(time.Since(began)) * 100, err
}
