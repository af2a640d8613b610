package widget

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws/wsutil"
	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// signed makes an identity token as a shop's server would.
func (w *world) signed(change func(jwt.MapClaims)) string {
	w.t.Helper()
	now := time.Now()
	claims := jwt.MapClaims{"sub": "c-1", "aud": w.site.Key, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "name": "Maria Lopez", "email": "Maria@Example.com", "plan": "pro"}
	if change != nil {
		change(claims)
	}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	token.Header["kid"] = w.kid
	s, err := token.SignedString([]byte(w.key))
	w.must(err)
	return s
}

func TestDeviceSecretIsAChain(t *testing.T) {
	w := newWorld(t)
	first := w.visit(m{})
	second := w.visit(m{"secret": first.Secret})
	if second.Person.ID != first.Person.ID || second.Secret == first.Secret {
		t.Fatalf("second visit: %+v", second)
	}
	// A lost answer or another tab: the first still works until its successor is used.
	beside := w.visit(m{"secret": first.Secret})
	third := w.visit(m{"secret": second.Secret})
	for name, secret := range map[string]string{"parent": first.Secret, "sibling": beside.Secret} {
		status, body := w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key, "secret": secret})
		if f := w.failure(body); f.Code != chat.SecretStale {
			t.Errorf("%s after its successor was used: %d %s", name, status, body)
		}
	}
	if again := w.visit(m{"secret": third.Secret}); again.Person.ID != first.Person.ID {
		t.Errorf("the chain was broken: %+v", again)
	}
	status, body := w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key, "secret": chat.NewSecret()})
	if status != 401 {
		t.Errorf("unknown secret: %d %s", status, body)
	}
}

func TestForgetEndsTheDevice(t *testing.T) {
	w := newWorld(t)
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	if status, body := w.call("POST", "/v1/widget/forget", v.Token, m{}); status != 200 {
		t.Fatalf("forget: %d %s", status, body)
	}
	if status, _ := w.call("GET", "/v1/widget/conversations", v.Token, nil); status != 401 {
		t.Errorf("the token still opens requests: %d", status)
	}
	if status, _ := w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key, "secret": v.Secret}); status != 401 {
		t.Errorf("the secret still opens sessions: %d", status)
	}
	for {
		if _, err := c.read(); err != nil {
			if !strings.Contains(err.Error(), "4003") {
				t.Errorf("the socket ended with %v", err)
			}
			return
		}
	}
}

func TestIdentityCarriesTheChatOver(t *testing.T) {
	w := newWorld(t)
	anonymous := w.visit(m{})
	c, _ := w.connect(anonymous.Token, nil, "")
	id := chat.NewID()
	c.say(id, "before signing in")

	maria := w.visit(m{"secret": anonymous.Secret, "identity": w.signed(nil)})
	if !maria.Person.Verified || maria.Person.Name != "Maria Lopez" || maria.Person.Email != "maria@example.com" {
		t.Fatalf("identified as %+v", maria.Person)
	}
	if len(maria.Conversations) != 1 || maria.Conversations[0].ID != id {
		t.Fatalf("the chat was not carried over: %+v", maria.Conversations)
	}
	// Another browser of hers, with a chat of its own: both are hers now.
	other := w.visit(m{})
	oc, _ := w.connect(other.Token, nil, "")
	oid := chat.NewID()
	oc.say(oid, "from my phone")
	merged := w.visit(m{"secret": other.Secret, "identity": w.signed(nil)})
	if merged.Person.ID != maria.Person.ID || len(merged.Conversations) != 2 {
		t.Errorf("after the merge: %+v", merged)
	}
	// Somebody else on the same browser sees nothing of hers.
	tom := w.visit(m{"secret": merged.Secret, "identity": w.signed(func(c jwt.MapClaims) { c["sub"] = "c-2"; c["name"] = "Tom" })})
	if tom.Person.ID == maria.Person.ID || len(tom.Conversations) != 0 {
		t.Errorf("tom got %+v", tom)
	}
	if status, _ := w.call("GET", "/v1/widget/conversations/"+id+"/messages", tom.Token, nil); status != 404 {
		t.Errorf("tom reads maria's thread: %d", status)
	}
}

func TestUnsignedAttributesNeverReplaceSignedOnes(t *testing.T) {
	w := newWorld(t)
	maria := w.visit(m{"identity": w.signed(nil)})
	status, body := w.call("POST", "/v1/widget/attributes", maria.Token, m{"attributes": m{"plan": "enterprise", "colour": "red"}, "name": "Mallory", "email": "m@evil.example"})
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	p, err := w.store.Person(t.Context(), maria.Person.ID)
	w.must(err)
	got := fmt.Sprint(p.Name, p.Email, p.Attributes)
	if p.Name != "Maria Lopez" || !strings.Contains(got, "{plan pro true}") || !strings.Contains(got, "{colour red false}") {
		t.Errorf("profile is now %s", got)
	}
}

