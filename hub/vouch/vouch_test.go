package vouch

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"rapport/hub/chat"
)

// shop is a site with a current secret and one on its way out.
type shop struct {
	t       *testing.T
	site    *chat.Site
	secrets []chat.IdentitySecret
	now     time.Time
}

func newShop(t *testing.T) *shop {
	now := time.Unix(1_780_000_000, 0)
	return &shop{t, &chat.Site{ID: chat.NewID(), Key: "shop"}, []chat.IdentitySecret{
		{KID: "new", Secret: "the new secret"}, {KID: "old", Secret: "the old secret", RetiresAt: chat.At(now.Add(time.Hour))},
	}, now}
}

func (s *shop) clock() chat.Time { return chat.At(s.now) }

// token signs claims that hold, with what change makes of them.
func (s *shop) token(secret string, change func(head, claims map[string]any)) string {
	s.t.Helper()
	claims := jwt.MapClaims{"sub": "c-1", "name": "Maria", "email": "maria@example.com", "aud": "shop", "plan": "pro", "orders": 2,
		"iat": s.now.Unix(), "exp": s.now.Add(10 * time.Minute).Unix()}
	token := jwt.NewWithClaims(jwt.SigningMethodHS256, claims)
	token.Header["kid"] = "new"
	if change != nil {
		change(token.Header, claims)
	}
	out, err := token.SignedString([]byte(secret))
	if err != nil {
		s.t.Fatal(err)
	}
	return out
}

func TestAGoodTokenSaysWhoItIs(t *testing.T) {
	s := newShop(t)
	for name, c := range map[string]struct {
		token string
		kid   string
	}{
		"current": {s.token("the new secret", nil), "new"},
		"no kid":  {s.token("the new secret", func(h, _ map[string]any) { delete(h, "kid") }), "new"},
		"old":     {s.token("the old secret", func(h, _ map[string]any) { h["kid"] = "old" }), "old"},
	} {
		v, refused := Read(s.site, s.secrets, s.clock, c.token)
		if refused != nil || v.Secret.KID != c.kid || v.Claims.Sub != "c-1" || v.Claims.Name != "Maria" || v.Claims.Attributes["orders"] != "2" {
			t.Errorf("%s: %+v %v", name, v, refused)
		}
	}
	signed, err := Sign(s.site, &s.secrets[0], s.clock(), map[string]any{"sub": "x"})
	if err != nil {
		t.Fatal(err)
	}
	if v, refused := Read(s.site, s.secrets, s.clock, signed); refused != nil || v.Claims.Sub != "x" {
		t.Errorf("our own: %+v %v", v, refused)
	}
}

// TestEachRefusalSaysExactlyWhy: what an owner needs to put it right.
func TestEachRefusalSaysExactlyWhy(t *testing.T) {
	s := newShop(t)
	at := func(claim string, after time.Duration) func(_, c map[string]any) {
		return func(_, c map[string]any) { c[claim] = s.now.Add(after).Unix() }
	}
	put := func(claim string, v any) func(_, c map[string]any) {
		return func(_, c map[string]any) { c[claim] = v }
	}
	without := func(claim string) func(_, c map[string]any) {
		return func(_, c map[string]any) { delete(c, claim) }
	}
	head := func(name string, v any) func(h, _ map[string]any) {
		return func(h, _ map[string]any) { h[name] = v }
	}
	for name, c := range map[string]struct {
		change func(h, c map[string]any)
		want   Refusal
	}{
		"unknown kid":      {head("kid", "gone"), Refusal{Why: KIDUnknown, Said: "gone"}},
		"kid is a number":  {head("kid", 7), Refusal{Why: KIDUnknown}},
		"the other's kid":  {head("kid", "old"), Refusal{Why: Signature, Said: "new"}},
		"crit":             {head("crit", []string{"x"}), Refusal{Why: Critical}},
		"another alg":      {head("alg", "RS256"), Refusal{Why: Algorithm, Said: "RS256"}},
		"no alg at all":    {head("alg", "none"), Refusal{Why: Algorithm, Said: "none"}},
		"alg of nobody":    {head("alg", "rot13"), Refusal{Why: Algorithm, Said: "rot13"}},
		"a long alg":       {head("alg", strings.Repeat("x", 500)), Refusal{Why: Algorithm, Said: strings.Repeat("x", 80)}},
		"expired":          {at("exp", -3*time.Minute), Refusal{Why: Expired, Seconds: 180}},
		"from tomorrow":    {at("iat", 24*time.Hour), Refusal{Why: Ahead, Seconds: 86_400}},
		"not yet":          {at("nbf", 2*time.Minute), Refusal{Why: NotYet, Seconds: 120}},
		"no exp":           {without("exp"), Refusal{Why: Missing, Said: "exp"}},
		"exp in words":     {put("exp", "soon"), Refusal{Why: Missing, Said: "exp"}},
		"no iat":           {without("iat"), Refusal{Why: Missing, Said: "iat"}},
		"no aud":           {without("aud"), Refusal{Why: Missing, Said: "aud"}},
		"another aud":      {put("aud", "elsewhere"), Refusal{Why: Audience, Said: "elsewhere"}},
		"no sub":           {without("sub"), Refusal{Why: Missing, Said: "sub"}},
		"sub is a number":  {put("sub", 7), Refusal{Why: Subject}},
		"sub in two lines": {put("sub", "a\nb"), Refusal{Why: Subject}},
		"two hours":        {at("exp", 2*time.Hour), Refusal{Why: Lasting, Seconds: 7_200}},
	} {
		v, refused := Read(s.site, s.secrets, s.clock, s.token("the new secret", c.change))
		if v != nil || refused == nil || *refused != c.want {
			t.Errorf("%s: got %+v, want %+v", name, refused, c.want)
		}
	}
	for name, c := range map[string]struct {
		token string
		want  Why
	}{
		"nothing":       {"", Malformed},
		"words":         {"not a token", Malformed},
		"three words":   {"a.b.c", Malformed},
		"very long":     {strings.Repeat("a", MaxToken+1), TooLong},
		"another's key": {s.token("somebody else's secret", nil), Signature},
		"cut":           {strings.TrimSuffix(s.token("the new secret", nil), "A")[:150], Malformed},
	} {
		if _, refused := Read(s.site, s.secrets, s.clock, c.token); refused == nil || refused.Why != c.want {
			t.Errorf("%s: got %+v, want %s", name, refused, c.want)
		}
	}
	if _, refused := Read(s.site, s.secrets, s.clock, s.token("the new secret", at("exp", -20*time.Second))); refused != nil {
		t.Errorf("within the leeway: %+v", refused)
	}
}

// TestEveryRefusalHasASentence: a page is told why, and nothing of the token.
func TestEveryRefusalHasASentence(t *testing.T) {
	for _, w := range []Why{TooLong, Malformed, Algorithm, Critical, KIDUnknown, Signature, Missing, Expired, NotYet, Ahead, Audience, Subject, Lasting} {
		f := (&Refusal{Why: w, Said: "canary"}).Failure()
		if f.Code != chat.IdentityRefused || sentences[w] == "" || strings.Contains(f.Message, "canary") {
			t.Errorf("%s: %v", w, f)
		}
	}
}
