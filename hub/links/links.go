// Package links opens the pages that links in messages lead to, where a site's owner
// has said so, and reads what they say of themselves. It does so behind the message,
// which waits for nothing.
//
// Whoever writes a link chooses whom this server speaks to. So it opens only what
// chat.SafeLink lets through, through a client that judges each address when the
// connection is made (see package outgoing), reads little, keeps no cookies, and is
// slow to be made to do it often. No picture is loaded: the reader's browser would
// tell a stranger who reads.
package links

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// Store is what a Finder reads.
type Store interface {
	Site(ctx context.Context, id string) (*chat.Site, error)
	LinkPreview(ctx context.Context, siteID, key string) (*chat.LinkPreview, error)
}

// Keeper keeps what was found, unless the site shows none any more.
type Keeper interface {
	KeepLink(ctx context.Context, l chat.LinkPreview) (kept bool, err error)
}

// Options of New. All are needed but Own.
type Options struct {
	Store  Store
	Keeper Keeper
	Client *http.Client // outgoing.Reader
	Own    []string     // hosts of this installation, which are not opened
	Tell   func(messageID string, l *chat.LinkPreview)
	Clock  chat.Clock
	Log    *slog.Logger
}

// Bounds of what is under way, and how often a writer or a site may cause any of it.
const (
	atOnce   = 4
	atOnceOf = 3   // of one site: it leaves one for the others
	maxDue   = 200 // messages that wait; what comes beyond has no preview
	maxDueOf = 50  // of one site
	manyKey  = 10_000
)

var (
	perWriter = door.Rate{Burst: 6, Every: 10 * time.Second, Keys: manyKey}
	perSite   = door.Rate{Burst: 30, Every: 5 * time.Second, Keys: manyKey}
)

// Finder finds previews. Hear may be called from any goroutine.
type Finder struct {
	Options
	fetcher        fetcher
	writers, sites *door.Limiter
	due            *queue
	mu             sync.Mutex
	underWay       map[string][]job // by site and link, those that wait for the first
}

// job is a message with a link.
type job struct {
	site, conversation, message, by, link string
}

func (j *job) key() string { return j.site + " " + chat.LinkKey(j.link) }

// New makes a finder; nothing happens before Run.
func New(o Options) *Finder {
	return &Finder{
		Options: o, fetcher: fetcher{o.Client, o.Own},
		writers: door.NewLimiter(perWriter, o.Clock), sites: door.NewLimiter(perSite, o.Clock),
		due: newQueue(), underWay: map[string][]job{},
	}
}

// Hear takes what the store has committed. It returns at once.
func (f *Finder) Hear(events []chat.Event) {
	for i := range events {
		e := &events[i]
		if e.Type != chat.MessagePosted || e.Message == nil {
			continue
		}
		link := e.Message.FirstLink()
		if link == "" {
			continue
		}
		f.due.add(job{e.SiteID, e.ConversationID, e.Message.ID, e.ByID, link}) // one too many shows no preview
	}
}

// Run finds previews until ctx ends.
func (f *Finder) Run(ctx context.Context) {
	var workers sync.WaitGroup
	for range atOnce {
		workers.Go(func() {
			for j, ok := f.due.next(ctx); ok; j, ok = f.due.next(ctx) {
				if err := f.find(ctx, j); err != nil && ctx.Err() == nil {
					f.Log.Warn("cannot keep the preview of a link", "err", err)
				}
				f.due.done(j)
			}
		})
	}
	workers.Wait()
}

// find finds the preview of one message's link, and with it that of all messages
// which came with the same link meanwhile.
func (f *Finder) find(ctx context.Context, j job) error {
	site, err := f.Store.Site(ctx, j.site)
	if err != nil || !site.LinkPreviews || site.Disabled {
		return ignoreGone(err)
	}
	if !f.begin(j) {
		return nil
	}
	l, err := f.look(ctx, j)
	for _, waits := range f.end(j) {
		if err == nil && l != nil {
			err = f.keep(ctx, waits, *l)
		}
	}
	return err
}

// begin reports whether this message is the one that its link is opened for.
func (f *Finder) begin(j job) bool {
	if ok, _ := f.writers.Allow(j.by); !ok {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	waiting, open := f.underWay[j.key()]
	if !open || len(waiting) < maxDue {
		f.underWay[j.key()] = append(waiting, j)
	}
	return !open
}

func (f *Finder) end(j job) []job {
	f.mu.Lock()
	defer f.mu.Unlock()
	list := f.underWay[j.key()]
	delete(f.underWay, j.key())
	return list
}

// look returns what is known of a link, or opens it; nil where the site has had
// enough for now.
func (f *Finder) look(ctx context.Context, j job) (*chat.LinkPreview, error) {
	known, err := f.Store.LinkPreview(ctx, j.site, chat.LinkKey(j.link))
	if err == nil || !chat.Is(err, chat.NotFound) {
		return known, err
	}
	if ok, _ := f.sites.Allow(j.site); !ok {
		return nil, nil
	}
	l, err := f.fetcher.fetch(ctx, j.link)
	keepFor := chat.KeepLink
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err() // this server stops, and knows nothing of the page
		}
		f.Log.Debug("a link has no preview", "err", err)
		l, keepFor = chat.LinkPreview{}, chat.KeepFailedLink
	}
	l.Key, l.Until = chat.LinkKey(j.link), f.Clock().Add(keepFor)
	return &l, nil
}

// keep stores a preview with its conversation, and tells both sides.
func (f *Finder) keep(ctx context.Context, j job, l chat.LinkPreview) error {
	l.ConversationID, l.SiteID, l.URL = j.conversation, j.site, j.link
	kept, err := f.Keeper.KeepLink(ctx, l)
	if err != nil || !kept || l.Title == "" {
		return ignoreGone(err)
	}
	f.Tell(j.message, &l)
	return nil
}

// ignoreGone: what was erased meanwhile needs no preview.
func ignoreGone(err error) error {
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	return err
}
