package cycle

import (
	"fmt"
	"slices"
	"strings"
)

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
		if first == "{called}" || first == "{surname}" {
			return fmt.Errorf("phrase %q cannot begin with %s", line, first)
		}
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
		for i, w := range e.words {
			e.words[i] = fold(w)
		}
		if !slices.ContainsFunc(e.words, unreadable) {
			all = append(all, e)
			continue
		}
		return nil, fmt.Errorf("phrase %q: %q is not a word that is ever read", line, part)
	}
	if len(all) == 0 || all[0].gap || all[0].optional {
		return nil, fmt.Errorf("phrase %q must begin with a word", line)
	}
	return all, nil
}

// unreadable reports whether no message can hold this as one word: a hyphen
// parts words, and nothing is read into an unknown {name}.
func unreadable(w string) bool {
	if strings.HasPrefix(w, "{") {
		return !slices.Contains([]string{"{called}", "{customer}", "{surname}", "{agent}"}, w)
	}
	return w == "" || wordEnd(w) != len(w)
}
