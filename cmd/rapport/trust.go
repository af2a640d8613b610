package main

import (
	"fmt"
	"time"

	"rapport/hub/chat"
)

const (
	// quietAtMost is how far the clock may stand ahead of the newest that was stored; a
	// site over the holidays is quiet that long.
	quietAtMost = 7 * 24 * time.Hour
	// behindAtMost is how far it may stand behind it, or jump while the server runs.
	behindAtMost = 24 * time.Hour
	// trustAfter is how long a server runs until it believes its clock all the same:
	// somebody sees a wrong one within a day, and a quiet site keeps to what it says.
	trustAfter = 24 * time.Hour
)

// clockTrust says whether the machine's clock may be believed with what cannot be undone: a
// machine that boots two years ahead would erase all that a site keeps for a year.
type clockTrust struct {
	seen  chat.Time     // the newest that is known from before
	began time.Duration // what the server had run by then
	// At the last look:
	wall     chat.Time
	ran      time.Duration
	believed bool
}

// doubt is why a clock is not believed, nil where it is. ran is how long the server has
// run by a clock that nobody sets.
func (c *clockTrust) doubt(wall chat.Time, ran time.Duration) error {
	if c.believed && apart(wall, c.wall.Add(ran-c.ran)) > behindAtMost {
		c.seen, c.began = c.wall, c.ran // it was set: from here on it has to prove itself
	}
	c.wall, c.ran = wall, ran
	run := ran - c.began
	known := c.seen.Add(run)
	c.believed = run >= trustAfter || (wall <= known.Add(quietAtMost) && wall >= known.Add(-behindAtMost))
	if c.believed {
		return nil
	}
	return fmt.Errorf("the clock says %s, and the newest that is stored is of %s: nothing is erased by age until the server has run for %s",
		wall.Std().UTC().Format(time.RFC3339), c.seen.Std().UTC().Format(time.RFC3339), trustAfter)
}

// apart is how far two times lie from each other.
func apart(a, b chat.Time) time.Duration { return a.Std().Sub(b.Std()).Abs() }
