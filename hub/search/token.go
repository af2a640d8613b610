package search

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is a folded word and the bytes of the text that it was read from.
type Token struct {
	Text       string
	Start, End int
}

// maxToken bounds a token in runes: what is longer is no word, and its beginning
// is enough to find it.
const maxToken = 48

// Line is a text as the index holds it: its tokens in their order, a space
// between two of them.
func Line(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, t := range Tokens(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Text)
	}
	return b.String()
}

// Tokens reads the words of a text. Bytes that are no UTF-8 stand between words.
func Tokens(text string) []Token {
	s := splitter{out: make([]Token, 0, len(text)/6+1)}
	for i, r := range text {
		s.take(r, i, i+size(text, i, r))
	}
	s.end()
	return s.out
}

// size is how many bytes the rune at i takes; a byte that is no UTF-8 takes one.
func size(text string, i int, r rune) int {
	if r == utf8.RuneError {
		_, n := utf8.DecodeRuneInString(text[i:])
		return n
	}
	return utf8.RuneLen(r)
}

// splitter gathers runes of one kind until another comes.
type splitter struct {
	out         []Token
	word        []rune // folded letters of the word that is being read
	start, stop int
	run         []Token // characters of a run without spaces, each alone
}

func (s *splitter) take(r rune, start, end int) {
	switch kindOf(r) {
	case between:
		s.end()
	case joined: // belongs to what stands before it and says nothing
		if len(s.word) > 0 {
			s.stop = end
		}
	case unspaced:
		s.endWord()
		s.run = append(s.run, Token{string(foldUnspaced(r)), start, end})
	case symbol:
		s.end()
		s.out = append(s.out, Token{string(r), start, end})
	case letter:
		s.endRun()
		if len(s.word) == 0 {
			s.start = start
		}
		s.word, s.stop = fold(s.word, r), end
	}
}

func (s *splitter) end() {
	s.endWord()
	s.endRun()
}

func (s *splitter) endWord() {
	if len(s.word) > 0 {
		s.out = append(s.out, Token{string(s.word[:min(len(s.word), maxToken)]), s.start, s.stop})
		s.word = s.word[:0]
	}
}

// endRun turns characters into pairs; the last stands alone, so that it is found
// by itself as every other is by the pair that it begins.
func (s *splitter) endRun() {
	for i, c := range s.run {
		if i+1 < len(s.run) {
			c.Text += s.run[i+1].Text
			c.End = s.run[i+1].End
		}
		s.out = append(s.out, c)
	}
	s.run = s.run[:0]
}

// kind is what a rune is to the splitter.
type kind int

const (
	between  kind = iota // stands between words
	joined               // is left out of the word that it is in
	letter               // belongs to a word
	unspaced             // a character of a script without spaces
	symbol               // a word by itself
)

func kindOf(r rune) kind {
	switch {
	case r < 0x80:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return letter
		}
		return between
	case r == utf8.RuneError:
		return between
	case r == 0x00AD || r == 0x0640 || r == 0x200C || r == 0x3099 || r == 0x309A || r == 0xFF9E || r == 0xFF9F || accent(r): // soft hyphen, tatweel, non-joiner, voicing of kana
		return joined
	case unicode.In(r, withoutSpaces...) && !unicode.IsPunct(r), r == 0x30FC, r == 0xFF70: // the long sign of kana belongs to no script
		return unspaced
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r):
		return letter
	case unicode.Is(unicode.So, r):
		return symbol
	}
	return between
}

// withoutSpaces are the scripts that put no spaces between words, or so few that
// a word is rarely alone.
var withoutSpaces = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// accent reports marks that are left out of words: those of Latin, Greek and
// Cyrillic, Hebrew points and Arabic vowels. Marks of other scripts are vowels
// that make another word.
func accent(r rune) bool {
	switch {
	case r >= 0x0300 && r <= 0x036F, r >= 0x1AB0 && r <= 0x1AFF, r >= 0x1DC0 && r <= 0x1DFF, r >= 0xFE20 && r <= 0xFE2F,
		r >= 0x0591 && r <= 0x05BD, r == 0x05BF, r == 0x05C1, r == 0x05C2, r == 0x05C4, r == 0x05C5, r == 0x05C7,
		r >= 0x0610 && r <= 0x061A, r >= 0x064B && r <= 0x065F, r == 0x0670, r >= 0x06D6 && r <= 0x06DC:
		return true
	}
	return false
}
