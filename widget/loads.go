package widget

import (
	"context"
	"net/url"
	"strings"
	"sync"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

const (
	// loadEvery is how long a load of an origin stands for all that follow, in ms.
	loadEvery chat.Time = 60_000
	// ownAMinute bounds what is written of each site's own pages.
	ownAMinute = 60
	// maxQueue is how many loads wait to be written.
	maxQueue = 700
	// strangeAMinute bounds what is written of each site's other pages, and of those of
	// no site, whatever they claim to be.
	strangeAMinute = 20
	// strangeOfAll bounds the others of all sites.
	strangeOfAll = 100
	// maxLoadOrigin is longer than any name of a host.
	maxLoadOrigin = 270
)

// loads samples which pages load the chat: one of an origin and a part a minute.
type loads struct {
	clock chat.Clock
	queue chan chat.Load

	mu      sync.Mutex
	noted   map[chat.Load]bool // in this minute, without their times
	own     map[string]int     // of them by site, those that the site allows
	strange map[string]int     // of them by site, those that the site does not allow
	others  int                // of all sites
	since   chat.Time          // when the minute began
}

func newLoads(clock chat.Clock) *loads {
	return &loads{clock: clock, queue: make(chan chat.Load, maxQueue), noted: map[chat.Load]bool{}, own: map[string]int{}, strange: map[string]int{}}
}

// note hands on the first load of its kind in a minute, while few enough are; own is
// of a page that the site allows.
func (l *loads) note(v chat.Load, own bool) {
	now := l.clock()
	if !l.fresh(v, own, now) {
		return
	}
	v.At = now
	select {
	case l.queue <- v:
	default: // the database is behind; a minute later the page is seen again
	}
}

func (l *loads) fresh(v chat.Load, own bool, now chat.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now-l.since >= loadEvery {
		clear(l.noted)
		clear(l.own)
		clear(l.strange)
		l.others, l.since = 0, now
	}
	switch {
	case l.noted[v]:
		return false
	case own:
		if l.own[v.SiteID] >= ownAMinute {
			return false
		}
		l.own[v.SiteID]++
	case l.strange[v.SiteID] >= strangeAMinute || l.others >= strangeOfAll:
		return false
	default:
		l.strange[v.SiteID]++
		l.others++
	}
	l.noted[v] = true
	return true
}

// sawLoad notes that a page asked for a part of the chat. Browsers name the
// page's origin in Referer, unless the page forbids it.
func (d *Door) sawLoad(c *fiber.Ctx, what string, site *chat.Site) {
	v := chat.Load{What: what, Origin: pageOrigin(c.Get(fiber.HeaderReferer))}
	if door.IsPreview(c.Query("site")) || what == chat.LoadScript && d.own(v.Origin) {
		return // a look at it in the console
	}
	own := false
	if site != nil {
		v.SiteID = site.ID
		own = v.Origin == "" || chat.OriginAllowed(site.AllowedOrigins, v.Origin)
	}
	// Whoever says nothing may be no page at all; a browser that loads a script says so.
	if v.Origin == "" && (what != chat.LoadConfig || c.Get("Sec-Fetch-Dest") != "script") {
		return
	}
	d.loads.note(v, own)
}

// pageOrigin is the origin of a page's address, "" where it is none.
func pageOrigin(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	origin, err := chat.CleanOrigin(u.Scheme + "://" + u.Host)
	if err != nil || len(origin) > maxLoadOrigin || strings.ContainsFunc(origin, notOfHost) {
		return ""
	}
	return origin
}

// notOfHost is whether a character is none of a plain origin: an escape may hide
// bytes that are no text, which would cost the database the whole batch.
func notOfHost(r rune) bool {
	return r <= ' ' || r > '~' || r == '%'
}

// KeepLoads writes down which pages load the chat, until ctx ends.
func (d *Door) KeepLoads(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-d.loads.queue:
			list := []chat.Load{first}
			for len(d.loads.queue) > 0 {
				list = append(list, <-d.loads.queue)
			}
			if err := d.Store.NoteLoads(ctx, list); err != nil && ctx.Err() == nil {
				d.Log.Warn("where the chat was loaded is not noted", "error", err)
			}
		}
	}
}
