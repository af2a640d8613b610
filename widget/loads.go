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
	// loadsAMinute bounds what is written, whatever pages claim to be.
	loadsAMinute = 60
	// maxLoadOrigin is longer than any name of a host.
	maxLoadOrigin = 270
)

// loads samples which pages load the chat: one of an origin and a part a minute.
type loads struct {
	clock chat.Clock
	queue chan chat.Load

	mu    sync.Mutex
	noted map[chat.Load]bool // in this minute, without their times
	since chat.Time          // when the minute began
}

func newLoads(clock chat.Clock) *loads {
	return &loads{clock: clock, queue: make(chan chat.Load, loadsAMinute), noted: map[chat.Load]bool{}}
}

// note hands on the first load of its kind in a minute, while few enough are.
func (l *loads) note(v chat.Load) {
	now := l.clock()
	l.mu.Lock()
	if now-l.since >= loadEvery {
		clear(l.noted)
		l.since = now
	}
	fresh := !l.noted[v] && len(l.noted) < loadsAMinute
	if fresh {
		l.noted[v] = true
	}
	l.mu.Unlock()
	if !fresh {
		return
	}
	v.At = now
	select {
	case l.queue <- v:
	default: // the database is behind; a minute later the page is seen again
	}
}

// sawLoad notes that a page asked for a part of the chat. Browsers name the
// page's origin in Referer, unless the page forbids it.
func (d *Door) sawLoad(c *fiber.Ctx, what string, site *chat.Site) {
	v := chat.Load{What: what, Origin: pageOrigin(c.Get(fiber.HeaderReferer))}
	if door.IsPreview(c.Query("site")) || what == chat.LoadScript && d.own(v.Origin) {
		return // a look at it in the console
	}
	if site != nil {
		v.SiteID = site.ID
	}
	// Whoever says nothing may be no page at all; a browser that loads a script says so.
	if v.Origin == "" && (what != chat.LoadConfig || c.Get("Sec-Fetch-Dest") != "script") {
		return
	}
	d.loads.note(v)
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
