package cycle

import (
	"strings"
	"unicode/utf8"
)

// citeLimit is how much of a message a reason quotes, in code points: a line of
// the coach panel.
const citeLimit = 70

// cite says what was found and quotes where, in one line.
func cite(what, text string) string {
	text = unquoted(strings.Join(strings.Fields(text), " ")) // a need is a quotation already
	if text == "" {
		return what + "."
	}
	return what + ": “" + shorten(text, citeLimit) + "”"
}

// shorten cuts at a word where there is one, and shows that it did.
func shorten(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)[:limit-1]
	head := string(runes)
	if i := strings.LastIndexByte(head, ' '); i > len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " ,;:–-") + "…"
}
