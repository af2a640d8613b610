package vouch

import (
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
)

const (
	// MaxToken bounds a token, in bytes.
	MaxToken = 8 << 10
	// MaxLife bounds how long a token may be good for.
	MaxLife = time.Hour
	// maxSub bounds the shop's own id of a customer, in bytes.
	maxSub = 255
)

// reserved claims are not attributes of the customer.
var reserved = map[string]bool{"sub": true, "aud": true, "iat": true, "exp": true, "nbf": true, "jti": true, "iss": true, "name": true, "email": true}

// Vouched is what a good token says.
type Vouched struct {
	Claims  desk.Claims
	Secret  chat.IdentitySecret // which signed it; it may be on its way out
	Expires chat.Time
}

// Read checks a token for the site with this public key and these secrets.
func Read(site *chat.Site, secrets []chat.IdentitySecret, clock chat.Clock, token string) (*Vouched, *Refusal) {
	if len(token) > MaxToken {
		return nil, &Refusal{Why: TooLong}
	}
	var out Vouched
	claims := jwt.MapClaims{}
	parsed, err := door.TokenParser(clock, jwt.WithAudience(site.Key)).ParseWithClaims(token, claims, func(t *jwt.Token) (any, error) {
		s, refused := pick(secrets, t)
		if refused != nil {
			return nil, refused
		}
		out.Secret = *s
		return []byte(s.Secret), nil
	})
	if err != nil {
		return nil, explain(err, parsed, claims, clock(), secrets)
	}
	if refused := out.take(claims); refused != nil {
		return nil, refused
	}
	return &out, nil
}

// pick finds the secret that a token says it was signed with.
func pick(secrets []chat.IdentitySecret, t *jwt.Token) (*chat.IdentitySecret, *Refusal) {
	// RFC 7515, 4.1.11: what must be understood and is not makes a token invalid.
	if _, critical := t.Header["crit"]; critical {
		return nil, &Refusal{Why: Critical}
	}
	kid, named := t.Header["kid"].(string)
	if _, any := t.Header["kid"]; any && !named {
		return nil, &Refusal{Why: KIDUnknown}
	}
	for i := range secrets {
		if s := &secrets[i]; s.KID == kid || !named && s.RetiresAt == 0 {
			return s, nil
		}
	}
	return nil, &Refusal{Why: KIDUnknown, Said: said(kid)}
}

// take reads the claims that the library does not.
func (v *Vouched) take(c jwt.MapClaims) *Refusal {
	sub, isText := c["sub"].(string)
	switch {
	case c["sub"] == nil:
		return &Refusal{Why: Missing, Said: "sub"}
	case !isText || sub == "" || len(sub) > maxSub || sub != chat.CleanLine(sub, maxSub):
		return &Refusal{Why: Subject}
	}
	issued, err := c.GetIssuedAt()
	if err != nil || issued == nil {
		return &Refusal{Why: Missing, Said: "iat"}
	}
	expires, err := c.GetExpirationTime()
	if err != nil || expires == nil {
		return &Refusal{Why: Missing, Said: "exp"}
	}
	if life := expires.Sub(issued.Time); life > MaxLife {
		return &Refusal{Why: Lasting, Seconds: int64(life / time.Second)}
	}
	v.Expires = chat.At(expires.Time)
	v.Claims = desk.Claims{Sub: sub, Attributes: attributes(c)}
	v.Claims.Name, _ = c["name"].(string)
	v.Claims.Email, _ = c["email"].(string)
	return nil
}

// attributes are the plain claims that mean nothing to us.
func attributes(c jwt.MapClaims) map[string]string {
	out := map[string]string{}
	for k, v := range c {
		if reserved[k] {
			continue
		}
		switch v := v.(type) {
		case string:
			out[k] = v
		case float64:
			out[k] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			out[k] = strconv.FormatBool(v)
		}
	}
	return out
}
