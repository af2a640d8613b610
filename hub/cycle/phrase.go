package cycle

import (
	"fmt"
	"slices"
	"strings"
)

// pattern is what is left of a phrase after the words that the index holds.
type pattern struct {
	variant int
	role    role
	rest    []element
}

// element is one place of a phrase: one of the words, perhaps left out, or a gap.
type element struct {
	words    []wordID
	optional bool
	gap      bool
}

// index finds phrases by their first two words, or by the first alone where a
// gap, a name or nothing comes second.
type index struct {
	byFirst [][]pattern
	byPair  map[[2]wordID][]pattern
	pairs   []bool // by first word: some phrase stands in byPair
}

// compile adds one phrase to the index.
func (l *lexicon) compile(line string, variant int, r role) error {
	all, err := l.parse(line)
	if err != nil {
		return err
	}
	for _, first := range all[0].words {
		if first == calledName || first == surnameName {
			return fmt.Errorf("phrase %q cannot begin with a name that is a word too", line)
		}
		l.index.add(first, all[1:], pattern{variant: variant, role: r})
	}
	return nil
}

// add files a phrase under its first word and, where it can, its second. A place
// that may be left out is filed both ways.
func (x *index) add(first wordID, rest []element, p pattern) {
	for len(rest) > 0 && rest[0].optional {
		kept := rest[0]
		kept.optional = false
		x.add(first, append([]element{kept}, rest[1:]...), p)
		rest = rest[1:]
	}
	if len(rest) == 0 || rest[0].gap || slices.ContainsFunc(rest[0].words, isName) {
		p.rest = rest
		x.reach(first)
		x.byFirst[first] = append(x.byFirst[first], p)
		return
	}
	p.rest = rest[1:]
	x.reach(first)
	x.pairs[first] = true
	for _, second := range rest[0].words {
		key := [2]wordID{first, second}
		x.byPair[key] = append(x.byPair[key], p)
	}
}

// reach makes room for a first word.
func (x *index) reach(first wordID) {
	for len(x.byFirst) <= int(first) {
		x.byFirst, x.pairs = append(x.byFirst, nil), append(x.pairs, false)
	}
}

func isName(w wordID) bool { return w < firstWordID }

// parse takes a phrase apart into its places. It begins with a word.
func (v vocabulary) parse(line string) ([]element, error) {
	var all []element
	for _, part := range strings.Fields(line) {
		if part == ".." {
			all = append(all, element{gap: true})
			continue
		}
		bare := strings.TrimSuffix(part, "?")
		e := element{optional: bare != part}
		for _, w := range strings.Split(bare, "|") {
			if w = fold(w); unreadable(w) {
				return nil, fmt.Errorf("phrase %q: %q is not a word that is ever read", line, part)
			}
			e.words = append(e.words, v.learn(w))
		}
		all = append(all, e)
	}
	switch {
	case len(all) == 0 || all[0].gap || all[0].optional:
		return nil, fmt.Errorf("phrase %q must begin with a word", line)
	case len(v) > maxVocabulary-int(firstWordID):
		return nil, fmt.Errorf("more than %d different words", maxVocabulary)
	}
	return all, nil
}

// unreadable reports whether no message can hold this as one word: a hyphen
// parts words, and nothing is read into an unknown {name}.
func unreadable(w string) bool {
	if strings.HasPrefix(w, "{") {
		return nameIDs[w] == unknownWord
	}
	return w == "" || wordEnd(w) != len(w)
}
