package cycle

import (
	"slices"
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
	core, around map[wordID][][]element
	emoji, kind  string
}

// maxThanks is how long pure thanks can be, in bytes: a longer text says more.
const maxThanks = 300

func newThanks(f thanksFile, v vocabulary) (t thanks, err error) {
	t = thanks{emoji: f.Emoji, kind: f.EmojiAround}
	if t.core, err = byFirst(f.Core, v); err != nil {
		return t, err
	}
	t.around, err = byFirst(f.Around, v)
	return t, err
}

func byFirst(lines []string, v vocabulary) (map[wordID][][]element, error) {
	m := make(map[wordID][][]element, len(lines))
	for _, line := range lines {
		all, err := v.parse(line)
		if err != nil {
			return nil, err
		}
		for _, first := range all[0].words {
			m[first] = append(m[first], all[1:])
		}
	}
	return m, nil
}

// sad reports whether a text holds a face that takes the thanks back, as :( does.
func sad(text string) bool {
	for i := range len(text) {
		if c := text[i]; c != ':' && c != ';' && c != '=' {
			continue
		}
		face := text[i+1:]
		for _, nose := range [...]string{"'", "’", "-"} {
			face = strings.TrimPrefix(face, nose)
		}
		if face != "" && strings.IndexByte(`([|\/`, face[0]) >= 0 {
			return true
		}
	}
	return false
}

// PureThanks reports whether a message is thanks or a farewell with thanks and
// nothing else, so that a closed conversation stays closed. names are those of
// the agents and the customer, who may be thanked by name or sign. One word
// that is not known to be harmless makes it false: to open a conversation once
// too often costs a click, to miss a question costs a customer.
func PureThanks(text string, names ...string) bool {
	text = strings.ReplaceAll(text, "<3", "❤")
	if len(text) > maxThanks {
		return false
	}
	return pureThanks(text, read(text), names)
}

// pureThanks is PureThanks of a message that has been taken apart.
func pureThanks(text string, sentences []sentence, names []string) bool {
	if len(text) > maxThanks || strings.ContainsAny(text, "?？؟") {
		return false
	}
	known := nameWords(names)
	said := false
	for _, s := range sentences {
		thanked, ok := english().thanks.covers(s.words, known)
		if !ok {
			return false
		}
		said = said || thanked
	}
	heart, ok := english().thanks.signs(text)
	return ok && (said || heart) && !sad(text)
}

// covers reports whether every word belongs to the vocabulary, and whether
// thanks are among them.
func (t thanks) covers(words []word, names []string) (thanked, ok bool) {
	for i := 0; i < len(words); {
		if n := longest(t.core, words[i:]); n > 0 {
			thanked = true
			i += n
			continue
		}
		n := longest(t.around, words[i:])
		if n == 0 && slices.Contains(names, words[i].text) {
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
func longest(phrases map[wordID][][]element, words []word) int {
	most := 0
	for _, rest := range phrases[words[0].id] {
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
	if len(words) > 0 && rest[0].is(&words[0], names{}) {
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

func nameWords(names []string) []string {
	out := make([]string, 0, 2*len(names))
	for _, name := range names {
		for rest := name; rest != ""; {
			n := wordEnd(rest)
			if n > 0 {
				out = append(out, fold(rest[:n]))
				rest = rest[n:]
				continue
			}
			_, n = utf8.DecodeRuneInString(rest)
			rest = rest[n:]
		}
	}
	return out
}
