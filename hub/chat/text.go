package chat

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what people write, in Unicode code points.
const (
	MaxText       = 10_000
	MaxName       = 80
	MaxEmail      = 254
	MaxPreview    = 140
	MaxAttributes = 40
	MaxKey        = 64
	MaxValue      = 500
	MaxURL        = 2_000
	MaxTitle      = 200
)

// CleanText makes a message's text fit to store: valid UTF-8, no control
// characters but line feed and tab, line ends as line feeds, no blank ends.
// It reports a Failure when nothing is left or too much is there.
func CleanText(field, s string, limit int) (string, error) {
	if !utf8.ValidString(s) {
		return "", FailField(field, "This is not valid UTF-8 text.")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	if !strings.ContainsFunc(s, visible) {
		return "", FailField(field, "Write something first.")
	}
	if n := utf8.RuneCountInString(s); n > limit {
		return "", FailField(field, "This is %d characters long; at most %d fit. Please send it in parts.", n, limit)
	}
	return s, nil
}

// CleanMaybe is CleanText for a text that may be left out: "" stays "".
func CleanMaybe(field, s string, limit int) (string, error) {
	if strings.TrimSpace(s) == "" {
		return "", nil
	}
	return CleanText(field, s, limit)
}

// CleanLine makes a name or title fit to store: one line without control,
// direction or zero-width characters, so that nobody can pose as somebody else
// with invisible letters. It may return "".
func CleanLine(s string, limit int) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "")
	}
	marks := 0
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) {
			if marks++; marks > 3 {
				return -1
			}
		} else {
			marks = 0
		}
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), invisible(r):
			return -1
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	return cut(s, limit)
}

// CleanEmail returns the address in lower case, or a Failure.
func CleanEmail(field, s string) (string, error) {
	s = strings.TrimSpace(s)
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s || len(s) > MaxEmail || strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || invisible(r)
	}) {
		return "", FailField(field, "This does not look like an e-mail address.")
	}
	return strings.ToLower(s), nil
}

// invisible reports characters that draw nothing or turn the text around: format
// characters, fillers and the blank Braille pattern.
func invisible(r rune) bool {
	switch r {
	case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

func visible(r rune) bool { return !unicode.IsSpace(r) && !unicode.IsControl(r) && !invisible(r) }

// Preview is the start of a text in one line, for lists.
func Preview(s string) string {
	return cut(strings.Join(strings.Fields(s), " "), MaxPreview)
}

// cut keeps the first limit code points, in a string of its own: what is left out
// may be long, and is not to stay in memory with it.
func cut(s string, limit int) string {
	n := 0
	for i := range s {
		if n == limit {
			return strings.Clone(s[:i])
		}
		n++
	}
	return strings.Clone(s)
}
