package search

import (
	"time"

	"rapport/hub/chat"
)

// Bounds of what somebody may ask at once.
const (
	MaxQuery  = 300 // code points
	maxTerms  = 16
	maxFilter = 16
	maxValues = 8
	maxAsked  = 16 // values of all filters: each name is looked up
	// maxNegated: SQLite's full-text search takes no expression deeper than 12, and
	// each word that must not be there makes one deeper.
	maxNegated = 8
	// minPrefix is the shortest beginning of a word that is searched for, in
	// letters: shorter ones begin nearly every message.
	minPrefix = 2
)

// Query is what somebody asks for: every term and every filter must hold.
type Query struct {
	Terms   []Term
	Filters []Filter
	// From and Until bound the time of a message: not before From, before Until;
	// zero for no bound.
	From, Until chat.Time
	// HasFile and InNote ask for messages with files, and for notes.
	HasFile, InNote Wanted
}

// Wanted says whether something must be, must not be, or may.
type Wanted int

// What Wanted may be.
const (
	Any Wanted = iota
	Must
	MustNot
)

// Holds reports whether what is there is as wanted.
func (w Wanted) Holds(is bool) bool { return w == Any || is == (w == Must) }

// Term is a word, or several that stand side by side.
type Term struct {
	Words []string
	// Prefix: the last word is only the beginning of one.
	Prefix bool
	Not    bool
}

// Filter asks for a property of the conversation or the author, one of Values.
type Filter struct {
	Name   string
	Values []string
	Not    bool
}

// Has reports whether a filter of this name is among them.
func (q *Query) Has(name string) bool {
	for _, f := range q.Filters {
		if f.Name == name {
			return true
		}
	}
	return false
}

// Words reports whether messages must hold a word: without one a query asks for
// conversations.
func (q *Query) Words() bool {
	for _, t := range q.Terms {
		if !t.Not {
			return true
		}
	}
	return false
}

// Parse reads a query; now and zone say what "yesterday" is. What cannot be
// understood is a Failure of the field "q" that says what to write instead.
func Parse(text string, now time.Time, zone *time.Location) (*Query, error) {
	text, err := chat.CleanText("q", text, MaxQuery)
	if err != nil {
		return nil, err
	}
	p := parser{now: now.In(zone), q: &Query{}}
	for _, piece := range pieces(text) {
		if err := p.add(piece); err != nil {
			return nil, err
		}
	}
	if len(p.q.Terms) > maxTerms || negated(p.q.Terms) > maxNegated || len(p.q.Filters) > maxFilter || asked(p.q.Filters) > maxAsked {
		return nil, chat.FailField("q", "This is a lot to look for at once. Leave some words or filters out.")
	}
	if p.q.From > 0 && p.q.Until > 0 && p.q.From >= p.q.Until {
		return nil, chat.FailField("q", "No time lies between these dates. Check before: and after:.")
	}
	return p.q, nil
}

// asked counts the values of filters.
func asked(filters []Filter) (n int) {
	for _, f := range filters {
		n += len(f.Values)
	}
	return n
}

// negated counts the terms that must not be there.
func negated(terms []Term) (n int) {
	for _, t := range terms {
		if t.Not {
			n++
		}
	}
	return n
}
