package cycle

import (
	"slices"

	"rapport/hub/chat"
)

// role is what a phrase does for its condition.
type role uint8

const (
	hitAny role = 1 << iota
	hitStart
	hitWith
	hitNever
)

// maxVariants bounds the conditions of a phrase file, so that a sentence is
// matched without allocating.
const maxVariants = 128

// maxGap is how many words .. may stand for.
const maxGap = 3

// hits is what one sentence holds, by condition.
type hits [maxVariants]role

// match notes in h every phrase that a sentence holds.
func (l *lexicon) match(s sentence, n names, h *hits) {
	start := true
	for i, w := range s.words {
		start = start || w.opens
		for _, p := range l.index[w.text] {
			h.take(p, s.words[i+1:], n, start)
		}
		if w.text == n.customer || w.text == n.agent {
			l.matchName(w.text, s.words[i+1:], n, start, h)
		}
		start = start && (l.leads[w.text] || w.text == n.called)
	}
}

// matchName tries the phrases that begin with a name.
func (l *lexicon) matchName(w string, after []word, n names, start bool, h *hits) {
	for _, key := range [...]string{"{customer}", "{agent}"} {
		if n.of(key) != w {
			continue
		}
		for _, p := range l.index[key] {
			h.take(p, after, n, start)
		}
	}
}

func (h *hits) take(p pattern, after []word, n names, start bool) {
	if p.role == hitStart && !start || h[p.variant]&p.role != 0 {
		return
	}
	if follows(p.rest, after, n) {
		h[p.variant] |= p.role
	}
}

// follows reports whether the words go on as the phrase does.
func follows(rest []element, words []word, n names) bool {
	if len(rest) == 0 {
		return true
	}
	e := rest[0]
	if e.gap {
		for skip := 0; skip <= maxGap && skip <= len(words); skip++ {
			if follows(rest[1:], words[skip:], n) {
				return true
			}
		}
		return false
	}
	if len(words) > 0 && e.is(words[0].text, n) && follows(rest[1:], words[1:], n) {
		return true
	}
	return e.optional && follows(rest[1:], words, n)
}

func (e element) is(w string, n names) bool {
	for _, x := range e.words {
		if x[0] == '{' {
			x = n.of(x)
		}
		if x == w && x != "" {
			return true
		}
	}
	return false
}

// holds reports whether condition id is met by a sentence with these hits.
func (l *lexicon) holds(id int, h *hits, question bool, step chat.Step) bool {
	v, got := &l.variants[id], h[id]
	return got&(hitAny|hitStart) != 0 && got&hitNever == 0 &&
		(!v.with || got&hitWith != 0) &&
		(!v.question || question) && (!v.statement || !question) &&
		(len(v.steps) == 0 || slices.Contains(v.steps, step))
}
