package console

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
	"rapport/hub/door"
)

const (
	issuer    = "rapport"
	audience  = "rapport-console"
	tokenType = "agent-session"
	maxToken  = 8 << 10 // bytes that are parsed at all
)

// claims of the session cookie. The subject is the agent.
type claims struct {
	jwt.RegisteredClaims
	Type       string `json:"typ"`
	Session    string `json:"sid"`
	Generation int64  `json:"gen"`
}

// tokens makes and reads session cookies: JWT, HS256, one purpose.
type tokens struct {
	key    []byte
	clock  chat.Clock
	parser *jwt.Parser
}

func newTokens(key []byte, clock chat.Clock) tokens {
	return tokens{key, clock, door.TokenParser(clock, jwt.WithIssuer(issuer), jwt.WithAudience(audience))}
}

// sign makes the cookie of a session's generation.
func (t tokens) sign(s *chat.AgentSession) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{audience}, Subject: s.AgentID,
			IssuedAt: jwt.NewNumericDate(t.clock().Std()), ExpiresAt: jwt.NewNumericDate(s.ExpiresAt.Std()),
		},
		Type: tokenType, Session: s.ID, Generation: s.Generation,
	}).SignedString(t.key)
}

// read returns what a cookie claims, or false.
func (t tokens) read(token string) (*claims, bool) {
	if token == "" || len(token) > maxToken {
		return nil, false
	}
	var c claims
	_, err := t.parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return t.key, nil })
	good := err == nil && c.Type == tokenType && chat.ValidID(c.Session) && chat.ValidID(c.Subject)
	return &c, good
}

// csrf derives each session's token, so that nothing needs to be kept.
type csrf struct{ key []byte }

func (k csrf) token(sessionID string) string {
	mac := hmac.New(sha256.New, k.key)
	mac.Write([]byte(sessionID)) // never fails
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (k csrf) holds(sessionID, token string) bool {
	return hmac.Equal([]byte(k.token(sessionID)), []byte(token))
}
