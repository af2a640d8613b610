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
	for i := range s.words {
		w := &s.words[i]
		start = start || w.opens
		l.matchAt(w.id, s.words[i+1:], n, start, h)
		if n != (names{}) {
			if w.text == n.customer {
				l.matchAt(customerName, s.words[i+1:], n, start, h)
			}
			if w.text == n.agent {
				l.matchAt(agentName, s.words[i+1:], n, start, h)
			}
		}
		start = start && (w.leads || w.text == n.called)
	}
}

// matchAt tries the phrases that begin with a word.
func (l *lexicon) matchAt(first wordID, after []word, n names, start bool, h *hits) {
	if first == unknownWord || int(first) >= len(l.byFirst) {
		return
	}
	for i := range l.byFirst[first] {
		h.take(&l.byFirst[first][i], after, n, start)
	}
	if !l.pairs[first] || len(after) == 0 {
		return
	}
	pairs := l.byPair[[2]wordID{first, after[0].id}]
	for i := range pairs {
		h.take(&pairs[i], after[1:], n, start)
	}
}

func (h *hits) take(p *pattern, after []word, n names, start bool) {
	if p.role == hitStart && !start || h[p.variant]&p.role != 0 {
		return
	}
	if len(p.rest) == 0 || follows(p.rest, after, n) {
		h[p.variant] |= p.role
	}
}

// follows reports whether the words go on as the phrase does.
func follows(rest []element, words []word, n names) bool {
	if len(rest) == 0 {
		return true
	}
	e := &rest[0]
	if e.gap {
		for skip := 0; skip <= maxGap && skip <= len(words); skip++ {
			if follows(rest[1:], words[skip:], n) {
				return true
			}
		}
		return false
	}
	if len(words) > 0 && e.is(&words[0], n) && follows(rest[1:], words[1:], n) {
		return true
	}
	return e.optional && follows(rest[1:], words, n)
}

func (e *element) is(w *word, n names) bool {
	for _, x := range e.words {
		if x == w.id && x != unknownWord || isName(x) && w.text == n.of(x) {
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
