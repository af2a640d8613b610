package when

import "time"

// maxFillers is how many small words may stand between two pieces of one time.
const maxFillers = 4

// finder finds the times in the words of one sentence.
type finder struct {
	words []word
	now   time.Time // in zone
	today time.Time // midnight UTC of its calendar day
	zone  *time.Location
	hours *Hours
}

func newFinder(ws []word, now time.Time, zone *time.Location, h *Hours) *finder {
	if zone == nil {
		zone = time.UTC
	}
	now = now.In(zone)
	y, m, d := now.Date()
	return &finder{ws, now, time.Date(y, m, d, 0, 0, 0, 0, time.UTC), zone, h}
}

// all returns the times that are said, those that only look like one left out.
func (f *finder) all() []said {
	var out []said
	for i := 0; i < len(f.words); {
		s, ok := f.piece(i, false)
		if !ok {
			i++
			continue
		}
		owned := f.owned(&s)
		f.extend(&s)
		i = max(s.to, i+1)
		if f.lead(&s) && !owned {
			out = append(out, s)
		}
	}
	return out
}

// piece reads one piece at i. Inside an expression a bare part of the day or
// hour counts, which alone it does not.
func (f *finder) piece(i int, inside bool) (said, bool) {
	for _, try := range [...]func(int) (said, bool){f.span, f.weekFrom, f.end, f.namedDay, f.date, f.week, f.weekday, f.thisTime} {
		if s, ok := try(i); ok {
			return s, true
		}
	}
	if s, ok := f.partOfDay(i, inside); ok {
		return s, true
	}
	return f.clockAt(i)
}

// extend joins the pieces that follow, small words between them.
func (f *finder) extend(s *said) {
	for {
		at := s.to
		for n := 0; n < maxFillers && at < len(f.words) && english().Fillers.has(f.text(at)); n++ {
			if _, ok := f.piece(at, false); ok {
				break
			}
			at++
		}
		o, ok := f.piece(at, true)
		if !ok {
			break
		}
		joined := *s
		if !joined.join(&o) {
			break
		}
		*s = joined
	}
	if english().ClockLeads.has(f.text(s.to)) && s.clock == nil {
		_, end := f.count(s.to + 1)
		s.vague = s.vague || end > s.to+1 && s.exact.IsZero() // an hour that was not understood
	}
	f.trail(s)
}

// trail takes "at the latest" into the expression, and sees in "or so" and
// "onwards" that it is none.
func (f *finder) trail(s *said) {
	at := s.to
	for at < len(f.words) && (f.text(at) == "at" || f.text(at) == "the") {
		at++
	}
	switch w := f.text(at); {
	case w == "latest" || w == "sharp":
		s.to = at + 1
	case w == "or":
		if f.text(at+1) == "so" || f.text(at+1) == "more" || f.text(at+1) == "later" {
			s.vague = true
		}
	case english().LooseEnds.has(w):
		s.vague = true
	case w == "to": // Monday to Friday
		_, more := f.piece(s.to+1, true)
		s.vague = s.vague || more
	case w != "" && isDigit(w[0]) && s.exact.IsZero(): // Friday 2-4pm
		s.vague = true
	}
}

// lead looks at what stands before the expression: words that belong to it, and
// words that make it something else ("since Friday").
func (f *finder) lead(s *said) bool {
	i := s.from - 1
	for joined := false; i >= 0 && f.leads(i) && !(joined && f.joins(i)); i-- {
		w := f.text(i)
		s.before = s.before || w == "before"
		s.bound = s.bound || english().BoundLeads.has(w)
		joined = f.joins(i) // in on Tuesday: of two, only the nearer belongs
	}
	if s.before && english().Units[f.text(i)] != "" {
		s.vague = true // two days before Friday
	}
	if w := f.text(s.from - 1); w != "" && isDigit(w[0]) || english().Numbers[w] > 0 {
		s.vague = true // at 0900 tomorrow
	}
	from := i + 1
	for from < s.from && f.text(from) == "the" && s.clock == nil && s.weekday < 0 {
		from++
	}
	if i >= 0 {
		w := f.text(i)
		if w == "early" {
			s.vague = true
		}
		if w == "not" || english().Guards.has(w) && w != "early" {
			s.vague = true // one of two
			return w == "or"
		}
	}
	s.from = min(s.from, from)
	if english().BoundLeads.has(f.text(s.from)) {
		s.bound = true
	}
	return true
}

// owned reports whether a piece only tells which thing is meant: the 3pm
// appointment, your Friday delivery.
func (f *finder) owned(s *said) bool {
	return english().Owners.has(f.text(s.from-1)) && !s.next && (s.weekday >= 0 || s.clock != nil)
}

// leads reports whether the word at i can belong to the time after it.
func (f *finder) leads(i int) bool {
	w := f.text(i)
	return english().Fillers.has(w) && w != "of" && w != "than" || f.than(i)
}

// joins reports whether the word at i is a preposition of time.
func (f *finder) joins(i int) bool {
	switch f.text(i) {
	case "at", "on", "by", "in", "before":
		return true
	}
	return false
}

// than reports whether i is part of "no later than".
func (f *finder) than(i int) bool {
	return f.text(i) == "than" && f.text(i-1) == "later"
}

// text is the word at i, "" beside the sentence.
func (f *finder) text(i int) string {
	if i < 0 || i >= len(f.words) {
		return ""
	}
	return f.words[i].text
}

// after is what is left of the sentence at i.
func (f *finder) after(i int) []word { return f.words[min(max(i, 0), len(f.words)):] }
