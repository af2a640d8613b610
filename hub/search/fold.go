package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold adds a letter to a word as it is compared: taken apart, without accents,
// in lower case.
func fold(word []rune, r rune) []rune {
	if r < 0x80 {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(word, r)
	}
	if plain, ok := spelled[r]; ok {
		return append(word, []rune(plain)...)
	}
	var bytes [utf8.UTFMax]byte
	parts := norm.NFKD.Properties(bytes[:utf8.EncodeRune(bytes[:], r)]).Decomposition()
	if parts == nil {
		return append(word, lower(r))
	}
	for len(parts) > 0 {
		part, n := utf8.DecodeRune(parts)
		parts = parts[n:]
		if k := kindOf(part); k == letter || k == unspaced {
			word = append(word, lower(part))
		}
	}
	return word
}

// lower is a letter's lower case, a digit's plain one.
func lower(r rune) rune {
	if unicode.Is(unicode.Nd, r) {
		return digit(r)
	}
	if plain, ok := alike[r]; ok {
		return plain
	}
	return unicode.ToLower(r)
}

// digit is the plain form of a decimal digit: every script's ten stand in a row.
func digit(r rune) rune {
	for _, part := range unicode.Nd.R16 {
		if r >= rune(part.Lo) && r <= rune(part.Hi) {
			return '0' + (r-rune(part.Lo))%10
		}
	}
	for _, part := range unicode.Nd.R32 {
		if r >= rune(part.Lo) && r <= rune(part.Hi) {
			return '0' + (r-rune(part.Lo))%10
		}
	}
	return r
}

// foldUnspaced is a character of a script without spaces as it is compared: kana
// at full width and without the marks of their voicing.
func foldUnspaced(r rune) rune {
	switch {
	case r >= 0x3041 && r <= 0x30FF, r >= 0xFF66 && r <= 0xFF9D:
		var bytes [utf8.UTFMax]byte
		plain, _ := utf8.DecodeRune(norm.NFKD.Bytes(bytes[:utf8.EncodeRune(bytes[:], r)]))
		return plain
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	}
	return r
}

// spelled are letters that no rule of Unicode takes apart, as people type them
// where they lack the key.
var spelled = map[rune]string{
	'ß': "ss", 'ẞ': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l",
	'đ': "d", 'Đ': "d", 'ı': "i", 'ħ': "h", 'Ħ': "h", 'ŧ': "t", 'Ŧ': "t",
}

// alike are letters that are written one for the other: Arabic and Persian yeh and
// kaf, teh marbuta, the Greek sigma at a word's end.
var alike = map[rune]rune{'ى': 'ي', 'ی': 'ي', 'ک': 'ك', 'ة': 'ه', 'ς': 'σ'}
