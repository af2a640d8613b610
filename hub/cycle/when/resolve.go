package when

import "time"

// resolve works out the instant; false where the words leave more than one, or
// none that is still to come.
func (f *finder) resolve(s *said) (time.Time, bool) {
	if s.vague {
		return time.Time{}, false
	}
	due := s.exact
	if due.IsZero() {
		day, ok := f.day(s)
		if !ok {
			return time.Time{}, false
		}
		if due, ok = f.timeOn(day, s); !ok {
			return time.Time{}, false
		}
	}
	return due, due.After(f.now)
}

// day is the calendar day that is said, today where none is.
func (f *finder) day(s *said) (time.Time, bool) {
	switch {
	case s.weekend && s.clock == nil && s.part == "" && s.edge == "":
		return s.date, true
	case !s.date.IsZero():
		return s.date, (s.weekday < 0 || int(s.date.Weekday()) == s.weekday) && s.week < 0
	case s.dom > 0:
		return f.dayOfMonth(s)
	case s.weekday >= 0 && s.week >= 0:
		d := f.monday(s.week).AddDate(0, 0, (s.weekday+6)%7)
		return d, !d.Before(f.today)
	case s.weekday >= 0:
		d, vague := f.coming(s)
		return d, !vague
	case s.week >= 0:
		return f.weekEnd(s)
	case s.part == morning && s.clock == nil:
		return f.today.AddDate(0, 0, 1), f.now.Hour() >= 12 // in the morning
	}
	return f.today, true
}

// coming is the next such weekday. On that day itself it could be either; "next
// Friday" is plain only where this Friday lies behind, "this Friday" only where
// it lies ahead.
func (f *finder) coming(s *said) (day time.Time, vague bool) {
	ahead := (s.weekday - int(f.today.Weekday()) + 7) % 7
	if ahead == 0 && s.next {
		ahead = 7
	}
	day = f.today.AddDate(0, 0, ahead)
	thisWeek := day.Before(f.monday(1))
	return day, ahead == 0 || s.next && thisWeek || s.this && !thisWeek
}

// monday is that of this week or of one after it.
func (f *finder) monday(weeks int) time.Time {
	return f.today.AddDate(0, 0, 7*weeks-(int(f.today.Weekday())+6)%7)
}

// weekEnd is the last day of a week that is open. Without hours it could be
// Friday or Sunday.
func (f *finder) weekEnd(s *said) (time.Time, bool) {
	if f.hours.Always() || s.clock != nil || s.part != "" || s.edge == opening {
		return time.Time{}, false
	}
	d := f.monday(s.week + 1)
	for range 7 {
		d = d.AddDate(0, 0, -1)
		if _, open := f.hours.closing(d.Weekday()); open {
			return d, !d.Before(f.today)
		}
	}
	return time.Time{}, false
}

func (f *finder) dayOfMonth(s *said) (time.Time, bool) {
	y, m, today := f.today.Date()
	if s.dom == today && s.weekday < 0 {
		return time.Time{}, false
	}
	if s.dom < today {
		m++
	}
	if m > time.December {
		y, m = y+1, time.January
	}
	d := calendar(y, int(m), s.dom)
	return d, !d.IsZero() && (s.weekday < 0 || int(d.Weekday()) == s.weekday)
}

// timeOn is the instant on a day.
func (f *finder) timeOn(day time.Time, s *said) (time.Time, bool) {
	switch {
	case s.clock != nil:
		return f.clockOn(day, s)
	case s.edge == opening && (s.part == "" || s.part == morning):
		m, open := f.hours.opening(day.Weekday())
		return f.at(day, m, open)
	case s.edge == closing:
		m, open := f.hours.closing(day.Weekday())
		if f.hours.Always() {
			m, open = lastHour, true
		}
		return f.at(day, m, open)
	case s.part != "" && s.edge == "":
		return f.partEnd(day, s.part, !s.before)
	case s.part != "":
		return time.Time{}, false
	}
	if s.before && s.names() && s.edge == "" && !s.weekend {
		day = day.AddDate(0, 0, -1)
	}
	return f.dayEnd(day)
}

// dayEnd is closing time where that is still to come, else the last minute.
func (f *finder) dayEnd(day time.Time) (time.Time, bool) {
	if m, open := f.hours.closing(day.Weekday()); open {
		if t, ok := f.at(day, m, true); ok && t.After(f.now) {
			return t, true
		}
	}
	return f.at(day, lastMin, true)
}

// partEnd is when a part of the day is over: the morning at noon, the afternoon
// at six or when the site closes, the evening at ten.
func (f *finder) partEnd(day time.Time, p part, ok bool) (time.Time, bool) {
	minute := map[part]int{morning: noon, afternoon: 18 * 60, evening: 22 * 60}[p]
	if m, open := f.hours.closing(day.Weekday()); open && p == afternoon && m > noon {
		minute = min(minute, m)
	}
	return f.at(day, minute, ok)
}

// clockOn is a time of day on a day. Without am or pm it must be plain which:
// by the part of the day, or because only one of the two is ahead and within
// the hours.
func (f *finder) clockOn(day time.Time, s *said) (time.Time, bool) {
	c := *s.clock
	switch {
	case c.zone != nil:
		if c.open {
			return time.Time{}, false
		}
		zoned := *f
		zoned.zone = c.zone
		return zoned.at(day, c.minute, true)
	case c.minute == 2*noon:
		return f.at(day, c.minute, s.part == evening || !s.names())
	case !c.open:
		return f.at(day, c.minute, true)
	case s.part == morning:
		return f.at(day, c.minute, c.minute >= 60)
	case s.part != "":
		return f.at(day, c.minute+noon, s.part == afternoon && c.minute < 7*60 || s.part == evening && c.minute >= 4*60)
	}
	var due time.Time
	found := 0
	for _, m := range [...]int{c.minute, c.minute + noon} {
		if t, ok := f.at(day, m, f.hours.plausible(day.Weekday(), m)); ok && t.After(f.now) {
			due = t
			found++
		}
	}
	return due, found == 1
}

// at is a minute of a day in the zone. Minutes that the clock skips or shows
// twice on that day are no instant.
func (f *finder) at(day time.Time, minute int, ok bool) (time.Time, bool) {
	y, m, d := day.Date()
	t := time.Date(y, m, d, 0, minute, 0, 0, f.zone)
	want := t.Hour()*60 + t.Minute()
	if !ok || want != minute%(24*60) {
		return time.Time{}, false
	}
	for _, shift := range [...]time.Duration{-time.Hour, time.Hour} {
		if o := t.Add(shift); o.Hour()*60+o.Minute() == want && o.Day() == t.Day() {
			return time.Time{}, false
		}
	}
	return t, true
}
