package when

import (
	"slices"
	"strings"
	"time"
)

// Commitments finds what the writer, or somebody on their side, commits to in a
// text. now is when it is written, zone the one its times are meant in (nil:
// UTC), h the site's hours. What is read is bounded: 10,000 code points, 200
// words of a sentence.
func Commitments(text string, now time.Time, zone *time.Location, h Hours) []Found {
	var out []Found
	for _, s := range read(text) {
		if s.question {
			continue
		}
		c := clauses{sentence: s, text: text}
		c.split()
		if len(c.claims) == 0 {
			continue
		}
		c.finder = newFinder(s.words, now, zone, &h)
		c.times = c.finder.all()
		c.hand()
		for k := range c.claims {
			if f, ok := c.commitment(k); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

// clauses is a sentence with the places where somebody says what they will do.
type clauses struct {
	sentence
	text   string
	claims []claim
	finder *finder
	times  []said
}

// claim is one such place: its subject begins at from, its verb at verb, and it
// reaches to the next one.
type claim struct {
	kind           kind
	from, verb, to int
}

// split finds the claims of the sentence.
func (c *clauses) split() {
	for i := 0; i < len(c.words); {
		cl, ok := c.claim(i)
		if !ok {
			i++
			continue
		}
		for cl.verb < len(c.words) && english().Adverbs.has(c.words[cl.verb].text) {
			cl.verb++
		}
		if n := len(c.claims); n > 0 {
			c.claims[n-1].to = max(cl.from, c.claims[n-1].verb)
		}
		cl.to = len(c.words)
		c.claims = append(c.claims, cl)
		i = max(cl.verb, i+1)
	}
}

// hand takes from each claim a time at its end that leads to the next one, and
// parts a claim with two deeds and a time for each.
func (c *clauses) hand() {
	for k := 1; k < len(c.claims); k++ {
		for _, t := range c.times {
			if c.leadsTo(&t, &c.claims[k]) && t.from > c.claims[k-1].verb {
				c.claims[k-1].to = t.from
			}
		}
	}
	for k := 0; k < len(c.claims); k++ {
		cl := &c.claims[k]
		if at := c.joint(cl); at > 0 {
			second := claim{kind: also, from: at, verb: at + 1, to: cl.to}
			cl.to = at
			c.claims = slices.Insert(c.claims, k+1, second)
		}
	}
}

// joint is where a claim of ours goes on with a second deed that has a time of
// its own: "check today and call you tomorrow". 0 where it does not.
func (c *clauses) joint(cl *claim) int {
	first := 0
	for _, t := range c.times {
		if cl.kind != byUs && cl.kind != also || t.from < cl.verb || t.to > cl.to {
			continue
		}
		for i := first; first > 0 && i < t.from; i++ {
			if c.words[i].text == "and" && english().Deeds.at(c.words[i+1:]) > 0 {
				return i
			}
		}
		first = t.to
	}
	return 0
}

// commitment judges claim k.
func (c *clauses) commitment(k int) (Found, bool) {
	cl := &c.claims[k]
	if cl.verb >= cl.to || c.doubted(cl) || c.conditional(cl) {
		return Found{}, false
	}
	times := c.timesOf(cl)
	if !c.acts(cl, len(times) > 0) {
		return Found{}, false
	}
	found := Found{Start: c.start, End: c.end}
	var when *said
	if len(times) == 1 {
		if due, ok := c.finder.resolve(&times[0]); ok {
			when = &times[0]
			found.Due, found.Words = due, c.text[c.words[when.from].start:c.words[when.to-1].end]
		}
	}
	found.Text = c.phrase(cl, when)
	return found, true
}

// doubted reports whether what leads to the claim takes it back: "I think
// we'll", "I was told you'll".
func (c *clauses) doubted(cl *claim) bool {
	for i := max(0, cl.from-4); i < cl.from; i++ {
		if english().Doubts.has(c.words[i].text) {
			return true
		}
	}
	return false
}

// conditional reports whether the claim hangs on something. In "ask if" and
// "check if", if means whether.
func (c *clauses) conditional(cl *claim) bool {
	if c.words[0].text == "should" || english().Conditions.in(c.words[:cl.from]) {
		return true
	}
	whether := false
	for i := cl.verb; i < cl.to; i++ {
		w := c.words[i].text
		if english().Conditions.at(c.words[i:cl.to]) > 0 {
			ours := i+1 < cl.to && (c.words[i+1].text == "i" || c.words[i+1].text == "we")
			if w != "if" || !whether || ours {
				return true
			}
		}
		whether = whether || english().Whether.has(w)
	}
	return false
}

// acts reports whether the verb of a claim is something to be done later. What
// is done at once needs no promise.
func (c *clauses) acts(cl *claim, timed bool) bool {
	ws := c.words[cl.verb:cl.to]
	if english().Hedges.has(ws[0].text) {
		return false
	}
	returns := english().Returns.in(ws)
	switch cl.kind {
	case byThing:
		return timed && english().Arrivals.at(ws) > 0
	case byOther, goingOn, also:
		return english().Deeds.at(ws) > 0
	case doing:
		return timed && english().Doing.at(ws) > 0
	case letMe:
		return returns
	case theyGet:
		return english().Hearing.at(ws) > 0 || timed && english().Receiving.at(ws) > 0 && english().NotReceiving.at(ws) == 0
	case comesBack, goes:
		return timed
	}
	if english().IdleVerbs.at(ws) > 0 && english().Being.at(ws) == 0 {
		return returns
	}
	quick := english().Owning.has(ws[0].text) || english().QuickVerbs.at(ws) > 0 || english().AtOnce.in(ws)
	return timed || returns || !quick
}

// timesOf are the times that say when a claim is due: one that stands before it
// as its own, or those within it.
func (c *clauses) timesOf(cl *claim) []said {
	dated := english().DatedVerbs.at(c.words[cl.verb:]) > 0
	var out []said
	for _, t := range c.times {
		within := t.from >= cl.verb && t.to <= cl.to && !c.aside(&t, cl)
		if c.leadsTo(&t, cl) || within && (!dated || t.bound || t.date.Equal(c.finder.today) && t.clock == nil) {
			out = append(out, t)
		}
	}
	return out
}

// leadsTo reports whether a time stands before a claim as its own: "By Friday
// we'll", "Give me ten minutes and I'll".
func (c *clauses) leadsTo(t *said, cl *claim) bool {
	if t.to > cl.from {
		return false
	}
	begins := c.words[t.from].opens
	if t.from > 0 && !begins {
		before := c.words[t.from-1].text
		begins = before == "and" || before == "but" || before == "so" || before == "then"
	}
	and := t.to+1 == cl.from && c.words[t.to].text == "and" && c.words[t.from].text == "give"
	return begins && (t.to == cl.from || and)
}

// aside reports whether a time belongs to something inside the claim: "find out
// why it left on Monday", "bring the bike you gave us on Monday", "the papers
// for your visit on Monday".
func (c *clauses) aside(t *said, cl *claim) bool {
	for i := t.from - 1; i > cl.verb; i-- {
		w := c.words[i]
		switch {
		case english().Markers.has(w.text):
			return !english().Sure.has(c.words[i-1].text)
		case w.text == "and", w.text == "then":
			return false
		case !t.bound && (t.from-i == 1 && english().Events.has(w.text) || c.past(i)):
			return true
		case w.text == "before" && i+1 < t.from && english().Pronouns.has(c.words[i+1].text):
			return true
		case w.opens:
			return false
		}
	}
	return false
}

// past reports whether the word at i is somebody's deed that lies behind. In
// "have it repaired" it lies ahead.
func (c *clauses) past(i int) bool {
	w := c.words[i].text
	return i >= 2 && (strings.HasSuffix(w, "ed") || english().Past.has(w)) &&
		english().Pronouns.has(c.words[i-1].text) && !english().Made.has(c.words[i-2].text)
}