func TestIdentitiesThatDoNotHold(t *testing.T) {
	w := newWorld(t)
	other := chat.NewSecret()
	with := func(method jwt.SigningMethod, key any, change func(jwt.MapClaims)) string {
		now := time.Now()
		claims := jwt.MapClaims{"sub": "c-1", "aud": w.site.Key, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
		if change != nil {
			change(claims)
		}
		s, err := jwt.NewWithClaims(method, claims).SignedString(key)
		w.must(err)
		return s
	}
	key := []byte(w.key)
	for name, token := range map[string]string{
		"none":           with(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, nil),
		"hs512":          with(jwt.SigningMethodHS512, key, nil),
		"another key":    with(jwt.SigningMethodHS256, []byte(other), nil),
		"empty key":      with(jwt.SigningMethodHS256, []byte{}, nil),
		"the public key": with(jwt.SigningMethodHS256, []byte(w.site.Key), nil),
		"no exp":         with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "exp") }),
		"no aud":         with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "aud") }),
		"no iat":         with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "iat") }),
		"no sub":         with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { delete(c, "sub") }),
		"empty sub":      with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["sub"] = "" }),
		"number sub":     with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["sub"] = 7 }),
		"another aud":    with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["aud"] = "othersite" }),
		"expired":        with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Hour).Unix() }),
		"two hours":      with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["exp"] = time.Now().Add(2 * time.Hour).Unix() }),
		"from tomorrow":  with(jwt.SigningMethodHS256, key, func(c jwt.MapClaims) { c["iat"] = time.Now().Add(24 * time.Hour).Unix() }),
		"words":          "not a token",
		"dots":           strings.Repeat(".", 5000),
		"long":           strings.Repeat("a", 9000),
		"our own token":  w.visit(m{}).Token,
	} {
		status, body := w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key, "identity": token})
		if f := w.failure(body); status == 200 || f.Code != chat.IdentityRefused {
			t.Errorf("%s: %d %s", name, status, body)
		}
		if len(token) > 40 && strings.Contains(string(body), token[:40]) {
			t.Errorf("%s: the answer repeats the token", name)
		}
	}
	if v := w.visit(m{"identity": w.signed(nil)}); !v.Person.Verified {
		t.Error("a good identity is refused")
	}
}

// forgeries are visitors' tokens that must open nothing.
func forgeries(w *world, good string) map[string]string {
	make := func(method jwt.SigningMethod, key any, claims jwt.Claims, header map[string]any) string {
		token := jwt.NewWithClaims(method, claims)
		for k, v := range header {
			token.Header[k] = v
		}
		s, err := token.SignedString(key)
		w.must(err)
		return s
	}
	now := time.Now()
	device := chat.NewID()
	base := func(change func(*tokenClaims)) tokenClaims {
		c := tokenClaims{RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{visitorAudience}, Subject: device,
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(time.Minute)),
		}, Type: "visitor", Site: w.site.ID}
		if change != nil {
			change(&c)
		}
		return c
	}
	parts := strings.Split(good, ".")
	out := map[string]string{
		"empty": "", "space": " ", "word": "token", "dots": "..", "null": "null", "undefined": "undefined",
		"no signature":      parts[0] + "." + parts[1] + ".",
		"two parts":         parts[0] + "." + parts[1],
		"four parts":        good + "." + parts[2],
		"many dots":         good + strings.Repeat(".", 4000),
		"trailing dot":      good + ".",
		"flipped signature": flip(good, len(good)-6),
		"flipped body":      flip(good, len(parts[0])+8),
		"flipped header":    flip(good, 4),
		"padded":            good + "==",
		"megabyte":          strings.Repeat("a", 1<<20),
		"7 KB":              strings.Repeat("a", 7<<10),
		"none":              make(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, base(nil), nil),
		"none in capitals":  make(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, base(nil), map[string]any{"alg": "NONE"}),
		"None":              make(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, base(nil), map[string]any{"alg": "None"}),
		"hs384":             make(jwt.SigningMethodHS384, testKey, base(nil), nil),
		"hs512":             make(jwt.SigningMethodHS512, testKey, base(nil), nil),
		"lower case alg":    make(jwt.SigningMethodHS256, testKey, base(nil), map[string]any{"alg": "hs256"}),
		"rs256 named":       make(jwt.SigningMethodHS256, testKey, base(nil), map[string]any{"alg": "RS256"}),
		"empty key":         make(jwt.SigningMethodHS256, []byte{}, base(nil), nil),
		"zero key":          make(jwt.SigningMethodHS256, bytes.Repeat([]byte{0}, 32), base(nil), nil),
		"site's secret":     make(jwt.SigningMethodHS256, []byte(w.key), base(nil), nil),
		"site's key":        make(jwt.SigningMethodHS256, []byte(w.site.Key), base(nil), nil),
		"kid path":          make(jwt.SigningMethodHS256, []byte{}, base(nil), map[string]any{"kid": "../../dev/null"}),
		"kid sql":           make(jwt.SigningMethodHS256, []byte("x"), base(nil), map[string]any{"kid": "' UNION SELECT 'x'--"}),
		"jku":               make(jwt.SigningMethodHS256, []byte("x"), base(nil), map[string]any{"jku": "https://evil.example/jwks"}),
		"x5u":               make(jwt.SigningMethodHS256, []byte("x"), base(nil), map[string]any{"x5u": "https://evil.example/x"}),
		"absent device":     make(jwt.SigningMethodHS256, testKey, base(nil), nil),
		"no exp":            make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.ExpiresAt = nil }), nil),
		"expired":           make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.ExpiresAt = jwt.NewNumericDate(now.Add(-time.Hour)) }), nil),
		"no aud":            make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Audience = nil }), nil),
		"agent's aud":       make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Audience = jwt.ClaimStrings{"rapport-agent"} }), nil),
		"no iss":            make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Issuer = "" }), nil),
		"another iss":       make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Issuer = "elsewhere" }), nil),
		"another type":      make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Type = "agent" }), nil),
		"no type":           make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Type = "" }), nil),
		"no sub":            make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Subject = "" }), nil),
		"sub with sql":      make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.Subject = "' OR 1=1 --" }), nil),
		"from the future":   make(jwt.SigningMethodHS256, testKey, base(func(c *tokenClaims) { c.IssuedAt = jwt.NewNumericDate(now.Add(time.Hour)) }), nil),
		"a site's identity": w.signed(nil),
		"identity with our id": w.signed(func(c jwt.MapClaims) {
			c["iss"], c["aud"], c["typ"], c["sub"] = issuer, visitorAudience, "visitor", device
		}),
	}
	return out
}

