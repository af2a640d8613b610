package door

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"rapport/hub/chat"
)

// Glimpses keep what is looked at before it is saved where all servers of an
// installation find it.
type Glimpses interface {
	// AddGlimpse keeps one; the oldest make room where there are too many.
	AddGlimpse(ctx context.Context, g *chat.Glimpse, mostOf, most int) error
	// Glimpse returns what a token stands for, NotFound when its time is over.
	Glimpse(ctx context.Context, kind, tokenHash string) (*chat.Glimpse, error)
	// GlimpsedSites returns the sites of which there is a glimpse of a kind.
	GlimpsedSites(ctx context.Context, kind string) ([]string, error)
}

// Previews are sites with settings that nobody has saved yet, for the eyes of who
// writes them: a widget shown under such a key is the real one. They live in memory,
// each for as long as maxPreviews newer ones take to come; those of several servers in
// their database, for glimpseFor at most. Safe for concurrent use.
type Previews struct {
	clock chat.Clock
	book  Glimpses // nil for memory

	mu    sync.Mutex
	sites map[string]*chat.Site
	order []string // oldest first
}

const (
	previewMark = "preview-"
	// maxPreviews are 200 of at most 70 KB, a few minutes of somebody who types.
	maxPreviews = 200
	// maxPreviewsOf one site, of those that several servers keep.
	maxPreviewsOf = 50
	// glimpseFor is how long something may be looked at.
	glimpseFor = 10 * time.Minute
)

// NewPreviews makes an empty one. book nil keeps them in memory.
func NewPreviews(clock chat.Clock, book Glimpses) *Previews {
	if clock == nil {
		clock = chat.SystemClock
	}
	return &Previews{clock: clock, book: book, sites: map[string]*chat.Site{}}
}

// Keep notes a site as it would be and returns the key that shows it: as hard to
// guess as a password.
func (p *Previews) Keep(ctx context.Context, site *chat.Site) (string, error) {
	shown := *site
	shown.Key = previewMark + chat.NewSecret()
	if p.book != nil {
		return shown.Key, p.write(ctx, &shown)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.order) >= maxPreviews {
		delete(p.sites, p.order[0])
		p.order = p.order[1:]
	}
	p.sites[shown.Key] = &shown
	p.order = append(p.order, shown.Key)
	return shown.Key, nil
}

func (p *Previews) write(ctx context.Context, site *chat.Site) error {
	body, err := json.Marshal(site)
	if err != nil {
		return err
	}
	return p.book.AddGlimpse(ctx, &chat.Glimpse{
		TokenHash: chat.HashSecret(site.Key), Kind: chat.GlimpseOfSite, SiteID: site.ID, Body: string(body), Until: p.clock().Add(glimpseFor),
	}, maxPreviewsOf, maxPreviews)
}

// IsPreview reports whether a key is one of those that Keep gives out.
func IsPreview(key string) bool { return strings.HasPrefix(key, previewMark) }

// Site is the site of a key that Keep gave out, NotFound for any other. It must not be
// changed.
func (p *Previews) Site(ctx context.Context, key string) (*chat.Site, error) {
	if !IsPreview(key) {
		return nil, chat.ErrNotFound
	}
	if p.book != nil {
		return p.read(ctx, key)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	site, ok := p.sites[key]
	if !ok {
		return nil, chat.ErrNotFound
	}
	return site, nil
}

func (p *Previews) read(ctx context.Context, key string) (*chat.Site, error) {
	g, err := p.book.Glimpse(ctx, chat.GlimpseOfSite, chat.HashSecret(key))
	if err != nil {
		return nil, err
	}
	var site chat.Site
	if err := json.Unmarshal([]byte(g.Body), &site); err != nil {
		return nil, err
	}
	site.Key = key
	return &site, nil
}
