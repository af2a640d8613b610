package when

import (
	"strconv"
	"strings"
	"time"
)

const noon = 12 * 60

// partOfDay reads "this morning" and "in the afternoon", and inside an
// expression "morning" alone.
func (f *finder) partOfDay(i int, inside bool) (said, bool) {
	at := i
	if f.text(at) == "later" || f.text(at) == "late" {
		at++
	}
	s := nothing(i, at+1)
	switch {
	case f.text(at) == "this":
		s.date, s.to = f.today, at+2
		at++
	case f.text(at) == "in" && f.text(at+1) == "the":
		s.to = at + 3
		at += 2
	case f.text(at-1) == "in" && f.text(at) == "the" && inside:
		s.to = at + 2
		at++
	case !inside && f.text(i) != "late":
		return said{}, false
	}
	s.part = english().Parts[f.text(at)]
	return s, s.part != ""
}

// end reads an end of the day, week or month, and lunch, before which a morning
// ends.
func (f *finder) end(i int) (said, bool) {
	for _, p := range english().edges {
		if n := p.at(f.after(i)); n > 0 && p.edge != ending {
			s := nothing(i, i+n)
			s.edge = p.edge
			return s, true
		} else if n > 0 {
			return f.endOf(i, i+n)
		}
	}
	before := f.text(i - 1)
	if w := f.text(i); (w == "lunch" || w == "lunchtime") && (before == "before" || before == "by") {
		s := nothing(i, i+1)
		s.clock = &clock{minute: noon}
		return s, true
	}
	return said{}, false
}

// endOf reads what "end of" goes on with.
func (f *finder) endOf(i, at int) (said, bool) {
	if s, ok := f.week(i); ok && !s.weekend {
		return s, true
	}
	s := nothing(i, at)
	s.edge = ends
	if _, ok := f.namedDay(at); ok {
		return s, true
	}
	if _, ok := f.weekday(at); ok {
		return s, true
	}
	s.edge = ""
	the := f.text(at) == "the" || f.text(at) == "this"
	month := english().Months[f.text(at)]
	switch {
	case the && f.text(at+1) == "month":
		s.to = at + 2
		month = int(f.today.Month())
	case month > 0:
		s.to = at + 1
	default:
		return said{}, false
	}
	year := f.today.Year()
	if month < int(f.today.Month()) {
		year++
	}
	s.date = time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
	return s, true
}

// thisTime reads "this time", of a day that is named after it.
func (f *finder) thisTime(i int) (said, bool) {
	if f.text(i) != "this" || f.text(i+1) != "time" {
		return said{}, false
	}
	s := nothing(i, i+2)
	s.clock = &clock{minute: f.now.Hour()*60 + f.now.Minute()}
	return s, true
}

// clockAt reads a time of day.
func (f *finder) clockAt(i int) (said, bool) {
	s := nothing(i, i)
	var ok bool
	if f.text(i) == "between" {
		_, at, first := f.hour(i+1, true)
		if !first || f.text(at) != "and" && f.text(at) != "to" {
			return said{}, false
		}
		s.clock, s.to, ok = f.hour(at+1, true)
	} else {
		s.clock, s.to, ok = f.hour(i, english().ClockLeads.has(f.text(i-1)))
	}
	if !ok {
		return said{}, false
	}
	if s.clock == nil {
		s.vague = true
		return s, true
	}
	f.saidZone(&s)
	return s, true
}

// hour reads a time of day at i. led tells whether "at" or the like stands
// before it, without which "three" is a number. A nil clock is a time that no
// clock shows.
func (f *finder) hour(i int, led bool) (*clock, int, bool) {
	switch f.text(i) {
	case "noon", "midday":
		return &clock{minute: noon}, i + 1, true
	case "midnight":
		return &clock{minute: 2 * noon}, i + 1, true
	}
	if c, end, ok := f.spoken(i, led); ok {
		return c, end, true
	}
	h, m, at := f.figures(i, led)
	if at == i {
		return nil, i, false
	}
	half := f.text(at)
	switch {
	case half == "am" || half == "pm":
		return half12(h, m, half == "pm"), at + 1, true
	case half == "o'clock":
		if h < 1 || h > 12 {
			return nil, at + 1, true
		}
		return &clock{minute: h%12*60 + m, open: true}, at + 1, true
	case m < 0:
		return nil, at, true
	case strings.ContainsAny(f.text(i), ":."):
		if h > 23 || m > 59 {
			return nil, at, true
		}
		open := h >= 1 && h <= 12 && f.text(i)[0] != '0'
		if open {
			h %= 12
		}
		return &clock{minute: h*60 + m, open: open}, at, true
	case led && h >= 1 && h <= 12 && f.clear(at):
		return &clock{minute: h % 12 * 60, open: true}, at, true
	}
	return nil, i, false
}

