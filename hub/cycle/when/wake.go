package when

import (
	"strings"
	"time"
)

// Wake reads a text that says when something is to be taken up again: "tomorrow 9",
// "Monday", "in 2 hours", "next week". Other than a commitment's, the instant is the
// first that the words allow: a day begins when the site opens, a morning too, an
// afternoon at one, an evening at six. A weekday is the one to come, also when it is
// said on that day. False where the text names no time, several, or one that is past.
func Wake(text string, now time.Time, zone *time.Location, h Hours) (time.Time, bool) {
	var found []time.Time
	for _, s := range read(spelled(text)) {
		f := newFinder(s.words, now, zone, &h)
		times := f.all()
		for i := range times {
			if at, ok := f.first(&times[i]); ok {
				found = append(found, at)
			}
		}
	}
	if len(found) != 1 {
		return time.Time{}, false
	}
	return found[0], true
}

// Minutes of the day at which its parts begin.
const (
	noonOver   = 13 * 60
	eveningHas = 18 * 60
)

// first works out the first instant that the words allow.
func (f *finder) first(s *said) (time.Time, bool) {
	if !s.exact.IsZero() {
		return s.exact, !s.vague && s.exact.After(f.now)
	}
	day, ok := f.dayOf(s)
	if !ok {
		return time.Time{}, false
	}
	at, ok := f.beginOn(day, s)
	return at, ok && at.After(f.now)
}

// dayOf is the calendar day that is said.
func (f *finder) dayOf(s *said) (time.Time, bool) {
	switch {
	case s.weekend:
		return f.today.AddDate(0, 0, (int(time.Saturday)-int(f.today.Weekday())+7)%7), true
	case s.weekday >= 0 && s.week < 0 && s.date.IsZero():
		ahead := (s.weekday-int(f.today.Weekday())+6)%7 + 1
		if day := f.today.AddDate(0, 0, ahead); !s.next || !day.Before(f.monday(1)) {
			return day, true
		}
		return f.today.AddDate(0, 0, ahead+7), true // "next Friday", and this one is still to come
	case s.week > 0 && s.weekday < 0:
		return f.monday(s.week), true
	case s.vague:
		return time.Time{}, false
	}
	return f.day(s)
}

// beginOn is when the time that is said begins on a day.
func (f *finder) beginOn(day time.Time, s *said) (time.Time, bool) {
	switch {
	case s.clock != nil:
		if at, ok := f.clockOn(day, s); ok || !s.clock.open {
			return at, ok
		}
		// Of "at seven" the one that lies ahead, the earlier where both do.
		if at, ok := f.at(day, s.clock.minute, true); ok && at.After(f.now) {
			return at, true
		}
		return f.at(day, s.clock.minute+noon, s.clock.minute < noon)
	case s.edge != "" && s.edge != opening:
		return f.timeOn(day, s)
	case s.part == afternoon:
		return f.at(day, noonOver, true)
	case s.part == evening:
		return f.at(day, eveningHas, true)
	}
	minute, open := f.hours.opening(day.Weekday())
	if !open {
		minute = firstHour
	}
	return f.at(day, minute, true)
}

// spelled writes out what people leave out when they only say when: "2h", "fri",
// "tomorrow 9".
func spelled(text string) string {
	words := strings.Fields(strings.ToLower(text))
	if len(words) > 0 && (words[0] == "until" || words[0] == "till") {
		words = words[1:]
	}
	var out []string
	for i, w := range words {
		n, unit := amountIn(w)
		before := ""
		if i > 0 {
			before = words[i-1]
		}
		switch {
		case unit != "":
			out = append(out, "in", n, unit)
			continue
		case i == 0 && begins(words):
			out = append(out, "in")
		case english().WeekdaysShort[w] != 0 || w == "sun":
			if before != "on" && before != "next" && before != "this" {
				out = append(out, "on")
			}
		case i > 0 && i == len(words)-1 && isDigit(w[0]) && before != "at" && english().Units[before] == "" && !english().ClockLeads.has(before) && dayish(before):
			out = append(out, "at")
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// begins reports whether a text begins with an amount of time, without "in".
func begins(words []string) bool {
	for i, w := range words[:min(len(words), 4)] {
		if english().Units[w] != "" {
			return i > 0 && (isDigit(words[0][0]) || english().Numbers[words[0]] > 0 || words[0] == "a" || words[0] == "an" || words[0] == "half")
		}
	}
	return false
}

// dayish reports whether a word names a day, so that a number after it is an hour.
func dayish(w string) bool {
	switch w {
	case "today", "tomorrow", "tonight", "morning", "afternoon", "evening":
		return true
	}
	_, long := english().Weekdays[w]
	_, short := english().WeekdaysShort[w]
	return long || short
}

// amountIn reads "2h", "30m" and "3d"; "" where it is none.
func amountIn(w string) (n, unit string) {
	if len(w) < 2 || len(w) > 4 {
		return "", ""
	}
	for _, r := range w[:len(w)-1] {
		if r < '0' || r > '9' {
			return "", ""
		}
	}
	return w[:len(w)-1], map[byte]string{'m': "minutes", 'h': "hours", 'd': "days", 'w': "weeks"}[w[len(w)-1]]
}
