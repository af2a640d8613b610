package storagetest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
)

// glimpses: found by token and kind until their time is over; few of a site, few in all,
// and a loud site takes no other's place.
func glimpses(w *world) {
	sites := []string{w.site.ID}
	for range 4 {
		other := &chat.Site{ID: chat.NewID(), Key: chat.NewID(), SiteSettings: chat.DefaultSettings("Shop")}
		w.must(w.store.InsertSite(w.ctx, other, &chat.IdentitySecret{KID: chat.NewID(), Secret: "secret"}, chat.Guide{}))
		sites = append(sites, other.ID)
	}
	n := 0
	add := func(kind, siteID string) string {
		w.Helper()
		n++
		g := chat.Glimpse{TokenHash: chat.HashSecret(fmt.Sprint(n)), Kind: kind, SiteID: siteID, Body: fmt.Sprint("{", n, "}"), Until: chat.Time(w.clock.Load()).Add(time.Hour + time.Duration(n)*time.Second)}
		w.must(w.store.AddGlimpse(w.ctx, &g, 3, 6))
		return g.TokenHash
	}
	holds := func(kind, hash string, want bool) {
		w.Helper()
		g, err := w.store.Glimpse(w.ctx, kind, hash)
		if want && (err != nil || g.Body == "" || g.SiteID == "") || !want && !chat.Is(err, chat.NotFound) {
			w.Errorf("it is %+v, %v; want it to be there: %v", g, err, want)
		}
	}
	quiet := add(chat.GlimpseOfRule, sites[1])
	holds(chat.GlimpseOfRule, quiet, true)
	holds(chat.GlimpseOfSite, quiet, false)
	var loud []string
	for range 10 {
		loud = append(loud, add(chat.GlimpseOfRule, sites[0]))
	}
	add(chat.GlimpseOfSite, sites[0]) // another kind, which takes nobody's place
	holds(chat.GlimpseOfRule, loud[6], false)
	holds(chat.GlimpseOfRule, loud[7], true)
	holds(chat.GlimpseOfRule, quiet, true)
	add(chat.GlimpseOfRule, sites[2])
	add(chat.GlimpseOfRule, sites[3])
	holds(chat.GlimpseOfRule, loud[7], true)
	last := add(chat.GlimpseOfRule, sites[4]) // the seventh
	holds(chat.GlimpseOfRule, loud[7], false)
	holds(chat.GlimpseOfRule, loud[8], true)
	holds(chat.GlimpseOfRule, quiet, true)
	holds(chat.GlimpseOfRule, last, true)
	if got, err := w.store.GlimpsedSites(w.ctx, chat.GlimpseOfRule); err != nil || len(got) != 5 {
		w.Errorf("rules of %v are looked at: %v", got, err)
	}
	over := chat.Glimpse{TokenHash: "over", Kind: chat.GlimpseOfRule, SiteID: sites[1], Body: "{}", Until: chat.Time(w.clock.Load())}
	w.must(w.store.AddGlimpse(w.ctx, &over, 3, 6))
	holds(chat.GlimpseOfRule, "over", false)
	if err := w.store.AddGlimpse(w.ctx, &chat.Glimpse{TokenHash: "x", Kind: chat.GlimpseOfRule, SiteID: chat.NewID(), Body: "{}", Until: chat.Time(w.clock.Load()).Add(time.Hour)}, 3, 6); !chat.Is(err, chat.NotFound) {
		w.Errorf("of no site: %v", err)
	}
	big := chat.Glimpse{TokenHash: "big", Kind: chat.GlimpseOfSite, SiteID: sites[0], Body: string(make([]byte, chat.MaxGlimpse+1)), Until: chat.Time(w.clock.Load()).Add(time.Hour)}
	if err := w.store.AddGlimpse(w.ctx, &big, 3, 6); !chat.Is(err, chat.TooLarge) {
		w.Errorf("too big: %v", err)
	}
}

// spending: of many who ask at once exactly as many get one as there are.
func spending(w *world) {
	const burst = 5
	var got atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			wait, err := w.store.Spend(context.Background(), "ben", burst, time.Hour)
			if err != nil || wait < 0 || wait > time.Hour {
				w.Errorf("wait %v: %v", wait, err)
			}
			if wait == 0 {
				got.Add(1)
			}
		})
	}
	all.Wait()
	if got.Load() != burst {
		w.Errorf("%d got one of %d", got.Load(), burst)
	}
	if wait, err := w.store.Spend(w.ctx, "ben", burst, time.Hour); err != nil || wait < 59*time.Minute {
		w.Errorf("the next is there after %v: %v", wait, err)
	}
	if wait, err := w.store.Spend(w.ctx, "ana", burst, time.Hour); err != nil || wait > 0 {
		w.Errorf("somebody else waits %v: %v", wait, err)
	}
	w.reopen() // a server that starts anew gives nobody more
	if wait, err := w.store.Spend(w.ctx, "ben", burst, time.Hour); err != nil || wait == 0 {
		w.Errorf("after a start it waits %v: %v", wait, err)
	}
	// What is whole again is forgotten, and nothing else.
	if wait, err := w.store.Spend(w.ctx, "soon", 1, time.Millisecond); err != nil || wait > 0 {
		w.Errorf("%v, %v", wait, err)
	}
	time.Sleep(5 * time.Millisecond)
	w.later(5 * time.Millisecond)
	_, err := w.store.ForgetShared(w.ctx, 0)
	w.must(err)
	var left int
	w.must(w.raw.QueryRow(`SELECT count(*) FROM spent`).Scan(&left))
	if left != 2 {
		w.Errorf("%d are left", left)
	}
}

// pageParts: kept once by name, as long as a version with them is used.
func pageParts(w *world) {
	bytesOf := map[string][]byte{"a-AAAAAAAA.js": {0, 1, 0xff}, "b-BBBBBBBB.js.gz": []byte("packed")}
	w.must(w.store.KeepParts(w.ctx, bytesOf))
	names, err := w.store.Parts(w.ctx)
	if err != nil || len(names) != 2 || !names["a-AAAAAAAA.js"] {
		w.Errorf("kept are %v: %v", names, err)
	}
	for name, want := range bytesOf {
		if got, err := w.store.Part(w.ctx, name); err != nil || !bytes.Equal(got, want) {
			w.Errorf("%s is %q: %v", name, got, err)
		}
	}
	if _, err := w.store.Part(w.ctx, "c-CCCCCCCC.js"); !chat.Is(err, chat.NotFound) {
		w.Errorf("what nobody keeps: %v", err)
	}
	w.later(time.Hour)
	then := chat.Time(w.clock.Load())
	w.must(w.store.KeepParts(w.ctx, map[string][]byte{"a-AAAAAAAA.js": bytesOf["a-AAAAAAAA.js"]}))
	_, err = w.store.ForgetShared(w.ctx, then)
	w.must(err)
	if names, err = w.store.Parts(w.ctx); err != nil || len(names) != 1 || !names["a-AAAAAAAA.js"] {
		w.Errorf("left are %v: %v", names, err)
	}
}
