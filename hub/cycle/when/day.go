package when

import (
	"strconv"
	"strings"
	"time"
)

// namedDay reads today, tonight, tomorrow and the day after.
func (f *finder) namedDay(i int) (said, bool) {
	s := nothing(i, i+1)
	switch w := f.text(i); {
	case w == "today":
		s.date = f.today
	case w == "tonight":
		s.date, s.part = f.today, evening
	case w == "tomorrow":
		s.date = f.today.AddDate(0, 0, 1)
	case w == "day" && f.text(i+1) == "after" && f.text(i+2) == "tomorrow":
		s.date, s.to = f.today.AddDate(0, 0, 2), i+3
	case w == "later" && f.text(i+1) == "today":
		s.date, s.to = f.today, i+2
	default:
		return said{}, false
	}
	return s, true
}

// weekday reads "Friday", "this Friday" and "next Friday". Short names such as
// Fri are words of their own and need something before them.
func (f *finder) weekday(i int) (said, bool) {
	at := i
	next := f.text(i) == "next"
	if next || f.text(i) == "this" || f.text(i) == "coming" {
		at++
	}
	d, ok := english().Weekdays[f.text(at)]
	if !ok {
		d, ok = english().WeekdaysShort[f.text(at)]
		before := f.text(at - 1)
		ok = ok && (at > i || before == "on" || before == "by" || before == "before" || before == "until")
	}
	if !ok {
		return said{}, false
	}
	s := nothing(i, at+1)
	s.weekday, s.next, s.this = d, next, f.text(i) == "this"
	return s, true
}

// week reads "this week", "next week", with the end of it or later in it, and
// the weekend.
func (f *finder) week(i int) (said, bool) {
	at := i
	if f.text(i) == "end" && f.text(i+1) == "of" {
		at += 2
	} else if f.text(i) == "later" {
		at++
	}
	s := nothing(i, at+2)
	this := f.text(at) == "this" || f.text(at) == "the" && (at > i || f.text(at+1) == "weekend")
	switch {
	case this && f.text(at+1) == "week":
		s.week = 0
	case f.text(at) == "next" && f.text(at+1) == "week":
		s.week = 1
	case this && f.text(at+1) == "weekend":
		s.weekend = true
		s.date = f.weekend(f.text(i-1) == "before" || f.text(i-1) == "by")
		s.vague = s.date.IsZero()
	default:
		return said{}, false
	}
	return s, true
}

// weekend is the Friday before or the Sunday of the coming one; zero where the
// words cannot mean it any more.
func (f *finder) weekend(before bool) time.Time {
	today := f.today.Weekday()
	toSunday := (7 - int(today)) % 7
	if !before {
		return f.today.AddDate(0, 0, toSunday)
	}
	if today == time.Saturday || today == time.Sunday {
		return time.Time{}
	}
	return f.today.AddDate(0, 0, toSunday-2)
}

// weekFrom reads "a week from today" and "a week on Friday".
func (f *finder) weekFrom(i int) (said, bool) {
	n, at := f.amount(i)
	if at == i || n%60 != 0 || english().Units[f.text(at)] != "week" || f.text(at+1) != "from" && f.text(at+1) != "on" {
		return said{}, false
	}
	s, ok := f.namedDay(at + 2)
	if !ok {
		if s, ok = f.weekday(at + 2); !ok {
			return said{}, false
		}
		s.date, s.vague = f.coming(&s)
		s.weekday = -1
	}
	s.from, s.date = i, s.date.AddDate(0, 0, 7*n/60)
	return s, true
}

