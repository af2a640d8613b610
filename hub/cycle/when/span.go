package when

import (
	"strconv"
	"strings"
	"time"
)

// maxAmount bounds a stretch of time: more is no promise.
const maxAmount = 400

// amounts are those said without a number, in sixtieths of the unit after them,
// longer ones first.
var amounts = []struct {
	phrase
	sixtieths int
}{
	{parse("half a|an"), 30}, {parse("a? half"), 30}, {parse("a? quarter of an"), 15}, {parse("three quarters of an"), 45},
	{parse("a couple of?"), 120}, {parse("one and a half"), 90}, {parse("a|an"), 60},
}

// amountsBegin are the words that one of them begins with.
var amountsBegin = words{"half": true, "a": true, "an": true, "quarter": true, "three": true, "one": true}

// span reads a stretch of time from now: "in half an hour", "within 2-3 working
// days", "two days from now".
func (f *finder) span(i int) (said, bool) {
	at, led := i, english().SpanLeads.has(f.text(i))
	if led {
		for at++; at-i < 6 && english().SpanFillers.has(f.text(at)); at++ {
		}
	}
	sixtieths, unit, end := f.stretch(at, led)
	if end == 0 {
		return said{}, false
	}
	if unit == "hour" {
		sixtieths, end = f.andMinutes(sixtieths, end)
	}
	if f.text(end) == "time" {
		end++
	}
	now := f.text(end) == "from" && (f.text(end+1) == "now" || f.text(end+1) == "today")
	if now {
		end += 2
	}
	if !led && !now {
		return said{}, false
	}
	s := nothing(i, end)
	switch f.text(end) {
	case "of", "after", "from", "once", "if":
		s.vague = true // from something else than now
	}
	f.add(&s, sixtieths, unit)
	return s, true
}

// andMinutes adds the minutes of "two hours and 15 minutes" to its hours.
func (f *finder) andMinutes(sixtieths, end int) (int, int) {
	at := end
	if f.text(at) == "and" {
		at++
	}
	m, unit := f.count(at)
	if m == 0 || m >= 60 || english().Units[f.text(unit)] != "minute" {
		return sixtieths, end
	}
	return sixtieths + m, unit + 1
}

// stretch reads an amount and its unit. The amount is in sixtieths, so that
// half an hour is one; end is 0 where there is none.
func (f *finder) stretch(i int, led bool) (sixtieths int, unit string, end int) {
	n, at := f.amount(i)
	if at == i && f.text(i-1) == "the" || f.text(i-1) == "next" && at == i {
		n = 60 // within the hour
	} else if at == i {
		return 0, "", 0
	}
	idle := at == i+1 && f.text(i) == "a"
	if english().Working.has(f.text(at)) {
		at++
		if u := english().Units[f.text(at)]; u != "day" {
			return 0, "", 0
		}
		return n, "workday", at + 1
	}
	unit = english().Units[f.text(at)]
	switch {
	case unit == "" || unit == "minute" && idle: // "in a minute" is an idiom
		return 0, "", 0
	case at == i && unit != "hour":
		return 0, "", 0
	}
	at++
	switch {
	case f.text(at) == "and" && f.text(at+1) == "a" && f.text(at+2) == "half":
		n, at = n+30, at+3
	case f.text(at) == "or" && english().Numbers[f.text(at+1)] > 0 && led:
		n, at = 60*english().Numbers[f.text(at+1)], at+2 // an hour or two
	}
	return n, unit, at
}

// amount reads how much, in sixtieths, and returns where it ends. Of two, as in
// "two to three", it is the larger.
func (f *finder) amount(i int) (sixtieths, end int) {
	if amountsBegin.has(f.text(i)) {
		for _, known := range amounts {
			if n := known.at(f.after(i)); n > 0 {
				return known.sixtieths, i + n
			}
		}
	}
	n, at := f.count(i)
	if at == i {
		return 0, i
	}
	if w := f.text(at); w == "to" || w == "or" || w == "and" {
		if m, end := f.count(at + 1); end > at+1 && m > n {
			return m * 60, end
		}
	}
	if f.text(at) == "and" && f.text(at+1) == "a" && f.text(at+2) == "half" {
		return n*60 + 30, at + 3
	}
	return n * 60, at
}

// count reads a whole number in digits or words; end is i where there is none.
func (f *finder) count(i int) (n, end int) {
	w := f.text(i)
	if n, err := strconv.Atoi(w); err == nil && n > 0 && n <= maxAmount && !strings.HasPrefix(w, "0") {
		return n, i + 1
	}
	n = english().Numbers[w]
	if n == 0 {
		return 0, i
	}
	if unit := english().Numbers[f.text(i+1)]; n >= 20 && unit > 0 && unit < 10 {
		return n + unit, i + 2
	}
	return n, i + 1
}

// add puts the stretch on now. Hours and minutes give an instant, longer ones a
// day.
func (f *finder) add(s *said, sixtieths int, unit string) {
	whole := sixtieths / 60
	switch unit {
	case "minute":
		s.exact = f.now.Add(time.Duration(sixtieths) * time.Second)
	case "hour":
		s.exact = f.now.Add(time.Duration(sixtieths) * time.Minute)
	case "day":
		s.date = f.today.AddDate(0, 0, whole)
	case "week":
		s.date = f.today.AddDate(0, 0, 7*whole)
	case "fortnight":
		s.date = f.today.AddDate(0, 0, 14*whole)
	case "month":
		s.date = f.today.AddDate(0, whole, 0)
		s.vague = s.vague || s.date.Day() != f.today.Day()
	case "workday":
		s.date = f.workday(whole)
	}
	s.vague = s.vague || whole != (sixtieths+59)/60 && unit != "hour" && unit != "minute"
}

// workday is the nth working day after today.
func (f *finder) workday(n int) time.Time {
	d := f.today
	for left, days := n, 0; left > 0 && days < 7*maxAmount; days++ {
		d = d.AddDate(0, 0, 1)
		if f.hours.works(d.Weekday()) {
			left--
		}
	}
	return d
}