func flip(s string, i int) string {
	c := byte('A')
	if s[i] == c {
		c = 'B'
	}
	return s[:i] + string(c) + s[i+1:]
}

func TestForgedTokensOpenNothing(t *testing.T) {
	w := newWorld(t)
	w.door.requests = door.NewLimiter(door.HugeRates().Request, chat.SystemClock) // this test asks more than a person
	v := w.visit(m{})
	c, _ := w.connect(v.Token, nil, "")
	id := chat.NewID()
	c.say(id, "hello there")
	all := forgeries(w, v.Token)
	if len(all) < 40 {
		t.Fatalf("only %d forgeries", len(all))
	}
	for name, token := range all {
		for _, r := range []struct {
			method, path string
			body         any
		}{
			{"GET", "/v1/widget/conversations", nil},
			{"GET", "/v1/widget/conversations/" + id + "/messages", nil},
			{"POST", "/v1/widget/conversations/" + id + "/messages", m{"client_id": chat.NewID(), "text": "forged"}},
			{"POST", "/v1/widget/conversations/" + id + "/end", m{}},
			{"POST", "/v1/widget/attributes", m{"attributes": m{"a": "b"}}},
			{"POST", "/v1/widget/forget", m{}},
		} {
			if len(token) > 4000 || strings.TrimSpace(token) == "" {
				continue // the header limit refuses these before us; the socket sees them below
			}
			if status, body := w.call(r.method, r.path, token, r.body); status != http.StatusUnauthorized {
				t.Errorf("%s: %s %s: %d %s", name, r.method, r.path, status, body)
			}
		}
		s := w.dial()
		b, err := json.Marshal(m{"type": "hello", "protocol": 1, "token": token, "epoch": "", "resume": m{id: 0}})
		w.must(err)
		if len(b) > 60_000 {
			continue // one frame cannot hold it
		}
		s.send(m{"type": "hello", "protocol": 1, "token": token, "epoch": "", "resume": m{id: 0}})
		frame, err := s.read()
		if err != nil || frame["type"] != "error" || (frame["code"] != "unauthorized" && frame["code"] != "token_expired") {
			t.Errorf("%s: socket: %v %v", name, frame, err)
		}
	}
	_, body := w.call("GET", "/v1/widget/conversations/"+id+"/messages", v.Token, nil)
	if strings.Contains(string(body), "forged") {
		t.Errorf("a forged token has written: %s", body)
	}
}

// A device whose dead secret is shown again is revoked, and whoever holds its
// open socket hears and says nothing more.
func TestStolenSecretClosesTheSocket(t *testing.T) {
	w := newWorld(t)
	first := w.visit(m{})
	second := w.visit(m{"secret": first.Secret})
	third := w.visit(m{"secret": second.Secret})
	c, _ := w.connect(third.Token, nil, "")
	w.ahead.Store(int64(2 * time.Minute / time.Millisecond))
	status, body := w.call("POST", "/v1/widget/session", "", m{"site": w.site.Key, "secret": first.Secret})
	if status != 401 || w.failure(body).Code != chat.Unauthorized {
		t.Fatalf("a stolen secret: %d %s", status, body)
	}
	var closed wsutil.ClosedError
	for {
		_, err := c.read()
		if errors.As(err, &closed) {
			break
		}
		w.must(err)
	}
	if closed.Reason != "revoked" {
		t.Errorf("closed as %q", closed.Reason)
	}
}
