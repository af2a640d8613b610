package storage

import (
	"time"

	"golang.org/x/sys/unix"
)

// rest sleeps in the kernel: the runtime's timers are up to a millisecond late,
// which is more than a commit takes. Waking early costs nothing but a small batch.
func rest(d time.Duration) {
	ts := unix.NsecToTimespec(d.Nanoseconds())
	_ = unix.Nanosleep(&ts, nil)
}
