package cycle

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxWords and maxBytes bound how much of a message is read: evidence stands in
// what people say, not in what they paste.
const (
	maxWords = 400
	maxBytes = 4_000
)

// sentence is one sentence of a message, ready to be matched.
type sentence struct {
	words    []word
	question bool   // it ends with a question mark
	raw      string // as it was written, to cite
}

// word is one word, folded. opens tells whether a clause begins with it, leads
// whether one can begin after it.
type word struct {
	text  string
	id    wordID
	opens bool
	leads bool
}

// gap stands where quoted text was left out, so that no phrase matches across.
const gap = "\x00"

// reader turns a text into sentences. What is quoted (“…”, "…", lines after >)
// is somebody else's words and is left out, as are web and mail addresses.
type reader struct {
	text  string
	pos   int
	from  int // where the current sentence began
	plain int // up to here no quote is looked for
	opens bool
	words []word // of all sentences
	first int    // the current sentence's first among them
	out   []sentence
}

// read splits a text into sentences of folded words.
func read(text string) []sentence {
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes], "")
	}
	r := reader{text: text, opens: true, words: make([]word, 0, min(len(text)/4+1, maxWords)), out: make([]sentence, 0, 4)}
	r.skipQuotedLine()
	for r.pos < len(text) && len(r.words) < maxWords {
		r.step()
	}
	r.end(r.pos, false)
	return r.out
}

func (r *reader) step() {
	c, n := utf8.DecodeRuneInString(r.text[r.pos:])
	switch {
	case isWord(c):
		r.word()
		return
	case c == '\n':
		r.end(r.pos, false)
		r.pos += n
		r.skipQuotedLine()
		return
	case c == '?' || c == '？' || c == '؟':
		r.pos += n
		r.end(r.pos, true)
		return
	case c == '!' || c == ';' || c == '.' && r.stops(n) || c == '。':
		r.pos += n
		r.end(r.pos, false)
		return
	case c == '“' || c == '„' || c == '«' || c == '"':
		if r.skipQuote(c, n) {
			return
		}
	case c == ',' || c == ':' || c == '–' || c == '—' || c == '(':
		r.opens = true
	}
	r.pos += n
}

// word takes the word at the position.
func (r *reader) word() {
	rest := r.text[r.pos:]
	if n := address(rest); n > 0 {
		r.pos += n
		r.put(gap)
		return
	}
	end := wordEnd(rest)
	if end < len(rest) && rest[end] == '@' {
		r.pos += untilSpace(rest)
		r.put(gap)
		return
	}
	r.pos += end
	r.put(fold(rest[:end]))
}

func (r *reader) put(text string) {
	if text == "" {
		return // nothing but marks
	}
	id := english().vocabulary[text]
	r.words = append(r.words, word{text, id, r.opens, id != unknownWord && id < english().leads})
	r.opens = false
}

// end closes the sentence.
func (r *reader) end(at int, question bool) {
	if n := len(r.words); n > r.first {
		r.out = append(r.out, sentence{r.words[r.first:n:n], question, strings.Trim(r.text[r.from:at], " ;\t\r\n")})
		r.first = n
	}
	r.from, r.opens = at, true
}

// stops reports whether the full stop at the position ends a sentence: 3.50 and
// shop.example do not.
func (r *reader) stops(n int) bool {
	next, _ := utf8.DecodeRuneInString(r.text[r.pos+n:])
	return r.pos+n >= len(r.text) || !isWord(next)
}

func isWord(c rune) bool {
	return c < utf8.RuneSelf && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') ||
		c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && !unicode.Is(unicode.Variation_Selector, c))
}

// wordEnd is the length of the word that s begins with; an apostrophe between
// letters belongs to it.
func wordEnd(s string) int {
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if !isWord(c) {
			next, _ := utf8.DecodeRuneInString(s[i+n:])
			if (c != '\'' && c != '’') || !isWord(next) {
				return i
			}
		}
		i += n
	}
	return len(s)
}

// fold brings a word into the form in which words are compared: small letters,
// straight apostrophes, no accents.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.ToLower(strings.ReplaceAll(s, "’", "'"))
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(s))
		}
	}
	return s
}
