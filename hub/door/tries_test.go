package door

import (
	"context"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
)

// A rule that is tried is found by its token, on its own site, for ten minutes; and
// the oldest make room.
func TestTriesAreShortAndFew(t *testing.T) {
	var now chat.Time
	l := NewTries(func() chat.Time { return now }, nil)
	token := kept(t, l, "shop", "Hello")
	if r, err := l.Rule(t.Context(), "shop", token); err != nil || r.Text != "Hello" || !l.Of(t.Context(), "shop") {
		t.Errorf("got %+v, %v", r, err)
	}
	for site, with := range map[string]string{"other": token, "shop": token + "x", "": ""} {
		if _, err := l.Rule(t.Context(), site, with); !chat.Is(err, chat.NotFound) {
			t.Errorf("%q finds it on %q", with, site)
		}
	}
	if l.Of(t.Context(), "other") {
		t.Error("another site tries nothing")
	}
	now = now.Add(10*time.Minute - time.Second)
	if _, err := l.Rule(t.Context(), "shop", token); err != nil {
		t.Error("it is over too early")
	}
	now = now.Add(time.Second)
	if _, err := l.Rule(t.Context(), "shop", token); err == nil || l.Of(t.Context(), "shop") {
		t.Error("it lives on")
	}
}

// One site's owner, however often they try, takes no other's place; where all places are
// taken, whoever holds most gives one.
func TestTriesOfOneSiteLeaveTheOthers(t *testing.T) {
	l := NewTries(nil, nil)
	quiet := kept(t, l, "shop", "")
	var loud []string
	for range 2 * maxTries {
		loud = append(loud, kept(t, l, "loud", ""))
	}
	holds := func(site, token string, want bool) {
		t.Helper()
		if _, err := l.Rule(t.Context(), site, token); (err == nil) != want {
			t.Errorf("of %s it holds it: %v", site, err == nil)
		}
	}
	holds("shop", quiet, true)
	last := loud[len(loud)-maxTriesOf:]
	holds("loud", loud[len(loud)-maxTriesOf-1], false)
	holds("loud", last[0], true)
	for i := len(l.list); i < maxTries; i++ {
		kept(t, l, "site "+string(rune('A'+i)), "")
	}
	holds("loud", last[0], true)
	more := kept(t, l, "one more", "")
	holds("one more", more, true)
	holds("shop", quiet, true)
	holds("loud", last[0], false)
	holds("loud", last[1], true)
	for i := range maxTries { // each has one
		more = kept(t, l, "late "+string(rune('A'+i)), "")
		holds("late "+string(rune('A'+i)), more, true)
	}
	if len(l.list) != maxTries {
		t.Errorf("it holds %d", len(l.list))
	}
}

// kept is the token of a rule that is tried.
func kept(t *testing.T, l *Tries, site, text string) string {
	t.Helper()
	token, err := l.Keep(t.Context(), site, &chat.InviteRule{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// glimpses are what several servers keep, and how often they ask.
type glimpses struct {
	mu    sync.Mutex
	list  []chat.Glimpse
	asked int
}

func (b *glimpses) AddGlimpse(_ context.Context, g *chat.Glimpse, _, _ int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.list = append(b.list, *g)
	return g.Validate()
}

func (b *glimpses) Glimpse(_ context.Context, kind, tokenHash string) (*chat.Glimpse, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, g := range b.list {
		if g.Kind == kind && g.TokenHash == tokenHash {
			return &g, nil
		}
	}
	return nil, chat.ErrNotFound
}

func (b *glimpses) GlimpsedSites(_ context.Context, kind string) (sites []string, _ error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	for _, g := range b.list {
		if g.Kind == kind {
			sites = append(sites, g.SiteID)
		}
	}
	return sites, nil
}

// A rule is tried on the page that another server serves, as soon as its address is
// given out; and pages that ask do not each ask the book.
func TestTriesAreShownByOtherServers(t *testing.T) {
	book := &glimpses{}
	one, other := NewTries(nil, book), NewTries(nil, book)
	for range 100 {
		if other.Of(t.Context(), "shop") {
			t.Fatal("nothing is tried yet")
		}
	}
	if book.asked > 20 {
		t.Errorf("the book was asked %d times", book.asked)
	}
	token := kept(t, one, "shop", "Hello")
	if !other.Of(t.Context(), "shop") || !one.Of(t.Context(), "shop") || other.Of(t.Context(), "other") {
		t.Error("it is not tried there")
	}
	if r, err := other.Rule(t.Context(), "shop", token); err != nil || r.Text != "Hello" {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := other.Rule(t.Context(), "other", token); !chat.Is(err, chat.NotFound) {
		t.Errorf("on another site: %v", err)
	}
}
