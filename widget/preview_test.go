package widget

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// configFor is what the loader is told.
func (w *world) configFor(query string) siteConfig {
	w.t.Helper()
	body, err := io.ReadAll(w.get("/v1/widget/config.js?" + query).Body)
	w.must(err)
	var c siteConfig
	text := strings.TrimPrefix(string(body), "Rapport._(")
	w.must(json.NewDecoder(strings.NewReader(text)).Decode(&c))
	return c
}

// What is tried on is seen under its key alone, by the console alone, and cannot be
// talked to.
func TestASiteIsTriedOn(t *testing.T) {
	w := newWorld(t)
	before := w.configFor("site=" + w.site.Key)
	tried := *w.site
	tried.Greeting, tried.Look = "Trying", chat.DefaultLook()
	tried.Look.Launcher, tried.Look.Theme = "hidden", "dark"
	key, err := w.previews.Keep(t.Context(), &tried)
	w.must(err)
	got := w.configFor("site=" + key)
	if got.Site != key || got.Greeting != "Trying" || !got.Hidden || got.Version == before.Version {
		t.Errorf("got %+v", got)
	}
	if after := w.configFor("site=" + w.site.Key); after.Version != before.Version || after.Greeting == "Trying" {
		t.Errorf("the site itself says %+v", after)
	}
	page := w.get("/panel?site=" + key)
	if csp := page.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'self' "+consoleOrigin) || strings.Contains(csp, "shop.example") {
		t.Errorf("the panel's policy: %s", csp)
	}
	if body, err := io.ReadAll(page.Body); err != nil || !strings.Contains(string(body), `data-theme="dark"`) {
		t.Errorf("the panel is not dark: %v", err)
	}
	host := w.get("/preview?site=" + key)
	if csp := host.Header.Get("Content-Security-Policy"); host.StatusCode != 200 || !strings.HasSuffix(csp, "frame-ancestors "+consoleOrigin) {
		t.Errorf("the page around it: %d %s", host.StatusCode, csp)
	}
	if status, body := w.call("POST", "/v1/widget/session", "", m{"site": key}); status != 404 {
		t.Errorf("a session there: %d %s", status, body)
	}
	if res := w.get("/panel?site=" + key + "x"); res.StatusCode != 404 {
		t.Errorf("another key: %d", res.StatusCode)
	}
}

// A language that the site does not offer gives way to its first.
func TestASiteSpeaksItsLanguages(t *testing.T) {
	w := newWorld(t)
	w.site.Look = chat.DefaultLook()
	w.site.Look.Locales = []string{"ar", "en"}
	w.site.Look.Words = map[string]chat.LookWords{"en": {Greeting: "Hi"}}
	w.site.Greeting = "أهلاً"
	w.must(w.store.SaveSite(t.Context(), w.site))
	for asked, want := range map[string]string{"en-GB": "Hi", "ar": "أهلاً", "de": "أهلاً"} {
		if got := w.configFor("site=" + w.site.Key + "&locale=" + asked); got.Greeting != want {
			t.Errorf("in %s: %q", asked, got.Greeting)
		}
	}
}

// A picture is served so that nothing in it can run, and only under its own site.
func TestAPictureIsServedSafely(t *testing.T) {
	w := newWorld(t)
	p := chat.Picture{SiteID: w.site.ID, Name: strings.Repeat("a", 64), PNG: []byte("\x89PNG")}
	w.must(w.store.AddPicture(t.Context(), &p))
	res := w.get("/v1/widget/sites/" + w.site.ID + "/pictures/" + p.Name)
	for k, v := range map[string]string{"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "public, max-age=31536000, immutable"} {
		if got := res.Header.Get(k); got != v {
			t.Errorf("%s is %q, not %q", k, got, v)
		}
	}
	for _, path := range []string{w.site.ID + "/pictures/" + strings.Repeat("b", 64), chat.NewID() + "/pictures/" + p.Name, w.site.ID + "/pictures/..%2f..%2fkey"} {
		if res := w.get("/v1/widget/sites/" + path); res.StatusCode != 404 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}
