package door

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// Previews are found by the key that was given out and by nothing else, and the
// oldest make room.
func TestPreviewsAreFewAndFoundByTheirKey(t *testing.T) {
	p := NewPreviews(nil, nil)
	site := chat.Site{Key: "shop"}
	keep := func() string {
		t.Helper()
		key, err := p.Keep(t.Context(), &site)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	first := keep()
	if got, err := p.Site(t.Context(), first); err != nil || got.Key != first || site.Key != "shop" {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, key := range []string{"", "shop", previewMark, first + "x", first[1:]} {
		if _, err := p.Site(t.Context(), key); !chat.Is(err, chat.NotFound) {
			t.Errorf("%q shows something: %v", key, err)
		}
	}
	var last string
	for range maxPreviews {
		last = keep()
	}
	if _, err := p.Site(t.Context(), first); !chat.Is(err, chat.NotFound) {
		t.Errorf("the oldest is still there: %v", err)
	}
	if _, err := p.Site(t.Context(), last); err != nil || len(p.sites) != maxPreviews || len(p.order) != maxPreviews {
		t.Errorf("%d are kept: %v", len(p.sites), err)
	}
}

// With several servers a preview is shown by the one that did not take it in, and its
// key stands nowhere.
func TestPreviewsAreShownByOtherServers(t *testing.T) {
	book := &glimpses{}
	one, other := NewPreviews(nil, book), NewPreviews(nil, book)
	site := chat.Site{ID: "s", Key: "shop", SiteSettings: chat.DefaultSettings("Lumen")}
	site.Look.Launcher = "hidden"
	key, err := one.Keep(t.Context(), &site)
	if err != nil {
		t.Fatal(err)
	}
	got, err := other.Site(t.Context(), key)
	if err != nil || got.Key != key || got.ID != "s" || got.Name != "Lumen" || got.Look.Launcher != "hidden" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if _, err := other.Site(t.Context(), key+"x"); !chat.Is(err, chat.NotFound) {
		t.Errorf("another key: %v", err)
	}
	g := book.list[0]
	if g.TokenHash == key || g.Until.Sub(chat.SystemClock()) > glimpseFor+time.Second {
		t.Errorf("kept as %+v", g)
	}
}
