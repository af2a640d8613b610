package console

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub"
	"rapport/hub/chat"
)

// forge signs any header and claims with any key, the way no library lets one.
func forge(header, claims string, key []byte) string {
	b64 := base64.RawURLEncoding.EncodeToString
	signed := b64([]byte(header)) + "." + b64([]byte(claims))
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(signed))
	return signed + "." + b64(mac.Sum(nil))
}

const hs256 = `{"alg":"HS256","typ":"JWT"}`

// forgeries are cookies that must not hold, by what is wrong with them. good
// would hold.
func forgeries(t *testing.T, w *world, a *chat.Agent, good object) map[string]string {
	t.Helper()
	key := w.door.Keys.Session
	text := func(o object) string {
		b, err := json.Marshal(o)
		w.must(err)
		return string(b)
	}
	with := func(name string, value any) string {
		o := maps.Clone(good)
		if o[name] = value; value == nil {
			delete(o, name)
		}
		return forge(hs256, text(o), key)
	}
	whole := forge(hs256, text(good), key)
	head, rest, _ := strings.Cut(whole, ".")
	body, signature, _ := strings.Cut(rest, ".")
	b64 := base64.RawURLEncoding.EncodeToString
	now := w.door.Clock().Std()

	out := map[string]string{
		"none":                    b64([]byte(`{"alg":"none"}`)) + "." + body + ".",
		"None":                    b64([]byte(`{"alg":"None"}`)) + "." + body + ".",
		"none with a signature":   b64([]byte(`{"alg":"none"}`)) + "." + body + "." + signature,
		"alg in other case":       forge(`{"alg":"hs256","typ":"JWT"}`, text(good), key),
		"alg empty":               forge(`{"alg":""}`, text(good), key),
		"alg missing":             forge(`{"typ":"JWT"}`, text(good), key),
		"alg a number":            forge(`{"alg":256}`, text(good), key),
		"alg twice":               forge(`{"alg":"HS256","alg":"none"}`, text(good), key),
		"HS512":                   hs512(text(good), key),
		"HS384 by name":           forge(`{"alg":"HS384","typ":"JWT"}`, text(good), key),
		"RS256 by name":           forge(`{"alg":"RS256","typ":"JWT"}`, text(good), key),
		"ES256":                   es256(t, text(good)),
		"empty key":               forge(hs256, text(good), nil),
		"other key":               forge(hs256, text(good), bytes.Repeat([]byte{9}, 32)),
		"the CSRF key":            forge(hs256, text(good), w.door.Keys.CSRF),
		"the visitors' key":       forge(hs256, text(good), bytes.Repeat([]byte{3}, 32)),
		"key named by kid":        forge(`{"alg":"HS256","kid":"../../../../dev/null"}`, text(good), nil),
		"key brought along":       forge(`{"alg":"HS256","jwk":{"kty":"oct","k":""}}`, text(good), nil),
		"key to be fetched":       forge(`{"alg":"HS256","jku":"http://127.0.0.1/keys"}`, text(good), nil),
		"header is no JSON":       forge(`{`, text(good), key),
		"claims are no JSON":      forge(hs256, `{`, key),
		"claims are a list":       forge(hs256, `[]`, key),
		"no signature":            head + "." + body + ".",
		"two parts":               head + "." + body,
		"one part":                head,
		"four parts":              whole + "." + signature,
		"dot behind":              whole + ".",
		"dot before":              "." + whole,
		"padded":                  whole + "=",
		"last bits changed":       lastBits(whole),
		"standard base64":         strings.NewReplacer("-", "+", "_", "/").Replace(forge(hs256, text(good)+strings.Repeat(" ", 3), key)) + "+",
		"cut short":               whole[:len(whole)-1],
		"claims of another":       head + "." + b64([]byte(text(changedTo(good, "sub", chat.NewID())))) + "." + signature,
		"expired":                 with("exp", now.Add(-time.Minute).Unix()),
		"no exp":                  with("exp", nil),
		"exp a word":              with("exp", "tomorrow"),
		"exp below zero":          with("exp", -1),
		"issued tomorrow":         with("iat", now.Add(24*time.Hour).Unix()),
		"not yet":                 with("nbf", now.Add(24*time.Hour).Unix()),
		"no aud":                  with("aud", nil),
		"visitors' aud":           with("aud", "rapport-visitor"),
		"aud empty":               with("aud", []string{}),
		"no iss":                  with("iss", nil),
		"other iss":               with("iss", "rapport.example"),
		"no typ":                  with("typ", nil),
		"other typ":               with("typ", "visitor"),
		"no session":              with("sid", nil),
		"unknown session":         with("sid", chat.NewID()),
		"session is no id":        with("sid", "' or 1=1 --"),
		"no agent":                with("sub", nil),
		"another agent":           with("sub", a.ID),
		"generation ahead":        with("gen", 2),
		"generation a word":       with("gen", "1"),
		"generation out of range": with("gen", 1e19),
		"1,000 dots":              strings.Repeat(".", 1000),
		"NUL":                     "%00",
	}
	if len(out) < 40 {
		t.Fatalf("only %d forgeries", len(out))
	}
	return out
}

func changedTo(o object, name string, value any) object {
	c := maps.Clone(o)
	c[name] = value
	return c
}

