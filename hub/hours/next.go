package hours

import (
	"slices"
	"time"
)

// Horizon is how far ahead is looked.
const Horizon = 400 * 24 * time.Hour

// NextOpening is the first instant from t on at which the site is open, t itself
// if it is now; false if none comes within Horizon.
func (c *Calendar) NextOpening(t time.Time) (time.Time, bool) { return c.next(t, true) }

// NextClosing is the first instant from t on at which the site is closed, t itself
// if it is now; false if none comes within Horizon.
func (c *Calendar) NextClosing(t time.Time) (time.Time, bool) { return c.next(t, false) }

// next looks through the stretches between two changes of the zone's clock, within
// which wall time runs as time does.
func (c *Calendar) next(t time.Time, open bool) (time.Time, bool) {
	if !c.kept {
		return t, open
	}
	if c.OpenAt(t) == open {
		return t, true
	}
	end := t.Add(Horizon)
	for t.Before(end) {
		local := t.In(c.zone)
		_, offset := local.Zone()
		until := end
		if _, change := local.ZoneBounds(); !change.IsZero() && change.Before(end) {
			until = change
		}
		shift := int64(offset)
		if wall, found := c.turn(t.Unix()+shift, until.Unix()+shift, open); found {
			return time.Unix(wall-shift, 0).In(t.Location()), true
		}
		t = until.In(t.Location())
	}
	return time.Time{}, false
}

// turn is the first second on the wall, from one to before another, at which the
// site is open, or closed.
func (c *Calendar) turn(from, until int64, open bool) (int64, bool) {
	if from < until && c.openWall(from) == open {
		return from, true
	}
	for day := dayOf(from); day*daySeconds < until; day++ {
		for _, wall := range c.edges(day) {
			if wall > from && wall < until && c.openWall(wall) == open {
				return wall, true
			}
		}
	}
	return 0, false
}

// edges are the seconds of a day at which a period may begin or end, in order.
func (c *Calendar) edges(day int64) []int64 {
	out := make([]int64, 0, 8)
	for _, p := range c.periods(day - 1) {
		if p.Close > dayMinutes {
			out = append(out, (day-1)*daySeconds+int64(p.Close)*60)
		}
	}
	for _, p := range c.periods(day) {
		out = append(out, day*daySeconds+int64(p.Open)*60, day*daySeconds+int64(p.Close)*60)
	}
	slices.Sort(out)
	return out
}

// Add is the instant at which the site has been open for d from t on; d is not
// negative. For zero it is the next opening. False if that is past Horizon.
func (c *Calendar) Add(t time.Time, d time.Duration) (time.Time, bool) {
	end := t.Add(Horizon)
	for t.Before(end) {
		open, ok := c.NextOpening(t)
		if !ok {
			break
		}
		closing, ok := c.NextClosing(open)
		left := closing.Sub(open)
		if !ok || d <= left {
			return open.Add(d), true
		}
		d -= left
		t = closing
	}
	return time.Time{}, false
}

// Between is for how long the site is open from one instant to another.
func (c *Calendar) Between(from, to time.Time) (sum time.Duration) {
	for from.Before(to) {
		open, ok := c.NextOpening(from)
		if !ok || !open.Before(to) {
			break
		}
		closing, ok := c.NextClosing(open)
		if !ok || closing.After(to) {
			closing = to
		}
		sum += closing.Sub(open)
		from = closing
	}
	return sum
}

// Span is a stretch of time in which a site is open.
type Span struct{ From, To time.Time }

// Coming are the next n stretches in which the site is open, from t on and the one
// that goes on at t included; fewer where Horizon ends them. n is small.
func (c *Calendar) Coming(t time.Time, n int) (out []Span) {
	for len(out) < n {
		open, ok := c.NextOpening(t)
		if !ok {
			break
		}
		closing, ok := c.NextClosing(open)
		if !ok {
			break
		}
		out = append(out, Span{open, closing})
		t = closing
	}
	return out
}

// DayAfter is the nth date after that of t on which the site opens, as midnight
// UTC; n is at least 1. The date of t is what its own zone shows. Without hours
// weekends do not count. False if that is past Horizon.
func (c *Calendar) DayAfter(t time.Time, n int) (time.Time, bool) {
	y, m, d := t.Date()
	for i := 1; i <= int(Horizon/(24*time.Hour)); i++ {
		date := time.Date(y, m, d+i, 0, 0, 0, 0, time.UTC)
		if c.works(date) {
			n--
		}
		if n == 0 {
			return date, true
		}
	}
	return time.Time{}, false
}

// works reports whether a date counts among working days.
func (c *Calendar) works(date time.Time) bool {
	if !c.kept {
		return date.Weekday() != time.Saturday && date.Weekday() != time.Sunday
	}
	return len(c.On(date)) > 0
}
