package when

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxRunes bounds how much of a text is read; maxSentence how many words of a
// sentence. Nobody promises anything after that.
const (
	maxRunes    = 10_000
	maxSentence = 200
)

// word is one word of a sentence, in small letters, with where it stands.
type word struct {
	text       string
	start, end int
	opens      bool // a clause begins with it
	capital    bool
}

// sentence is one sentence and its bytes in the text.
type sentence struct {
	words      []word
	start, end int
	question   bool
}

// reader turns a text into sentences. What is quoted is somebody else's words
// and is left out, as are lines after >.
type reader struct {
	text  string
	pos   int
	plain int // up to here no end of a quote is looked for
	opens bool
	words []word
	out   []sentence
}

func read(text string) []sentence {
	r := reader{text: bounded(text), opens: true}
	r.skipQuotedLine()
	for r.pos < len(r.text) {
		r.step()
	}
	r.finish(len(r.text), false)
	return r.out
}

// bounded is the part of a text that is read.
func bounded(text string) string {
	n := 0
	for i := range text {
		if n++; n > maxRunes {
			return text[:i]
		}
	}
	return text
}

func (r *reader) step() {
	c, n := utf8.DecodeRuneInString(r.text[r.pos:])
	switch {
	case c >= '0' && c <= '9':
		r.number()
		return
	case unicode.IsLetter(c):
		r.letters()
		return
	case c == '\n':
		r.finish(r.pos, false)
		r.pos += n
		r.skipQuotedLine()
		return
	case c == '?', c == '!', c == ';', c == '.' && r.stops():
		r.pos += n
		r.finish(r.pos, c == '?')
		return
	case c == '"', c == '“', c == '„', c == '«':
		if r.skipQuote(c, n) {
			return
		}
	case strings.ContainsRune(",:–—(…", c):
		r.opens = true
	case strings.ContainsRune("%€$£#+=*&@/", c):
		r.put(r.pos, r.pos+n)
	}
	r.pos += n
}

func (r *reader) put(start, end int) {
	if len(r.words) < maxSentence {
		first, _ := utf8.DecodeRuneInString(r.text[start:])
		text := strings.ToLower(strings.ReplaceAll(r.text[start:end], "’", "'"))
		r.words = append(r.words, word{text, start, end, r.opens, unicode.IsUpper(first)})
	}
	r.opens = false
	r.pos = end
}

// letters takes a word; an apostrophe between letters belongs to it, and p.m.
// is one word.
func (r *reader) letters() {
	start, end := r.pos, r.pos
	for end < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[end:])
		if c == '\'' || c == '’' {
			if next, _ := utf8.DecodeRuneInString(r.text[end+n:]); !unicode.IsLetter(next) {
				break
			}
		} else if !unicode.IsLetter(c) && !unicode.IsMark(c) {
			break
		}
		end += n
	}
	r.word(start, end)
	if end-start == 1 && strings.ContainsAny(r.text[start:end], "aApP") {
		r.halfOfDay(start)
	}
}

// word puts a word in, a contraction such as I'll as the two that it stands for.
func (r *reader) word(start, end int) {
	if !strings.ContainsAny(r.text[start:end], "'’") {
		r.put(start, end)
		return
	}
	text := strings.ReplaceAll(r.text[start:end], "’", "'")
	for short, long := range english().Contractions {
		if !strings.HasSuffix(strings.ToLower(text), short) || len(text) == len(short) {
			continue
		}
		mark := start + strings.LastIndexAny(r.text[start:end], "'’")
		r.put(start, mark)
		r.put(mark, end)
		if last := &r.words[len(r.words)-1]; last.start == mark {
			last.text = long
		}
		return
	}
	r.put(start, end)
}

// halfOfDay makes am of a.m. and pm of p.m.
func (r *reader) halfOfDay(start int) {
	rest := r.text[start:]
	if len(rest) < 3 || rest[1] != '.' || rest[2]|0x20 != 'm' || len(r.words) == 0 {
		return
	}
	if next, _ := utf8.DecodeRuneInString(rest[3:]); unicode.IsLetter(next) {
		return
	}
	w := &r.words[len(r.words)-1]
	w.text, w.end = w.text+"m", start+3
	r.pos = w.end
	if strings.HasPrefix(rest[3:], ".") && !r.sentenceFollows(start+4) {
		r.pos++
	}
}

// number takes digits with what joins them: 15:00, 25/12, 2026-12-05, 5th. A
// dash between two numbers that are no date reads as "to".
func (r *reader) number() {
	start, end := r.pos, r.pos
	for end < len(r.text) && (isDigit(r.text[end]) || strings.IndexByte(":.,/", r.text[end]) >= 0 && end+1 < len(r.text) && isDigit(r.text[end+1])) {
		end++
	}
	if rest := r.text[start:]; end-start == 4 && len(rest) >= 10 && rest[4] == '-' && rest[7] == '-' && isDigit(rest[8]) && isDigit(rest[9]) {
		end = start + 10
	}
	if tail := r.text[end:]; len(tail) >= 2 && (len(tail) == 2 || !isLetter(tail[2])) {
		switch strings.ToLower(tail[:2]) {
		case "st", "nd", "rd", "th":
			end += 2
		}
	}
	r.put(start, end)
	for _, dash := range [...]string{"-", "–"} {
		if tail := r.text[end:]; strings.HasPrefix(tail, dash) && len(tail) > len(dash) && isDigit(tail[len(dash)]) {
			r.put(end, end+len(dash))
			if last := &r.words[len(r.words)-1]; last.start == end {
				last.text = "to"
			}
		}
	}
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// stops reports whether the full stop at the position ends a sentence: those of
// shop.example, Dr. Weiss and 20 min. do not.
func (r *reader) stops() bool {
	next, _ := utf8.DecodeRuneInString(r.text[r.pos+1:])
	if unicode.IsLetter(next) || unicode.IsDigit(next) {
		return false
	}
	if len(r.words) == 0 || r.words[len(r.words)-1].end != r.pos {
		return true
	}
	last := r.words[len(r.words)-1].text
	return !english().Titles.has(last) && (!english().Shortened.has(last) || r.sentenceFollows(r.pos+1))
}

// sentenceFollows reports whether a new sentence, or nothing, begins at pos.
func (r *reader) sentenceFollows(pos int) bool {
	for pos < len(r.text) && r.text[pos] == ' ' {
		pos++
	}
	c, _ := utf8.DecodeRuneInString(r.text[pos:])
	return pos >= len(r.text) || unicode.IsUpper(c) || c == '\n'
}

// finish ends the sentence.
func (r *reader) finish(at int, question bool) {
	if len(r.words) > 0 {
		r.out = append(r.out, sentence{r.words, r.words[0].start, at, question})
		r.words = nil
	}
	r.opens = true
}

func (r *reader) skipQuotedLine() {
	for strings.HasPrefix(strings.TrimLeft(r.text[r.pos:min(len(r.text), r.pos+8)], " \t"), ">") {
		end := strings.IndexByte(r.text[r.pos:], '\n')
		if end < 0 {
			r.pos = len(r.text)
			return
		}
		r.pos += end + 1
	}
}

// skipQuote leaves out what stands between quotation marks on one line.
func (r *reader) skipQuote(open rune, n int) bool {
	if r.pos < r.plain {
		return false
	}
	line := r.text[r.pos+n:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	closing := map[rune]string{'"': `"`, '“': "”", '„': "“", '«': "»"}[open]
	end := strings.Index(line, closing)
	if end < 0 {
		r.plain = r.pos + n + len(line)
		return false
	}
	r.pos += n + end + len(closing)
	r.opens = true
	return true
}
