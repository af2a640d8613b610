package chat

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths from which a piece of an address looks made by chance.
const (
	longMixed  = 16 // letters and digits
	longPiece  = 20 // whatever it is made of, but a word
	longWord   = 32 // small letters alone
	longHidden = 22 // with - and _ in it, as tokens are written in base64url
)

// deeds are words in a path of pages that do something when they are opened by the
// link that somebody was sent.
var deeds = words(`reset verify verification confirm confirmation activate activation magic unsubscribe optout invite invitation
	join login signin signon signup logout signout oauth oauth2 auth authorize sso saml callback token password passwd approve accept decline cancel`)

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
		for _, piece := range pieces(segment) {
			deed = deed || deeds[strings.ToLower(piece)]
			odd = odd || !small(piece)
		}
	}
	for name, values := range query {
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
	var upper, lower, digit bool
	for _, r := range part {
		upper, lower, digit = upper || unicode.IsUpper(r), lower || unicode.IsLower(r), digit || unicode.IsDigit(r)
	}
	if len(part) >= longHidden && upper && lower && digit || hexadecimal(part) {
		return true
	}
	for _, p := range pieces(part) {
		_, first := utf8.DecodeRuneInString(p)
		word := small(p[first:]) // which may begin with a capital
		mixed := strings.ContainsFunc(p, unicode.IsDigit) && strings.ContainsFunc(p, unicode.IsLetter)
		if len(p) >= longWord || len(p) >= longPiece && !word || len(p) >= longMixed && mixed {
			return true
		}
	}
	return false
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
