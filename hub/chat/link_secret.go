package chat

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths from which a piece of an address looks made by chance.
const (
	shortMixed = 6  // capitals, small letters and digits, in a path: short links are made so
	longMixed  = 16 // letters and digits
	longPiece  = 20 // whatever it is made of, but a word
	longWord   = 32 // small letters alone
	longHidden = 22 // with - and _ in it, as tokens are written in base64url
)

// deeds are in words of paths whose pages do something when they are opened by the link
// that somebody was sent, however such words are put together.
var deeds = strings.Fields(`reset verif confirm activat magic unsub optout invit signin login signon signup logout signout oauth
	authoriz saml callback token passw approv accept declin cancel delet remov rsvp vote`)

// tellTale are in names of what in a query is somebody's alone, likewise.
var tellTale = strings.Fields(`token secret passw passcode reset verif confirm activat unsub optout signin login otp magic invit session jwt signature code apikey`)

// within reports whether a part of an address, read without what separates its words and
// without capitals, has one of these in it.
func within(part string, list []string) bool {
	part = strings.ToLower(strings.Join(pieces(part), ""))
	return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(part, w) })
}

// secrets are names of what in a query is somebody's alone.
var secrets = words(`token code key apikey auth authorization sig sign signature secret password passwd pwd pass otp pin hash hmac digest ticket session
	sessionid sid jsessionid phpsessid state nonce jwt invite invitation magic reset confirm confirmation verify verification login access credential
	email mail phone user userid uid assertion samlresponse samlrequest expires`)

func words(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}

var address = regexp.MustCompile(`[^\s/@]@[^\s/@]+\.`)

// secretive reports whether an address looks as if it were one person's: a token,
// somebody's e-mail address, or a page that does something when it is opened. Too many
// are left out rather than one too few.
func secretive(u *url.URL) bool {
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil || strings.Contains(u.Path, "%") || address.MatchString(u.Path) || strings.Contains(u.Path, ";") {
		return true
	}
	deed, odd := false, u.RawQuery != ""
	for _, segment := range strings.Split(u.Path, "/") {
		if random(segment) {
			return true
		}
		deed = deed || within(segment, deeds)
		for _, piece := range pieces(segment) {
			odd = odd || !small(piece)
			if len(piece) >= shortMixed && mixed(piece) {
				return true
			}
		}
	}
	for name, values := range query {
		if within(name, tellTale) {
			return true
		}
		for _, piece := range pieces(name) {
			if secrets[strings.ToLower(piece)] {
				return true
			}
		}
		for _, v := range append(values, name) {
			if random(v) || strings.ContainsAny(v, "%@") {
				return true
			}
		}
	}
	return deed && odd
}

// random reports whether a part of an address looks made by chance.
func random(part string) bool {
	if len(part) >= longHidden && mixed(part) || hexadecimal(part) {
		return true
	}
	for _, p := range pieces(part) {
		_, first := utf8.DecodeRuneInString(p)
		word := small(p[first:]) // which may begin with a capital
		both := strings.ContainsFunc(p, unicode.IsDigit) && strings.ContainsFunc(p, unicode.IsLetter)
		if len(p) >= longWord || len(p) >= longPiece && !word || len(p) >= longMixed && both {
			return true
		}
	}
	return false
}

// mixed reports whether there are capitals, small letters and digits.
func mixed(part string) bool {
	return strings.ContainsFunc(part, unicode.IsUpper) && strings.ContainsFunc(part, unicode.IsLower) && strings.ContainsFunc(part, unicode.IsDigit)
}

// hexadecimal reports whether a part is a long number in that writing, such as a UUID.
func hexadecimal(part string) bool {
	n, digits := 0, 0
	for _, r := range strings.ToLower(part) {
		switch {
		case r == '-':
		case r >= '0' && r <= '9':
			n, digits = n+1, digits+1
		case r >= 'a' && r <= 'f':
			n++
		default:
			return false
		}
	}
	return n >= longPiece && digits > 0
}

// pieces are the letters and digits between whatever else there is.
func pieces(part string) []string {
	return strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// small reports whether there are small letters alone, as in a word; letters of
// scripts that know no other are such, too.
func small(piece string) bool {
	return !strings.ContainsFunc(piece, func(r rune) bool { return !unicode.IsLetter(r) || unicode.IsUpper(r) })
}
