package widget

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
)

// maxIdentityLife bounds how long a signed identity may be good for.
const maxIdentityLife = time.Hour

// reserved claims are not attributes of the customer.
var reserved = map[string]bool{"sub": true, "aud": true, "iat": true, "exp": true, "nbf": true, "jti": true, "iss": true, "name": true, "email": true}

// verify checks an identity that the site's own server signed: HS256 with one
// of the site's secrets (named by kid, or the current one), sub, aud = the
// site's public key, iat, exp at most an hour after it.
func (d *Door) verify(ctx context.Context, site *chat.Site, token string) (*desk.Claims, error) {
	if len(token) > maxToken {
		return nil, chat.Fail(chat.IdentityRefused, "The identity token is longer than %d bytes.", maxToken)
	}
	secrets, err := d.Store.IdentitySecrets(ctx, site.ID)
	if err != nil {
		return nil, err
	}
	claims := jwt.MapClaims{}
	parser := door.TokenParser(d.Clock, jwt.WithAudience(site.Key))
	if _, err := parser.ParseWithClaims(token, claims, func(t *jwt.Token) (any, error) { return pick(secrets, t) }); err != nil {
		return nil, chat.Fail(chat.IdentityRefused, "The identity token does not hold: %s.", reason(err))
	}
	return claimsOf(claims)
}

func pick(secrets []chat.IdentitySecret, t *jwt.Token) (any, error) {
	// RFC 7515, 4.1.11: what must be understood and is not makes a token invalid.
	if _, critical := t.Header["crit"]; critical {
		return nil, fmt.Errorf("unknown critical header")
	}
	kid, named := t.Header["kid"].(string)
	if _, any := t.Header["kid"]; any && !named {
		return nil, fmt.Errorf("kid is no text")
	}
	for _, s := range secrets {
		if s.KID == kid || !named && s.RetiresAt == 0 {
			return []byte(s.Secret), nil
		}
	}
	return nil, fmt.Errorf("no secret with this kid")
}

// reason says why a token was refused, without repeating any of it.
func reason(err error) string {
	for _, known := range []error{
		jwt.ErrTokenMalformed, jwt.ErrTokenExpired, jwt.ErrTokenNotValidYet, jwt.ErrTokenUsedBeforeIssued,
		jwt.ErrTokenInvalidAudience, jwt.ErrTokenRequiredClaimMissing, jwt.ErrTokenUnverifiable, jwt.ErrTokenSignatureInvalid,
	} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "it cannot be read"
}

func claimsOf(c jwt.MapClaims) (*desk.Claims, error) {
	out := &desk.Claims{Attributes: map[string]string{}}
	out.Sub, _ = c["sub"].(string)
	if out.Sub == "" || len(out.Sub) > 255 || out.Sub != chat.CleanLine(out.Sub, 255) {
		return nil, chat.Fail(chat.IdentityRefused, "The identity token needs sub: your own id of this customer, at most 255 characters, in one line.")
	}
	issued, err := c.GetIssuedAt()
	if err != nil || issued == nil {
		return nil, chat.Fail(chat.IdentityRefused, "The identity token needs iat.")
	}
	expires, err := c.GetExpirationTime()
	if err != nil || expires.Sub(issued.Time) > maxIdentityLife {
		return nil, chat.Fail(chat.IdentityRefused, "The identity token may be good for an hour at most: exp is too far from iat.")
	}
	out.Name, _ = c["name"].(string)
	out.Email, _ = c["email"].(string)
	for k, v := range c {
		if reserved[k] {
			continue
		}
		switch v := v.(type) {
		case string:
			out.Attributes[k] = v
		case float64:
			out.Attributes[k] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			out.Attributes[k] = strconv.FormatBool(v)
		}
	}
	return out, nil
}
