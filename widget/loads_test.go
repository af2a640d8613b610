package widget

import (
	"context"
	"slices"
	"testing"
	"time"

	"rapport/hub/chat"
)

// TestPagesAreSeenOnceAMinute: the page's origin alone is kept, once a minute for
// each part, and neither looks from the console nor what is no page.
func TestPagesAreSeenOnceAMinute(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	kept := make(chan struct{})
	go func() { defer close(kept); w.door.KeepLoads(ctx) }()
	defer func() { stop(); <-kept }()

	get := func(path string, headers ...string) { w.call("GET", path, "", nil, headers...) }
	config := "/v1/widget/config.js?site=" + w.site.Key
	get("/w.js", "Referer", "https://blog.example/cart?secret=1")
	get(config, "Referer", "https://shop.example/cart?secret=1")
	get(config, "Referer", "https://shop.example/other")
	get("/panel?site="+w.site.Key, "Referer", "https://shop.example/")
	get(config, "Referer", "HTTPS://Evil.example:443/")
	get("/v1/widget/config.js?site=nobodys", "Referer", "https://shop.example/")
	get(config)
	get(config, "Referer", "not an address")
	get("/w.js", "Referer", w.base+"/preview")
	get(config, "Sec-Fetch-Dest", "script")

	want := []string{
		"config ", "config https://evil.example", "config https://shop.example", "panel https://shop.example",
		"script https://blog.example", "stranger https://shop.example",
	}
	var got []string
	eventually(t, func() bool {
		got = nil
		list, err := w.store.Loads(ctx, w.site.ID)
		w.must(err)
		for _, l := range list {
			got = append(got, l.What+" "+l.Origin)
		}
		slices.Sort(got)
		return slices.Equal(got, want)
	})
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	before := loadedAt(w, "https://shop.example")
	w.ahead.Add(30_000)
	get(config, "Referer", "https://shop.example/")
	w.ahead.Add(31_000)
	get(config, "Referer", "https://shop.example/")
	eventually(t, func() bool { return loadedAt(w, "https://shop.example") >= before+60_000 })
	if at := loadedAt(w, "https://shop.example"); at < before+60_000 {
		t.Errorf("loaded %d ms later", at-before)
	}
}

func loadedAt(w *world, origin string) chat.Time {
	list, err := w.store.Loads(w.t.Context(), w.site.ID)
	w.must(err)
	for _, p := range chat.PlacesOf(w.site, list) {
		if p.Origin == origin {
			return p.LoadedAt
		}
	}
	return 0
}

// TestMadeUpPagesAreFew: whoever makes origins up has few written a minute, of one
// site and of all, and takes no room from the sites' own pages.
func TestMadeUpPagesAreFew(t *testing.T) {
	now := chat.Time(1_000_000)
	l := newLoads(func() chat.Time { return now })
	written := func(want int, what string) {
		t.Helper()
		if len(l.queue) != want {
			t.Errorf("%s: %d are written, want %d", what, len(l.queue), want)
		}
	}
	madeUp := func(site string) {
		l.note(chat.Load{Origin: "https://" + chat.NewID() + ".example", SiteID: site}, false)
	}
	for range 10 * strangeAMinute {
		madeUp("a")
	}
	written(strangeAMinute, "of one site")
	for i := range 1000 {
		madeUp(string(rune(i)))
	}
	written(strangeOfAll, "of many sites")
	for range 2 {
		l.note(chat.Load{Origin: "https://shop.example", SiteID: "a"}, true)
	}
	written(strangeOfAll+1, "the site's own")
	now += loadEvery
	madeUp("a")
	written(strangeOfAll+2, "a minute later")
}

// TestASiteOfManyHostsLeavesRoom for the pages of all others.
func TestASiteOfManyHostsLeavesRoom(t *testing.T) {
	now := chat.Time(1_000_000)
	l := newLoads(func() chat.Time { return now })
	for range 2 * maxQueue {
		l.note(chat.Load{Origin: "https://" + chat.NewID() + ".wide.example", SiteID: "wide"}, true)
	}
	if n := len(l.queue); n != ownAMinute {
		t.Errorf("%d are written of one site, want %d", n, ownAMinute)
	}
	l.note(chat.Load{Origin: "https://shop.example", SiteID: "shop"}, true)
	if n := len(l.queue); n != ownAMinute+1 {
		t.Errorf("another site's own page: %d are written", n)
	}
}

// eventually waits until something holds, or long enough to say that it does not.
func eventually(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !holds() && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
}

func TestAnOriginOfOddBytesIsNone(t *testing.T) {
	for _, address := range []string{"https://%25ff.x/", "https://%ff.x/", "https://\xff.x/"} {
		if origin := pageOrigin(address); origin != "" {
			t.Errorf("%q has the origin %q", address, origin)
		}
	}
}
