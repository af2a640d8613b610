package cycle

import (
	"fmt"
	"slices"
	"strings"

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
const maxVariants = 96

// maxGap is how many words .. may stand for.
const maxGap = 3

// pattern is one phrase after its first word, which the index holds.
type pattern struct {
	variant int
	role    role
	rest    []element
}

// element is one place of a phrase: one of the words, perhaps left out, or a gap.
type element struct {
	words    []string
	optional bool
	gap      bool
}

// compile adds one phrase to the index.
func (l *lexicon) compile(line string, variant int, r role) error {
	all, err := parse(line)
	if err != nil {
		return err
	}
	for _, first := range all[0].words {
		l.index[first] = append(l.index[first], pattern{variant, r, all[1:]})
	}
	return nil
}

// parse takes a phrase apart into its places. It begins with a word.
func parse(line string) ([]element, error) {
	var all []element
	for _, part := range strings.Fields(line) {
		if part == ".." {
			all = append(all, element{gap: true})
			continue
		}
		bare := strings.TrimSuffix(part, "?")
		e := element{words: strings.Split(bare, "|"), optional: bare != part}
		if slices.Contains(e.words, "") {
			return nil, fmt.Errorf("phrase %q has an empty word", line)
		}
		all = append(all, e)
	}
	if len(all) == 0 || all[0].gap || all[0].optional {
		return nil, fmt.Errorf("phrase %q must begin with a word", line)
	}
	return all, nil
}

// names are the words by which the two are called, folded; "" matches nothing.
// In phrases {called} is the customer's first name, {customer} the same unless
// it is an everyday word as well (Will, Mark, Grace), {surname} the last name,
// {agent} the agent's first name.
type names struct {
	called, customer, surname, agent string
}

func (l *lexicon) names(customer, agent string) names {
	n := names{called: firstWord(FirstName(customer)), agent: firstWord(FirstName(agent))}
	if strings.HasSuffix(FirstName(customer), " "+lastField(customer)) {
		n.called = "" // only "Mr Lopez" is known
	}
	if f := strings.Fields(customer); len(f) > 1 {
		n.surname = fold(f[len(f)-1])
	}
	if !l.common[n.called] {
		n.customer = n.called
	}
	return n
}

func firstWord(s string) string {
	if w := fold(s[:wordEnd(s)]); len(w) > 1 {
		return w
	}
	return ""
}

func lastField(s string) string {
	f := strings.Fields(s)
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

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

func (n names) of(key string) string {
	switch key {
	case "{called}":
		return n.called
	case "{customer}":
		return n.customer
	case "{surname}":
		return n.surname
	case "{agent}":
		return n.agent
	}
	return ""
}

// holds reports whether condition id is met by a sentence with these hits.
func (l *lexicon) holds(id int, h *hits, question bool, step chat.Step) bool {
	v, got := &l.variants[id], h[id]
	return got&(hitAny|hitStart) != 0 && got&hitNever == 0 &&
		(!v.with || got&hitWith != 0) &&
		(!v.question || question) && (!v.statement || !question) &&
		(len(v.steps) == 0 || slices.Contains(v.steps, step))
}