// lastBits changes the bits of the last character that carry nothing.
func lastBits(token string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	i := strings.IndexByte(letters, token[len(token)-1])
	return token[:len(token)-1] + string(letters[i^1])
}

func hs512(claims string, key []byte) string {
	b64 := base64.RawURLEncoding.EncodeToString
	signed := b64([]byte(`{"alg":"HS512","typ":"JWT"}`)) + "." + b64([]byte(claims))
	mac := hmac.New(sha512.New, key)
	mac.Write([]byte(signed))
	return signed + "." + b64(mac.Sum(nil))
}

func es256(t *testing.T, claims string) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var c jwt.MapClaims
	if err := json.Unmarshal([]byte(claims), &c); err != nil {
		t.Fatal(err)
	}
	s, err := jwt.NewWithClaims(jwt.SigningMethodES256, c).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestForgedCookiesOpenNothing(t *testing.T) {
	w := newWorld(t)
	ana, ben := w.hire("Ana", chat.Owner), w.hire("Ben", chat.Admin)
	s := w.session(ana)
	good := object{
		"iss": issuer, "aud": []string{audience}, "typ": tokenType, "sub": ana.ID, "sid": s.ID, "gen": 1,
		"iat": s.CreatedAt.Std().Unix(), "exp": s.ExpiresAt.Std().Unix(),
	}
	text, err := json.Marshal(good)
	w.must(err)
	b := w.browser()
	b.cookie, b.csrf = forge(hs256, string(text), w.door.Keys.Session), w.door.csrf.token(s.ID)
	b.do(get, "/me", nil, nil) // so the table below fails for its own reasons

	want := w.browser().fails(get, "/me", nil, 401, chat.Unauthorized)
	for name, cookie := range forgeries(t, w, ben, good) {
		forged := *b
		forged.cookie = cookie
		if a := forged.api(get, "/me", nil); a.status != 401 || a.body != want.body {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
		forged.cookie = cookie
		if c, a := forged.upgrade(apiPrefix+"/socket", w.url); c != nil || a.status != 401 || a.body != want.body {
			t.Errorf("%s: socket %d %s", name, a.status, a.body)
		}
	}
	b.do(get, "/me", nil, nil) // and none of them ended the session

	// Longer than a request's headers may be, so it comes no further than this.
	long, err := json.Marshal(changedTo(good, "x", strings.Repeat("a", maxToken)))
	w.must(err)
	if _, ok := w.door.tokens.read(forge(hs256, string(long), w.door.Keys.Session)); ok {
		t.Error("a token of more than 8 KB was parsed")
	}
}

// Tokens of one purpose are worth nothing for another.
func TestTokensOfOtherPurposes(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	v := w.arrives("Hello")
	secrets, err := w.store.IdentitySecrets(t.Context(), w.site.ID)
	w.must(err)
	identity := forge(`{"alg":"HS256","kid":"`+secrets[0].KID+`"}`, `{"sub":"x","aud":"`+w.site.Key+`","exp":9999999999}`, []byte(secrets[0].Secret))
	for name, token := range map[string]string{"visitor": v.token, "identity": identity, "CSRF": b.csrf, "site key": w.site.Key} {
		stranger := w.browser()
		stranger.cookie, stranger.csrf = token, b.csrf
		stranger.fails(get, "/me", nil, 401, chat.Unauthorized)
		if c, _ := stranger.upgrade(apiPrefix+"/socket", w.url); c != nil {
			t.Errorf("%s token opened the socket", name)
		}
	}
	stranger := w.browser()
	stranger.header.Set("Authorization", "Bearer "+b.cookie)
	if a := stranger.call(get, "/v1/widget/conversations", nil); a.status != 401 {
		t.Errorf("an agent's cookie lists a visitor's conversations: %d", a.status)
	}
	stranger.fails(get, "/me", nil, 401, chat.Unauthorized) // a bearer token is not how agents come
}

func TestSocketWantsItsOwnPageAndToken(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	host := strings.TrimPrefix(w.url, "http://")
	for _, origin := range []string{
		"", "null", "https://" + host, "http://" + host + ".evil.example", "http://evil.example", "http://localhost", "http://127.0.0.46",
		w.url + "/", w.url + "0", strings.ToUpper(w.url), "http://" + freePort(t), "http://user@" + host, w.url + ", " + w.url, "ws://" + host, "file://",
	} {
		c, a := b.upgrade(apiPrefix+"/socket", origin)
		if c != nil {
			t.Errorf("origin %q was let in", origin)
			continue
		}
		a.is(t, "origin "+origin, 403, chat.BadOrigin)
	}
	other := w.seat(w.hire("Ben", chat.AgentRole))
	for name, f := range map[string]object{
		"no token":           b.hello(func(f object) { delete(f, "csrf") }),
		"another's token":    b.hello(func(f object) { f["csrf"] = other.csrf }),
		"token and a letter": b.hello(func(f object) { f["csrf"] = b.csrf + "A" }),
	} {
		c, _ := b.upgrade(apiPrefix+"/socket", w.url)
		l := &line{Client: c, t: t}
		l.send(f)
		if got := l.gets("error"); got.Code != string(chat.BadCSRF) {
			t.Errorf("%s: %+v", name, got)
		}
		l.ends(hub.Unauthorized)
	}
}
