package desk

import (
	"math"
	"slices"
	"time"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

// What an estimate is made of.
const (
	estimateDays = 28               // how far back
	aboutNow     = 90 * time.Minute // by the clock on the wall, to either side
	lately       = 2 * time.Hour    // whatever the clock says
	enoughWaits  = 8                // fewer say nothing
	longestGuess = 2 * time.Hour    // beyond it nothing is said
)

// Estimate is what whoever waits may expect, in minutes: half of those who waited
// at this time of day had an answer after Middle, and half of all between From and
// To.
type Estimate struct{ From, Middle, To int }

// estimate judges by past waits how long somebody will wait who has waited since a
// time; false where too few of them say so. Waits count in opening hours only.
func estimate(past []chat.Wait, c *hours.Calendar, since, now time.Time) (Estimate, bool) {
	waited := c.Between(since, now)
	var ahead []time.Duration
	for _, w := range past {
		ended := w.EndedAt.Std()
		began := ended.Add(-time.Duration(w.For) * time.Millisecond)
		if !c.OpenAt(began) || now.Sub(began) > lately && !sameTime(began, since, c.Zone()) {
			continue
		}
		if d := c.Between(began, ended); d > waited {
			ahead = append(ahead, d-waited)
		}
	}
	if len(ahead) < enoughWaits {
		return Estimate{}, false
	}
	slices.Sort(ahead)
	quarter := func(n int) time.Duration { return ahead[n*(len(ahead)-1)/4] }
	if quarter(3) > longestGuess {
		return Estimate{}, false
	}
	return Estimate{minutes(quarter(1)), minutes(quarter(2)), minutes(quarter(3))}, true
}

// minutes are whole ones, at least one.
func minutes(d time.Duration) int { return max(1, int(math.Ceil(d.Minutes()))) }

// sameTime reports whether two instants lie near each other by the clock on the
// wall, whatever the day.
func sameTime(a, b time.Time, zone *time.Location) bool {
	const day = 24 * time.Hour
	apart := (clockOf(a, zone) - clockOf(b, zone)).Abs()
	return min(apart, day-apart) <= aboutNow
}

func clockOf(t time.Time, zone *time.Location) time.Duration {
	h, m, s := t.In(zone).Clock()
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
}
