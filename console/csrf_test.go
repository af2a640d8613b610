package console

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

func TestMutationsWantTokenAndOwnPage(t *testing.T) {
	w := newWorld(t)
	ana := w.hire("Ana", chat.Owner)
	good := w.seat(ana)
	other := w.seat(ana)
	body := object{"name": "Ana"}
	for name, csrf := range map[string]string{
		"none": "", "another session's": other.csrf, "cut": good.csrf[1:], "longer": good.csrf + "A", "the cookie": good.cookie,
		"other case": strings.ToUpper(good.csrf),
	} {
		b := *good
		b.csrf = csrf
		if a := b.api(patch, "/me", body); a.status != 403 || !strings.Contains(a.body, `"bad_csrf"`) {
			t.Errorf("token %s: %d %s", name, a.status, a.body)
		}
	}
	for name, h := range map[string][2]string{
		"evil origin": {"Origin", "https://evil.example"}, "null origin": {"Origin", "null"}, "suffix": {"Origin", w.url + ".evil.example"},
		"other scheme": {"Origin", "https" + strings.TrimPrefix(w.url, "http")}, "other port": {"Origin", w.url + "1"},
		"cross-site": {"Sec-Fetch-Site", "cross-site"}, "same-site only": {"Sec-Fetch-Site", "same-site"},
	} {
		b := *good
		b.header = map[string][]string{h[0]: {h[1]}}
		for _, path := range []string{"/me", "/login", "/setup"} {
			method := post
			if path == "/me" {
				method = patch
			}
			if a := b.api(method, path, body); a.status != 403 || !strings.Contains(a.body, `"bad_origin"`) {
				t.Errorf("%s, %s: %d %s", name, path, a.status, a.body)
			}
		}
	}
	good.header = map[string][]string{"Sec-Fetch-Site": {"same-origin"}}
	good.do(patch, "/me", body, nil)
}

func TestBodiesAreStrictJSON(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonp"} {
		form := *b
		form.header = map[string][]string{"Content-Type": {kind}}
		if a := form.api(patch, "/me", object{"name": "Eve"}); a.status != 422 {
			t.Errorf("content type %q: %d %s", kind, a.status, a.body)
		}
	}
	for _, path := range []string{"/logout", "/conversations/" + chat.NewID() + "/close"} {
		b.fails(post, path, object{"force": true}, 422, chat.UnknownField)
	}
	b.fails(patch, "/me", []string{"name"}, 422, chat.Invalid)
	b.fails(patch, "/me", object{"name": strings.Repeat("a", smallBody)}, 413, chat.TooLarge)
	b.do(get, "/me", nil, nil)
}

func TestAnswersAreNotKeptByAnybody(t *testing.T) {
	w := newWorld(t)
	b := w.seat(w.hire("Ana", chat.Owner))
	for _, a := range []answer{b.api(get, "/me", nil), w.browser().api(get, "/me", nil)} {
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%d: %s is %q, want %q", a.status, name, got, want)
			}
		}
	}
}
