package cycle

import (
	"slices"
	"strings"
)

// choosingFile is the vocabulary of a choice among what was offered.
type choosingFile struct {
	// Around are words that may stand beside what is chosen.
	Around []string `json:"around"`
	// Everyday words stand in every offer and name none.
	Everyday []string `json:"everyday"`
}

// choosing says which words name an offer and which stand around its name.
type choosing struct {
	around, everyday map[wordID]bool
}

func newChoosing(f choosingFile, v vocabulary) choosing {
	c := choosing{make(map[wordID]bool, len(f.Around)), make(map[wordID]bool, len(f.Everyday))}
	for _, w := range f.Around {
		c.around[v.learn(fold(w))] = true
	}
	for _, w := range f.Everyday {
		c.everyday[v.learn(fold(w))] = true
	}
	return c
}

// maxOffer is how much of an offer's words is kept, in bytes: what is offered
// stands in a sentence or two.
const maxOffer = 160

// names are the words of an offer by which it can be taken, each once.
func (c choosing) names(offer []sentence) string {
	var out []string
	size := 0
	for _, s := range offer {
		for _, w := range s.words {
			if w.text == gap || c.around[w.id] || c.everyday[w.id] || slices.Contains(out, w.text) {
				continue
			}
			if size += len(w.text) + 1; size > maxOffer {
				return strings.Join(out, " ")
			}
			out = append(out, w.text)
		}
	}
	return strings.Join(out, " ")
}

// picks reports whether a message begins by naming what was offered, and nothing
// else up to the end of that clause: “the new one please”, “Thursday then, …”.
func (c choosing) picks(said []sentence, offer string) bool {
	named := false
	for _, s := range said {
		for _, w := range s.words {
			switch {
			case named && w.opens:
				return true
			case c.around[w.id]:
			case !holdsWord(offer, w.text):
				return false
			default:
				named = true
			}
		}
		if named {
			return !s.question
		}
	}
	return false
}

// holdsWord reports whether a word stands in a text of words and spaces.
func holdsWord(text, word string) bool {
	for rest := text; rest != ""; {
		var next string
		if next, rest, _ = strings.Cut(rest, " "); next == word {
			return true
		}
	}
	return false
}
