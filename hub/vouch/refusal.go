package vouch

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
)

// Why a token is refused.
type Why string

const (
	TooLong    Why = "too_long"    // over MaxToken
	Malformed  Why = "malformed"   // not three parts of base64url and JSON
	Algorithm  Why = "algorithm"   // Said: the one in its header
	Critical   Why = "critical"    // its header has crit
	KIDUnknown Why = "kid_unknown" // Said: its kid, which no secret that works has
	Signature  Why = "signature"   // Said: the kid of the secret that did sign it, "" for none of ours
	Missing    Why = "missing"     // Said: the claim, which is not there or of the wrong kind
	Expired    Why = "expired"     // Seconds ago
	NotYet     Why = "not_yet"     // nbf is Seconds ahead
	Ahead      Why = "ahead"       // iat is Seconds ahead: the clocks differ
	Audience   Why = "audience"    // Said: its aud
	Subject    Why = "subject"     // sub is not one line of text of at most 255 bytes
	Lasting    Why = "lasting"     // good for Seconds, which is over MaxLife
)

// Refusal says why a token does not hold.
type Refusal struct {
	Why     Why
	Said    string // what the token says of it, see Why; at most 80 code points
	Seconds int64
}

var sentences = map[Why]string{
	TooLong: "it is longer than 8,192 bytes", Malformed: "it cannot be read as a JWT", Algorithm: "it is not signed with HS256",
	Critical: "its header has crit", KIDUnknown: "no secret has its kid", Signature: "its signature does not fit",
	Missing: "a claim is missing: it needs sub, aud, iat and exp", Expired: "it has expired", NotYet: "it is not good yet",
	Ahead: "it was made in the future: compare your server's clock", Audience: "its aud is not this site's key",
	Subject: "sub must be your own id of this customer, at most 255 characters, in one line",
	Lasting: "it may be good for an hour at most, exp is too far from iat",
}

// Error says why without repeating anything of the token.
func (r *Refusal) Error() string { return sentences[r.Why] }

// Failure is what a page is told.
func (r *Refusal) Failure() *chat.Failure {
	return chat.Fail(chat.IdentityRefused, "The identity token does not hold: %s.", r.Error())
}

// said bounds a token's own words.
func said(v any) string {
	if v == nil {
		return ""
	}
	return chat.CleanLine(fmt.Sprint(v), 80)
}

// explain finds out why the library refused a token. Claims count only once the
// signature fits, as they do for the library.
func explain(err error, t *jwt.Token, c jwt.MapClaims, now chat.Time, secrets []chat.IdentitySecret) *Refusal {
	var own *Refusal
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, jwt.ErrTokenMalformed) || t == nil:
		return &Refusal{Why: Malformed}
	case t.Header["alg"] != jwt.SigningMethodHS256.Alg():
		return &Refusal{Why: Algorithm, Said: said(t.Header["alg"])}
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return &Refusal{Why: Signature, Said: signer(t, secrets)}
	}
	return explainClaims(err, c, now)
}

func explainClaims(err error, c jwt.MapClaims, now chat.Time) *Refusal {
	exp, noExp := c.GetExpirationTime()
	nbf, noNBF := c.GetNotBefore()
	iat, noIAT := c.GetIssuedAt()
	aud, noAud := c.GetAudience()
	seconds := func(at *jwt.NumericDate) int64 { return int64(at.Sub(now.Std()).Abs() / time.Second) }
	switch {
	case noExp != nil || exp == nil:
		return &Refusal{Why: Missing, Said: "exp"}
	case noNBF != nil:
		return &Refusal{Why: Missing, Said: "nbf"}
	case noIAT != nil:
		return &Refusal{Why: Missing, Said: "iat"}
	case noAud != nil || len(aud) == 0:
		return &Refusal{Why: Missing, Said: "aud"}
	case errors.Is(err, jwt.ErrTokenInvalidAudience):
		return &Refusal{Why: Audience, Said: said(c["aud"])}
	case errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return &Refusal{Why: Ahead, Seconds: seconds(iat)}
	case errors.Is(err, jwt.ErrTokenExpired):
		return &Refusal{Why: Expired, Seconds: seconds(exp)}
	case errors.Is(err, jwt.ErrTokenNotValidYet):
		return &Refusal{Why: NotYet, Seconds: seconds(nbf)}
	}
	return &Refusal{Why: Malformed}
}

// signer is the kid of the secret that signed a token under another's name, "" for
// none: most often the old secret with the new kid, or the other way round.
func signer(t *jwt.Token, secrets []chat.IdentitySecret) string {
	signed := t.Raw[:max(0, strings.LastIndexByte(t.Raw, '.'))]
	for _, s := range secrets {
		if jwt.SigningMethodHS256.Verify(signed, t.Signature, []byte(s.Secret)) == nil {
			return s.KID
		}
	}
	return ""
}
