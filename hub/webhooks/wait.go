package webhooks

import (
	"math/rand/v2"
	"time"
)

// Patience is how long what is not taken is tried again.
const Patience = 3 * 24 * time.Hour

// longest is the most that is waited between two attempts, whatever a receiver asks for.
const longest = 6 * time.Hour

var waits = []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, longest}

// wait is how long after so many attempts that failed the next is made: what the
// receiver asks for, where that is more, and up to a fifth on top, so that those which
// failed together do not come together.
func wait(tries int64, asked time.Duration) time.Duration {
	d := waits[min(int(tries)-1, len(waits)-1)]
	d = max(d, min(asked, longest))
	return d + rand.N(d/5)
}
