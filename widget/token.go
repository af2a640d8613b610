package widget

import (
	"errors"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// TokenLife is how long a visitor's token opens new sockets and requests. A
// socket that is open stays open.
const TokenLife = 15 * time.Minute

// maxToken bounds what is parsed at all.
const maxToken = 8 << 10

const (
	issuer          = "rapport"
	visitorAudience = "rapport-visitor"
)

type tokenClaims struct {
	jwt.RegisteredClaims
	Type string `json:"typ"`
	Site string `json:"site"`
}

// tokens makes and reads visitors' tokens: JWT, HS256, one purpose.
type tokens struct {
	key    []byte
	clock  chat.Clock
	parser *jwt.Parser
}

func newTokens(key []byte, clock chat.Clock) tokens {
	if len(key) < 32 {
		panic("widget: the token key is shorter than 32 bytes")
	}
	return tokens{key, clock, door.TokenParser(clock, jwt.WithAudience(visitorAudience), jwt.WithIssuer(issuer))}
}

// sign makes the token of a device.
func (t tokens) sign(deviceID, siteID string) (token string, expires chat.Time, err error) {
	now := t.clock()
	expires = now.Add(TokenLife)
	token, err = jwt.NewWithClaims(jwt.SigningMethodHS256, tokenClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{visitorAudience}, Subject: deviceID,
			IssuedAt: jwt.NewNumericDate(now.Std()), ExpiresAt: jwt.NewNumericDate(expires.Std()),
		},
		Type: "visitor", Site: siteID,
	}).SignedString(t.key)
	return token, expires, err
}

func (t tokens) read(token string) (*tokenClaims, error) {
	refused := chat.Fail(chat.Unauthorized, "This token does not hold. Ask for a new session.")
	if token == "" || len(token) > maxToken {
		return nil, refused
	}
	var claims tokenClaims
	_, err := t.parser.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return t.key, nil })
	switch {
	case errors.Is(err, jwt.ErrTokenExpired):
		return nil, chat.Fail(chat.TokenExpired, "This token has run out. Ask for a new session.")
	case err != nil, claims.Type != "visitor", !chat.ValidID(claims.Subject):
		return nil, refused
	}
	return &claims, nil
}
