package when

import "time"

// part is a part of the day.
type part string

const (
	morning   part = "morning"
	afternoon part = "afternoon"
	evening   part = "evening"
)

// edge is an end of the day.
type edge string

const (
	opening edge = "opening"
	closing edge = "closing"
	ends    edge = "end"    // of the day
	ending  edge = "ending" // of the day that is named after it
)

// said is what words say about an instant, piece by piece, before it is worked
// out. Words from to to (of the sentence) say it.
type said struct {
	from, to int
	date     time.Time // midnight UTC of a calendar day; zero: not said
	weekday  int       // time.Weekday; -1: not said
	next     bool      // "next" stood before the weekday
	this     bool      // "this" did
	week     int       // 0 this, 1 next; -1: not said
	dom      int       // day of the month; 0: not said
	clock    *clock
	part     part
	edge     edge
	exact    time.Time
	weekend  bool
	before   bool // "before" stands in front
	bound    bool // words such as by, within, in or before stand in front
	vague    bool // it says when, but not in a way that gives one instant
}

// clock is a time of day in minutes. Twelve-hour ones without am or pm are open.
type clock struct {
	minute int // 0..1440
	open   bool
	zone   *time.Location // said with it; nil: not said
}

func nothing(from, to int) said { return said{from: from, to: to, weekday: -1, week: -1} }

// join adds what the next piece says; false if both say the same kind of thing
// and so two times are meant.
func (s *said) join(o *said) bool {
	clash := !s.date.IsZero() && !o.date.IsZero() && !s.date.Equal(o.date) || s.weekday >= 0 && o.weekday >= 0 ||
		s.week >= 0 && o.week >= 0 || s.dom > 0 && o.dom > 0 || s.clock != nil && o.clock != nil ||
		s.part != "" && o.part != "" && s.part != o.part || s.edge != "" && o.edge != "" ||
		!s.exact.IsZero() || !o.exact.IsZero() || s.weekend || o.weekend
	if clash {
		return false
	}
	s.to = o.to
	if !o.date.IsZero() {
		s.date = o.date
	}
	if o.weekday >= 0 {
		s.weekday, s.next, s.this = o.weekday, o.next, o.this
	}
	s.week, s.dom = max(s.week, o.week), max(s.dom, o.dom)
	if o.clock != nil {
		s.clock = o.clock
	}
	if o.part != "" {
		s.part = o.part
	}
	if o.edge != "" {
		s.edge = o.edge
	}
	s.vague = s.vague || o.vague
	return true
}

// names reports whether a day is said.
func (s *said) names() bool {
	return !s.date.IsZero() || s.weekday >= 0 || s.week >= 0 || s.dom > 0
}
