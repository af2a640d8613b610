package hours

import (
	"slices"
	"sync"
	"time"

	"rapport/hub/chat"
)

const (
	daySeconds = 24 * 60 * 60
	dayMinutes = 24 * 60
)

// Calendar is a site's hours, ready to be asked.
type Calendar struct {
	kept    bool
	zone    *time.Location
	week    chat.Week
	dates   []run
	yearly  map[monthDay]chat.Periods
	country string
	openOn  []string
	years   sync.Map // int → map[int64]string: a year's public holidays by day, once asked for
}

// run is days in a row that have hours of their own.
type run struct {
	first, last int64
	periods     chat.Periods
}

type monthDay struct {
	month time.Month
	day   int
}

// Of makes a calendar of hours that were cleaned. A zone that this machine does
// not know counts as UTC.
func Of(h chat.Hours) *Calendar {
	c := &Calendar{kept: h.Kept, zone: Zone(h.Zone), week: h.Week, country: h.Country, openOn: h.OpenOn}
	for _, d := range h.Days {
		first, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue
		}
		last := first
		if t, err := time.Parse(time.DateOnly, d.Until); err == nil {
			last = t
		}
		if !d.Yearly {
			c.dates = append(c.dates, run{dayOf(first.Unix()), dayOf(last.Unix()), d.Hours})
			continue
		}
		if c.yearly == nil {
			c.yearly = map[monthDay]chat.Periods{}
		}
		c.yearly[monthDay{first.Month(), first.Day()}] = d.Hours
	}
	slices.Reverse(c.dates) // of several the last counts, so it is found first
	return c
}

var zones sync.Map // name → *time.Location; only names that exist

// Zone returns the zone of this name, UTC where there is none. It reads a file the
// first time.
func Zone(name string) *time.Location {
	if zone, known := zones.Load(name); known {
		return zone.(*time.Location)
	}
	zone, err := chat.LoadZone(name)
	if err != nil || name == "Local" {
		return time.UTC
	}
	zones.Store(name, zone)
	return zone
}

// Kept reports whether the site keeps hours at all.
func (c *Calendar) Kept() bool { return c.kept }

// Zone is where the clock on the wall hangs.
func (c *Calendar) Zone() *time.Location { return c.zone }

// OpenAt reports whether the site is open at t.
func (c *Calendar) OpenAt(t time.Time) bool {
	_, offset := t.In(c.zone).Zone()
	return c.openWall(t.Unix() + int64(offset))
}

// On returns what is kept on the date of t, times of day left aside, as its own
// zone names it. A site that keeps no hours is open all day.
func (c *Calendar) On(t time.Time) chat.Periods {
	y, m, d := t.Date()
	return c.periods(dayOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()))
}

// openWall tells by the clock on the wall, in seconds since 1970 as it shows them.
func (c *Calendar) openWall(wall int64) bool {
	if !c.kept {
		return true
	}
	day := dayOf(wall)
	second := int(wall - day*daySeconds)
	return within(c.periods(day), second) || within(c.periods(day-1), second+daySeconds)
}

func within(list chat.Periods, second int) bool {
	for _, p := range list {
		if second >= p.Open*60 && second < p.Close*60 {
			return true
		}
	}
	return false
}

var allDay = chat.Periods{{Open: 0, Close: dayMinutes}}

// periods are those that begin on a day, counted from 1970.
func (c *Calendar) periods(day int64) chat.Periods {
	if !c.kept {
		return allDay
	}
	for _, r := range c.dates {
		if day >= r.first && day <= r.last {
			return r.periods
		}
	}
	date := time.Unix(day*daySeconds, 0).UTC()
	if p, own := c.yearly[monthDay{date.Month(), date.Day()}]; own {
		return p
	}
	if c.holiday(date.Year(), day) != "" {
		return nil
	}
	return c.week[date.Weekday()]
}

// holiday is the name of the public holiday that a day is closed for, or "".
func (c *Calendar) holiday(year int, day int64) string {
	if c.country == "" {
		return ""
	}
	known, found := c.years.Load(year)
	if !found {
		closed := map[int64]string{}
		for _, h := range Holidays(c.country, year) {
			if d := dayOf(h.Date.Unix()); closed[d] == "" && !slices.Contains(c.openOn, h.Name) {
				closed[d] = h.Name
			}
		}
		known, _ = c.years.LoadOrStore(year, closed)
	}
	return known.(map[int64]string)[day]
}

// dayOf is the day that a wall clock's second falls in, counted from 1970.
func dayOf(wall int64) int64 {
	day := wall / daySeconds
	if wall%daySeconds < 0 {
		day--
	}
	return day
}
