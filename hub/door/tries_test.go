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
}

// One site's owner, however often they try, takes no other's place; where all places are
// taken, whoever holds most gives one.
func TestTriesOfOneSiteLeaveTheOthers(t *testing.T) {
	l := NewTries(nil)
	quiet := l.Keep("shop", &chat.InviteRule{})
	var loud []string
	for range 2 * maxTries {
		loud = append(loud, l.Keep("loud", &chat.InviteRule{}))
	}
	holds := func(site, token string, want bool) {
		t.Helper()
		if _, ok := l.Rule(site, token); ok != want {
			t.Errorf("of %s it holds it: %v", site, ok)
		}
	}
	holds("shop", quiet, true)
	last := loud[len(loud)-maxTriesOf:]
	holds("loud", loud[len(loud)-maxTriesOf-1], false)
	holds("loud", last[0], true)
	for i := len(l.list); i < maxTries; i++ {
		l.Keep("site "+string(rune('A'+i)), &chat.InviteRule{})
	}
	holds("loud", last[0], true)
	more := l.Keep("one more", &chat.InviteRule{})
	holds("one more", more, true)
	holds("shop", quiet, true)
	holds("loud", last[0], false)
	holds("loud", last[1], true)
	for i := range maxTries { // each has one
		more = l.Keep("late "+string(rune('A'+i)), &chat.InviteRule{})
		holds("late "+string(rune('A'+i)), more, true)
	}
	if len(l.list) != maxTries {
		t.Errorf("it holds %d", len(l.list))
	}
}
