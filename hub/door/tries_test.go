package door

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// A rule that is tried is found by its token, on its own site, for ten minutes; and
// the oldest make room.
func TestTriesAreShortAndFew(t *testing.T) {
	var now chat.Time
	l := NewTries(func() chat.Time { return now })
	token := l.Keep("shop", &chat.InviteRule{Text: "Hello"})
	if r, ok := l.Rule("shop", token); !ok || r.Text != "Hello" || !l.Of("shop") {
		t.Errorf("got %+v, %v", r, ok)
	}
	for site, with := range map[string]string{"other": token, "shop": token + "x", "": ""} {
		if _, ok := l.Rule(site, with); ok {
			t.Errorf("%q finds it on %q", with, site)
		}
	}
	if l.Of("other") {
		t.Error("another site tries nothing")
	}
	now = now.Add(10*time.Minute - time.Second)
	if _, ok := l.Rule("shop", token); !ok {
		t.Error("it is over too early")
	}
	now = now.Add(time.Second)
	if _, ok := l.Rule("shop", token); ok || l.Of("shop") {
		t.Error("it lives on")
	}
	first := l.Keep("shop", &chat.InviteRule{})
	for range maxTries {
		l.Keep("other", &chat.InviteRule{})
	}
	if _, ok := l.Rule("shop", first); ok || len(l.list) != maxTries {
		t.Errorf("it holds %d", len(l.list))
	}
}
