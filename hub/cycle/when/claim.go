package when

import "slices"

// kind is who says what they will do, and how.
type kind uint8

const (
	byUs      kind = iota // I'll, we're going to
	goingOn               // … and will
	also                  // … today and call you tomorrow
	doing                 // we're sending
	letMe                 // let me … and come back
	theyGet               // you'll hear from us
	byOther               // our engineer will, Ben will
	byThing               // your refund will
	goes                  // it ships
	comesBack             // back in ten minutes
)

// maxSubject is how many words a subject may have.
const maxSubject = 6

// claim reads the beginning of one at i.
func (c *clauses) claim(i int) (claim, bool) {
	ws := c.words[i:]
	if n := english().Ours.at(ws); n > 0 {
		return claim{kind: byUs, from: i, verb: i + n}, true
	}
	if n := english().Progressive.at(ws); n > 0 && english().Doing.at(ws[n:]) > 0 {
		return claim{kind: doing, from: i, verb: i + n}, true
	}
	if n := english().LetMe.at(ws); n > 0 {
		return claim{kind: letMe, from: i, verb: i + n}, true
	}
	if n := english().Yours.at(ws); n > 0 {
		return claim{kind: theyGet, from: i, verb: i + n}, true
	}
	if n := english().Continued.at(ws); n > 0 && c.subject(i) != "" {
		return claim{kind: goingOn, from: i, verb: i + n}, true
	}
	if n := english().Openers.at(ws); n > 0 && i == 0 {
		return claim{kind: comesBack, from: 0, verb: n}, n < len(ws)
	}
	if n := english().Theirs.at(ws); n > 0 && i > 0 {
		return c.byOthers(i, i+n)
	}
	if english().Goes.at(ws) > 0 && i > 0 {
		if english().Goods.has(c.words[i-1].text) {
			return claim{kind: goes, from: c.subjectBefore(i), verb: i}, true
		}
		n := len(c.claims)
		return claim{kind: goes, from: i, verb: i}, c.words[i-1].text == "and" && n > 0 && c.claims[n-1].kind == goes
	}
	return claim{}, false
}

// byOthers is a claim about somebody or something else that ends before will.
func (c *clauses) byOthers(will, verb int) (claim, bool) {
	cl := claim{kind: byThing, from: c.subjectBefore(will), verb: verb}
	if w := c.words[will-1]; english().People.has(w.text) || w.capital && !english().NotNames.has(w.text) {
		cl.kind = byOther
	}
	return cl, true
}

// subjectBefore is where the subject of the verb at i begins.
func (c *clauses) subjectBefore(i int) int {
	from := i - 1
	for from > 0 && i-from < maxSubject && !c.words[from].opens && !c.parts(from-1) {
		from--
	}
	return from
}

// parts reports whether the word at i cannot be in a subject.
func (c *clauses) parts(i int) bool {
	w := c.words[i].text
	return slices.Contains([]string{"and", "but", "so", "then", "or", "today", "tomorrow", "tonight", "noon"}, w) ||
		hasKey(english().Weekdays, w) || hasKey(english().Parts, w)
}

func hasKey[V any](m map[string]V, k string) bool {
	_, ok := m[k]
	return ok
}

// subject is who acts in the sentence before i: "I", "We", or "" for nobody of
// ours.
func (c *clauses) subject(i int) string {
	for _, w := range slices.Backward(c.words[:i]) {
		switch w.text {
		case "i":
			return "I"
		case "we":
			return "We"
		}
	}
	return ""
}
