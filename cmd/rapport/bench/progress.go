package bench

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// progress shows on a terminal what is going on; elsewhere it is silent.
type progress struct {
	out io.Writer // nil: no terminal

	mu    sync.Mutex
	shown time.Time
}

func newProgress(out io.Writer) *progress {
	if f, ok := out.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			return &progress{out: out}
		}
	}
	return &progress{}
}

// step shows a new activity.
func (p *progress) step(format string, args ...any) { p.show(true, format, args...) }

// tick shows how far an activity is, at most ten times a second.
func (p *progress) tick(format string, args ...any) { p.show(false, format, args...) }

func (p *progress) show(always bool, format string, args ...any) {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); always || now.Sub(p.shown) >= 100*time.Millisecond {
		p.shown = now
		fmt.Fprintf(p.out, "\r\x1b[K"+format, args...)
	}
}

// done clears the line.
func (p *progress) done() { p.show(true, "") }
