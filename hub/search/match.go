package search

import (
	"strings"
)

// In reports whether a text that is held as line (see Line) has what the terms
// want of it.
func (q *Query) In(line string) bool {
	line = " " + line + " "
	for _, t := range q.Terms {
		if strings.Contains(line, t.pattern()) == t.Not {
			return false
		}
	}
	return true
}

// pattern is the term as it stands in a line with a space at each end.
func (t *Term) pattern() string {
	s := " " + strings.Join(t.Words, " ")
	if !t.Prefix {
		s += " "
	}
	return s
}

// Part is a stretch of a snippet; Hit is what was looked for.
type Part struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit,omitempty"`
}

// Snippet is the part of a text around the first thing that was looked for, in
// about room runes, with everything that was looked for marked. cut says which
// ends were left out. Line ends become spaces.
func (q *Query) Snippet(text string, room int) (parts []Part, cutStart, cutEnd bool) {
	tokens := Tokens(text)
	hits := q.hits(tokens)
	begin := 0
	if len(hits) > 0 {
		begin = back(text, hits[0].Start, room/3)
	}
	end := forward(text, begin, room)
	for _, h := range hits {
		if h.Start >= begin && h.Start < end && h.End > end {
			end = h.End // a mark is never cut in two
		}
	}
	at := begin
	add := func(to int, hit bool) {
		if to > at {
			parts = append(parts, Part{plainSpaces(text[at:to]), hit})
			at = to
		}
	}
	for _, h := range hits {
		if h.Start < begin || h.End > end {
			continue
		}
		add(h.Start, false)
		add(h.End, true)
	}
	add(end, false)
	return parts, begin > 0, end < len(text)
}

// span is a stretch of bytes.
type span struct{ Start, End int }

// hits are where the terms stand in a text, in order, joined where they touch.
func (q *Query) hits(tokens []Token) []span {
	marked := make([]bool, len(tokens))
	for i := range q.Terms {
		t := &q.Terms[i]
		if t.Not {
			continue
		}
		for at := range tokens {
			if t.at(tokens[at:]) {
				for n := range t.Words {
					marked[at+n] = true
				}
			}
		}
	}
	var out []span
	for i, t := range tokens {
		if !marked[i] {
			continue
		}
		if n := len(out); n > 0 && t.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, t.End)
		} else {
			out = append(out, span{t.Start, t.End})
		}
	}
	return out
}

// at reports whether the term stands at the beginning of tokens.
func (t *Term) at(tokens []Token) bool {
	if len(tokens) < len(t.Words) {
		return false
	}
	for i, w := range t.Words {
		if tokens[i].Text != w && !(t.Prefix && i == len(t.Words)-1 && strings.HasPrefix(tokens[i].Text, w)) {
			return false
		}
	}
	return true
}

// back goes some runes towards the start of a text and on to the end of a word.
func back(text string, from, runes int) int {
	for at, n := from, 0; ; n++ {
		if at == 0 {
			return 0
		}
		if n >= runes && (text[at-1] == ' ' || text[at-1] == '\n' || n >= 2*runes) {
			return at
		}
		at = start(text, at)
	}
}

// start is where the rune before at begins.
func start(text string, at int) int {
	for at--; at > 0 && text[at]&0xC0 == 0x80; at-- {
	}
	return at
}

// forward is the end of the stretch of so many runes from a place.
func forward(text string, from, runes int) int {
	for i := range text[from:] {
		if runes == 0 {
			return from + i
		}
		runes--
	}
	return len(text)
}

// plainSpaces puts a snippet on one line.
func plainSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}
