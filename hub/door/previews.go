package door

import (
	"strings"
	"sync"

	"rapport/hub/chat"
)

// Previews are sites with settings that nobody has saved yet, for the eyes of who
// writes them: a widget shown under such a key is the real one. They live in
// memory, each for as long as maxPreviews newer ones take to come. Safe for
// concurrent use.
type Previews struct {
	mu    sync.Mutex
	sites map[string]*chat.Site
	order []string // oldest first
}

const (
	previewMark = "preview-"
	// maxPreviews are 200 of at most 70 KB, a few minutes of somebody who types.
	maxPreviews = 200
)

// NewPreviews makes an empty one.
func NewPreviews() *Previews { return &Previews{sites: map[string]*chat.Site{}} }

// Keep notes a site as it would be and returns the key that shows it: as hard to
// guess as a password.
func (p *Previews) Keep(site *chat.Site) string {
	shown := *site
	shown.Key = previewMark + chat.NewSecret()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.order) >= maxPreviews {
		delete(p.sites, p.order[0])
		p.order = p.order[1:]
	}
	p.sites[shown.Key] = &shown
	p.order = append(p.order, shown.Key)
	return shown.Key
}

// IsPreview reports whether a key is one of those that Keep gives out.
func IsPreview(key string) bool { return strings.HasPrefix(key, previewMark) }

// Site is the site of a key that Keep gave out. It must not be changed.
func (p *Previews) Site(key string) (*chat.Site, bool) {
	if !IsPreview(key) {
		return nil, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	site, ok := p.sites[key]
	return site, ok
}