// figures reads the hour and minute of 3, three, 3:30 and, after "at", 15.30. A
// minute of -1 is none that there is.
func (f *finder) figures(i int, led bool) (h, m, end int) {
	w := f.text(i)
	if n := english().Numbers[w]; n > 0 && n <= 12 {
		return n, 0, i + 1
	}
	if n, err := strconv.Atoi(w); err == nil && len(w) <= 2 {
		return n, 0, i + 1
	}
	sep := ":"
	next := f.text(i + 1)
	if led || next == "am" || next == "pm" {
		sep = ":."
	}
	k := strings.IndexAny(w, sep)
	if k < 1 || k > 2 || len(w) != k+3 {
		return 0, 0, i
	}
	h, err := strconv.Atoi(w[:k])
	m, bad := strconv.Atoi(w[k+1:])
	if err != nil || bad != nil || m > 59 {
		return 0, -1, i + 1
	}
	return h, m, i + 1
}

// spoken reads "half past three", "quarter to five", "ten past two".
func (f *finder) spoken(i int, led bool) (*clock, int, bool) {
	at, m := i, 0
	if f.text(at) == "a" {
		at++
	}
	switch w := f.text(at); w {
	case "half":
		m, at = 30, at+1
	case "quarter":
		m, at = 15, at+1
	default:
		if m, at = f.count(at); m == 0 || m > 29 {
			return nil, i, false
		}
	}
	to := f.text(at) == "to" && m != 30
	h := english().Numbers[f.text(at+1)]
	if h == 0 {
		h, _ = strconv.Atoi(f.text(at + 1))
	}
	if f.text(at) != "past" && !to {
		if m != 30 || !led || english().Numbers[f.text(at)] == 0 {
			return nil, i, false
		}
		h, at = english().Numbers[f.text(at)], at-1 // half three
	}
	if h < 1 || h > 12 || m%5 != 0 || to && m != 15 && !f.minutesTo(m, h, at+2, led) {
		return nil, i, false
	}
	if to {
		h, m = h+11, 60-m
	}
	h %= 12
	switch half := f.text(at + 2); half {
	case "am", "pm":
		if half == "pm" {
			h += 12
		}
		return &clock{minute: h*60 + m}, at + 3, true
	case "o'clock":
		at++
	}
	return &clock{minute: h*60 + m, open: true}, at + 2, true
}

// minutesTo reports whether "five to ten", which ends before i, is a time and not
// a range: nothing that it counts follows, and unless "at" or the like stands
// before it, no range would run that way.
func (f *finder) minutesTo(m, h, i int, led bool) bool {
	half := f.text(i)
	return (led || m > h) && (f.clear(i) || half == "am" || half == "pm" || half == "o'clock")
}

// half12 is a twelve-hour time with am or pm, nil where there is none such.
func half12(h, m int, pm bool) *clock {
	if h < 1 || h > 12 || m < 0 {
		return nil
	}
	h %= 12
	if pm {
		h += 12
	}
	return &clock{minute: h*60 + m}
}

// saidZone reads a zone after a time of day. Only UTC is the same for everybody.
func (f *finder) saidZone(s *said) {
	w, next := f.text(s.to), f.text(s.to+1)
	switch {
	case w == "utc" || w == "gmt":
		zoned := *s.clock
		zoned.zone = time.UTC
		s.clock, s.to = &zoned, s.to+1
	case english().OtherZones.has(w), next == "time" && w != "this" && w != "the":
		s.vague = true
	}
}
