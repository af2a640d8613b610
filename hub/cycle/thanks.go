package cycle

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// thanksFile is the vocabulary of a message that is nothing but thanks.
type thanksFile struct {
	// Core phrases are the thanks themselves; one is needed.
	Core []string `json:"core"`
	// Around are words and phrases that may stand beside them and add nothing to do.
	Around []string `json:"around"`
	// Emoji that are thanks by themselves; others that are kind are EmojiAround.
	Emoji       string `json:"emoji"`
	EmojiAround string `json:"emoji_around"`
}

// thanks holds the phrases by first word.
type thanks struct {
	core, around map[string][][]element
	emoji, kind  string
}

// maxThanks is how long pure thanks can be, in bytes: a longer text says more.
const maxThanks = 300

func newThanks(f thanksFile) (t thanks, err error) {
	t = thanks{emoji: f.Emoji, kind: f.EmojiAround}
	if t.core, err = byFirst(f.Core); err != nil {
		return t, err
	}
	t.around, err = byFirst(f.Around)
	return t, err
}

func byFirst(lines []string) (map[string][][]element, error) {
	m := make(map[string][][]element, len(lines))
	for _, line := range lines {
		all, err := parse(line)
		if err != nil {
			return nil, err
		}
		for _, first := range all[0].words {
			m[first] = append(m[first], all[1:])
		}
	}
	return m, nil
}

// sad is a face that takes the thanks back.
var sad = regexp.MustCompile(`[:;=]['’]?-?[(\[|\\/]`)

// PureThanks reports whether a message is thanks or a farewell with thanks and
// nothing else, so that a closed conversation stays closed. names are those of
// the agents and the customer, who may be thanked by name or sign. One word
// that is not known to be harmless makes it false: to open a conversation once
// too often costs a click, to miss a question costs a customer.
func PureThanks(text string, names ...string) bool {
	if len(text) > maxThanks || strings.ContainsAny(text, "?？؟") || sad.MatchString(text) {
		return false
	}
	text = strings.ReplaceAll(text, "<3", "❤")
	heart, ok := english.thanks.signs(text)
	if !ok {
		return false
	}
	known := nameWords(names)
	said := heart
	for _, s := range read(text) {
		thanked, ok := english.thanks.covers(s.words, known)
		if !ok {
			return false
		}
		said = said || thanked
	}
	return said
}

// covers reports whether every word belongs to the vocabulary, and whether
// thanks are among them.
func (t thanks) covers(words []word, names map[string]bool) (thanked, ok bool) {
	for i := 0; i < len(words); {
		if n := longest(t.core, words[i:]); n > 0 {
			thanked = true
			i += n
			continue
		}
		n := longest(t.around, words[i:])
		if n == 0 && names[words[i].text] {
			n = 1
		}
		if n == 0 {
			return false, false
		}
		i += n
	}
	return thanked, true
}

// longest is how many words the longest phrase at the front takes, or 0.
func longest(phrases map[string][][]element, words []word) int {
	most := 0
	for _, rest := range phrases[words[0].text] {
		if n := reach(rest, words[1:]); n >= 0 {
			most = max(most, n+1)
		}
	}
	return most
}

// reach is how many words the places take at most, or -1 if they do not fit.
func reach(rest []element, words []word) int {
	if len(rest) == 0 {
		return 0
	}
	most := -1
	if len(words) > 0 && rest[0].is(words[0].text, names{}) {
		if n := reach(rest[1:], words[1:]); n >= 0 {
			most = n + 1
		}
	}
	if rest[0].optional {
		most = max(most, reach(rest[1:], words))
	}
	return most
}

// signs looks at what is no word: punctuation and kind emoji may stand there,
// anything else says more than thanks.
func (t thanks) signs(text string) (heart, ok bool) {
	for _, c := range text {
		switch {
		case isWord(c) || unicode.IsSpace(c) || unicode.Is(unicode.Cf, c):
		case unicode.In(c, unicode.Sk, unicode.Variation_Selector): // skin tones, colour
		case c == utf8.RuneError || strings.ContainsRune("/@#%$€£+=<>\"“”«»", c):
			return false, false
		case strings.ContainsRune(t.emoji, c):
			heart = true
		case unicode.IsPunct(c) || strings.ContainsRune(t.kind, c):
		default:
			return false, false
		}
	}
	return heart, true
}

func nameWords(names []string) map[string]bool {
	m := make(map[string]bool, 2*len(names))
	for _, name := range names {
		for _, s := range read(name) {
			for _, w := range s.words {
				m[w.text] = true
			}
		}
	}
	return m
}
