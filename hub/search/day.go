package search

import (
	"strings"
	"time"

	"rapport/hub/chat"
)

// before, after and on bound the time. before: ends where the day, month or year
// begins; after: begins with it.
func (p *parser) before(v piece) error { return p.between(v, false, true) }
func (p *parser) after(v piece) error  { return p.between(v, true, false) }
func (p *parser) on(v piece) error     { return p.between(v, true, true) }

func (p *parser) between(v piece, from, until bool) error {
	begin, end, ok := p.span(strings.ToLower(v.value))
	if !ok {
		return chat.FailField("q", "%s: takes a day as 2026-11-22, a month as 2026-11, a year, today, yesterday, a weekday, or 7d for seven days ago.", v.name)
	}
	if v.not {
		return chat.FailField("q", "Times cannot be turned round with a minus. Use before: or after: instead.")
	}
	if from {
		p.q.From = max(p.q.From, chat.At(begin))
	}
	if until {
		last := chat.At(begin)
		if from { // the whole of it
			last = chat.At(end)
		}
		if p.q.Until == 0 || last < p.q.Until {
			p.q.Until = last
		}
	}
	return nil
}

// span is the time that words name: from its first moment to the first after it.
func (p *parser) span(words string) (begin, end time.Time, ok bool) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{"2006-01-02", 0, 0, 1}, {"2006-1-2", 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.ParseInLocation(form.layout, words, p.now.Location()); err == nil && t.Year() >= 1970 {
			return t, t.AddDate(form.years, form.months, form.days), true
		}
	}
	back, ok := p.daysAgo(words)
	if !ok {
		return begin, end, false
	}
	y, m, d := p.now.Date()
	begin = time.Date(y, m, d-back, 0, 0, 0, 0, p.now.Location())
	return begin, time.Date(y, m, d-back+1, 0, 0, 0, 0, p.now.Location()), true
}

// daysAgo is how many days before today words mean: a weekday is the latest of
// its name, today included.
func (p *parser) daysAgo(words string) (int, bool) {
	switch words {
	case "today":
		return 0, true
	case "yesterday":
		return 1, true
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if words == name || words == name[:3] {
			return (int(p.now.Weekday()-day) + 7) % 7, true
		}
	}
	return count(words)
}

// count reads 7d, 2w and the like as days.
func count(words string) (int, bool) {
	n, i := 0, 0
	for ; i < len(words) && i < 4 && words[i] >= '0' && words[i] <= '9'; i++ {
		n = n*10 + int(words[i]-'0')
	}
	if i == 0 {
		return 0, false
	}
	switch words[i:] {
	case "d":
		return n, true
	case "w":
		return 7 * n, true
	}
	return 0, false
}
