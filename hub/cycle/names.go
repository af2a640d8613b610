package cycle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var titles = map[string]bool{
	"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "prof": true, "sir": true, "madam": true,
}

// FirstName is how to call somebody: the first name of a full name, "Mr Lopez"
// where only that is known, "" where the name is none (an e-mail address, a
// number). A name in small letters only gets its capital.
func FirstName(full string) string {
	if last, first, ok := strings.Cut(full, ","); ok && strings.TrimSpace(first) != "" {
		full = first + " " + last
	}
	words := strings.Fields(full)
	if len(words) == 0 || strings.Contains(full, "@") || !strings.ContainsFunc(words[0], unicode.IsLetter) {
		return ""
	}
	if titles[strings.ToLower(strings.TrimSuffix(words[0], "."))] {
		switch len(words) {
		case 1:
			return ""
		case 2:
			return words[0] + " " + words[1]
		}
		words = words[1:]
	}
	return capital(strings.Trim(words[0], ","))
}

// capital lifts the first letter of a name that has none lifted.
func capital(name string) string {
	if strings.ContainsFunc(name, unicode.IsUpper) {
		return name
	}
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(r)) + name[n:]
}
