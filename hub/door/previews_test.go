package door

import (
	"testing"

	"rapport/hub/chat"
)

// Previews are found by the key that was given out and by nothing else, and the
// oldest make room.
func TestPreviewsAreFewAndFoundByTheirKey(t *testing.T) {
	p := NewPreviews()
	site := chat.Site{Key: "shop"}
	first := p.Keep(&site)
	if got, ok := p.Site(first); !ok || got.Key != first || site.Key != "shop" {
		t.Fatalf("got %+v, %v", got, ok)
	}
	for _, key := range []string{"", "shop", previewMark, first + "x", first[1:]} {
		if _, ok := p.Site(key); ok {
			t.Errorf("%q shows something", key)
		}
	}
	var last string
	for range maxPreviews {
		last = p.Keep(&site)
	}
	if _, ok := p.Site(first); ok {
		t.Error("the oldest is still there")
	}
	if _, ok := p.Site(last); !ok || len(p.sites) != maxPreviews || len(p.order) != maxPreviews {
		t.Errorf("%d are kept", len(p.sites))
	}
}
