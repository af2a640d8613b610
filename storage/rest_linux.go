package storage

import (
	"time"

	"golang.org/x/sys/unix"
)

// slack is how late the kernel may be, in ns: threads may have come with more, for
// sleeps that matter less.
const slack = 50_000

// rest sleeps in the kernel: the runtime's timers are up to a millisecond late,
// which is more than a commit takes. Waking early costs nothing but a small batch.
func rest(d time.Duration) {
	_ = unix.Prctl(unix.PR_SET_TIMERSLACK, slack, 0, 0, 0)
	ts := unix.NsecToTimespec(d.Nanoseconds())
	_ = unix.Nanosleep(&ts, nil)
}
