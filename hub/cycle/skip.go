package cycle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// skipQuotedLine leaves out a line that begins with >.
func (r *reader) skipQuotedLine() {
	if rest := strings.TrimLeft(r.text[r.pos:], " \t"); strings.HasPrefix(rest, ">") {
		if i := strings.IndexByte(rest, '\n'); i >= 0 {
			r.pos = len(r.text) - len(rest) + i
		} else {
			r.pos = len(r.text)
		}
		r.from = r.pos
	}
}

// skipQuote leaves out quoted text that ends on the same line. A line without
// an end is searched once only.
func (r *reader) skipQuote(open rune, n int) bool {
	if r.pos < r.plain {
		return false
	}
	line := r.text[r.pos+n:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	i := strings.IndexAny(line, closers(open))
	if i < 0 {
		r.plain = r.pos + n + len(line)
		return false
	}
	_, width := utf8.DecodeRuneInString(line[i:])
	r.pos += n + i + width
	r.put(gap)
	return true
}

// closers are the marks that may end what this one opens.
func closers(open rune) string {
	switch open {
	case '“':
		return "”\""
	case '„':
		return "“”"
	case '«':
		return "»"
	}
	return "\"”"
}

// address is the length of the web address that s begins with, or 0.
func address(s string) int {
	if c := s[0] | 0x20; c != 'h' && c != 'w' {
		return 0
	}
	for _, prefix := range []string{"http://", "https://", "www."} {
		if len(s) > len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			return untilSpace(s)
		}
	}
	return 0
}

func untilSpace(s string) int {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return i
	}
	return len(s)
}
