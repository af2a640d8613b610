package vouch

import (
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
)

// signedFor is how long a token of our own making is good.
const signedFor = 10 * time.Minute

// Sign makes a token about a customer, as the site's own server would.
func Sign(site *chat.Site, secret *chat.IdentitySecret, now chat.Time, about map[string]any) (string, error) {
	claims := jwt.MapClaims{"aud": site.Key, "iat": now.Std().Unix(), "exp": now.Std().Add(signedFor).Unix()}
	for k, v := range about {
		claims[k] = v
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	token.Header["kid"] = secret.KID
	return token.SignedString([]byte(secret.Secret))
}