// date reads a day of a month: "5 December", "December 5th, 2027", "the 5th",
// 25/12, 2026-12-05.
func (f *finder) date(i int) (said, bool) {
	if s, ok := f.digits(i); ok {
		return s, true
	}
	if m := english().Months[f.text(i)]; m > 0 {
		if d, end := f.dayNumber(i + 1); d > 0 {
			return f.ofMonth(i, end, d, m), true
		}
		return said{}, false
	}
	d, end := f.dayNumber(i)
	if d == 0 {
		return said{}, false
	}
	at := end
	if f.text(at) == "of" {
		at++
	}
	if m := english().Months[f.text(at)]; m > 0 {
		return f.ofMonth(i, at+1, d, m), true
	}
	ordinal := end > i+1 || f.text(i) != strconv.Itoa(d) && english().Numbers[f.text(i)] == 0
	if !ordinal || f.text(i-1) != "the" || !f.clear(end) {
		return said{}, false
	}
	s := nothing(i, end)
	s.dom = d
	return s, true
}

// dayNumber reads 5, 5th, fifth and twenty-fifth; 0 where there is none.
func (f *finder) dayNumber(i int) (d, end int) {
	w := f.text(i)
	if len(w) > 2 && !isDigit(w[len(w)-1]) && isDigit(w[0]) {
		w = w[:len(w)-2]
	}
	if n, err := strconv.Atoi(w); err == nil && n >= 1 && n <= 31 {
		return n, i + 1
	}
	if n := english().Ordinals[f.text(i)]; n > 0 {
		return n, i + 1
	}
	tens, unit := english().Numbers[f.text(i)], english().Ordinals[f.text(i+1)]
	if (tens == 20 || tens == 30) && unit > 0 && tens+unit <= 31 {
		return tens + unit, i + 2
	}
	return 0, i
}

// ofMonth is a day of a month, of the year after it or else of the next one in
// which it comes.
func (f *finder) ofMonth(from, to, d, m int) said {
	s := nothing(from, to)
	year := f.today.Year()
	if y, err := strconv.Atoi(f.text(to)); err == nil && y >= year && y <= year+2 {
		s.to++
		year = y
		s.date = calendar(y, m, d)
	} else if s.date = calendar(year, m, d); s.date.Before(f.today) {
		s.date = calendar(year+1, m, d)
	}
	// Eleven months on, it is rather a day that has been.
	s.vague = s.date.IsZero() || s.to == to && s.date.After(f.today.AddDate(0, 9, 0))
	return s
}

// digits reads 25/12, 25/12/2026 and 2026-12-05. Where day and month could be
// either way round, it says nothing.
func (f *finder) digits(i int) (said, bool) {
	w := f.text(i)
	s := nothing(i, i+1)
	if len(w) == 10 && w[4] == '-' {
		d, err := time.Parse(time.DateOnly, w)
		s.date, s.vague = d, err != nil
		return s, true
	}
	parts := strings.Split(w, "/")
	if len(parts) < 2 || len(parts) > 3 || w == "24/7" {
		return said{}, false
	}
	var n [3]int
	for k, p := range parts {
		n[k], _ = strconv.Atoi(p)
	}
	if n[0] <= 12 {
		n[0], n[1] = n[1], n[0]
	}
	if n[0] <= 12 || n[1] > 12 || n[1] < 1 {
		s.vague = true
		return s, true
	}
	if len(parts) == 3 {
		s.date = calendar(n[2], n[1], n[0])
		s.vague = s.date.IsZero()
		return s, true
	}
	return f.ofMonth(i, i+1, n[0], n[1]), true
}

// calendar is a day, zero where the calendar has none such.
func calendar(y, m, d int) time.Time {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d || t.Year() != y {
		return time.Time{}
	}
	return t
}

// clear reports whether a number that ends before i can be a time: it is not
// followed by what it counts.
func (f *finder) clear(i int) bool {
	if i >= len(f.words) || f.words[i].opens {
		return true
	}
	w := f.text(i)
	_, day := english().Weekdays[w]
	if w == "to" && (english().Numbers[f.text(i+1)] > 0 || f.text(i+1) != "" && isDigit(f.text(i + 1)[0])) {
		return false
	}
	return day || english().AfterNumber.has(w)
}
