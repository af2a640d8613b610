package door

import (
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
)

// tokenLeeway forgives clocks that differ.
const tokenLeeway = 30 * time.Second

// TokenParser reads tokens that are signed with HS256 and say when they end. It
// leaves none of the library's defaults, which accept a token without exp or aud
// and an HMAC of any size; more names the audience, and the issuer where there
// is one.
func TokenParser(clock chat.Clock, more ...jwt.ParserOption) *jwt.Parser {
	return jwt.NewParser(append([]jwt.ParserOption{
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithStrictDecoding(),
		jwt.WithLeeway(tokenLeeway),
		jwt.WithTimeFunc(func() time.Time { return clock().Std() }),
	}, more...)...)
}
