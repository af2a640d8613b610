package console

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rapport/hub/chat"
)

// Passwords and the words that they are most often made of, one a line, in
// lower case and without digits or signs at their ends.
//
//go:embed weak.txt
var weakText string

var weakWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(weakText) {
		words[word] = true
	}
	return words
})

// CheckPassword refuses what would be guessed first: too short, a common
// password however decorated, a run of one character or of the keyboard, the
// agent's own address or name. What it reports is a Failure on field password.
func CheckPassword(password, email, name string) error {
	switch {
	case len(password) < minPassword:
		return chat.FailField("password", "Use at least %d characters. Three or four words in a row are good.", minPassword)
	case len(password) > maxPassword:
		return chat.FailField("password", "At most %d bytes fit.", maxPassword)
	}
	plain := strings.ToLower(norm.NFC.String(password))
	if common(plain) || runs(plain) {
		return chat.FailField("password", "This is one of the passwords that are tried first. Three or four words in a row are good.")
	}
	local, host, _ := strings.Cut(strings.ToLower(email), "@")
	for _, own := range []string{email, local, host, name, strings.ReplaceAll(name, " ", "")} {
		if own = strings.ToLower(norm.NFC.String(own)); own != "" && (plain == own || core(plain) == core(own)) {
			return chat.FailField("password", "This is your own name or address, which others know. Take something else.")
		}
	}
	return nil
}

// common reports whether nothing but decoration stands around one weak word, or
// two of them.
func common(plain string) bool {
	words := weakWords()
	word := unleet.Replace(core(plain))
	if words[plain] || words[core(plain)] || words[word] {
		return true
	}
	for i := range word {
		if words[word[:i]] && words[word[i:]] {
			return true
		}
	}
	return false
}

// core is s without the digits and signs at its ends; all of s if nothing else
// is in it.
func core(s string) string {
	inner := strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if inner == "" {
		return s
	}
	return inner
}

var unleet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t", "!", "i")

// rows of keys and letters that hands run along.
const keyRows = "abcdefghijklmnopqrstuvwxyz 01234567890 qwertyuiop asdfghjkl zxcvbnm qwertzuiop azertyuiop 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx3edc4rfv5tgb6yhn7ujm"

// runs reports whether s repeats at most three characters, or is made of a few
// runs along rows of keys.
func runs(s string) bool {
	distinct := map[rune]bool{}
	for _, r := range s {
		distinct[r] = true
	}
	if len(distinct) <= 3 {
		return true
	}
	pieces := 0
	for rest := s; rest != ""; pieces++ {
		n := 1
		for n < len(rest) && along(rest[:n+1]) {
			n++
		}
		rest = rest[n:]
	}
	return pieces*4 <= len(s)
}

func along(piece string) bool {
	return strings.Contains(keyRows, piece) || strings.Contains(keyRows, reverse(piece))
}

func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
