package door

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/hub/chat"
)

const (
	// maxTries are 100 of at most 30 KB, each of them somebody who presses a button.
	maxTries = 100
	// maxTriesOf one site: more than one owner looks at within tryFor.
	maxTriesOf = 10
	// seenFor is how long a server may not know that a rule of a site is tried.
	seenFor = 200 * time.Millisecond
)

// Tries are rules that invite, saved or not, which their owner is looking at on a page
// of the site, for glimpseFor at most. They live in memory; those of several servers in
// their database. Safe for concurrent use.
type Tries struct {
	clock chat.Clock
	book  Glimpses // nil for memory

	mu   sync.Mutex
	list []try // oldest first

	look  sync.Mutex // of what follows; held while the book is asked, so that one does
	seen  []string   // sites of which a rule is tried
	asked time.Time
}

type try struct {
	token, site string
	rule        chat.InviteRule
	until       chat.Time
}

// NewTries makes an empty one; clock nil is the machine's, book nil keeps them in memory.
func NewTries(clock chat.Clock, book Glimpses) *Tries {
	if clock == nil {
		clock = chat.SystemClock
	}
	return &Tries{clock: clock, book: book}
}

// Keep notes a rule of a site and returns the token that shows it: as hard to guess as
// a password. Where there is no room left, the oldest of the site makes some; where all
// sites together hold too many, the oldest of the one that holds most.
func (t *Tries) Keep(ctx context.Context, siteID string, rule *chat.InviteRule) (string, error) {
	one := try{chat.NewSecret(), siteID, *rule, t.clock().Add(glimpseFor)}
	if t.book != nil {
		return one.token, t.write(ctx, &one)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget()
	switch of := t.count(); {
	case of[siteID] >= maxTriesOf:
		t.drop(func(site string) bool { return site == siteID })
	case len(t.list) >= maxTries:
		most := slices.Max(slices.Collect(maps.Values(of)))
		t.drop(func(site string) bool { return of[site] == most })
	}
	t.list = append(t.list, one)
	return one.token, nil
}

// write returns when every server knows that a rule of the site is tried: its page may be
// opened at once.
func (t *Tries) write(ctx context.Context, one *try) error {
	body, err := json.Marshal(one.rule)
	if err != nil {
		return err
	}
	err = t.book.AddGlimpse(ctx, &chat.Glimpse{
		TokenHash: chat.HashSecret(one.token), Kind: chat.GlimpseOfRule, SiteID: one.site, Body: string(body), Until: one.until,
	}, maxTriesOf, maxTries)
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-time.After(seenFor):
	}
	return nil
}

// count is how many are kept of each site. The lock is held.
func (t *Tries) count() map[string]int {
	of := map[string]int{}
	for i := range t.list {
		of[t.list[i].site]++
	}
	return of
}

// drop forgets the oldest of certain sites. The lock is held.
func (t *Tries) drop(of func(site string) bool) {
	if i := slices.IndexFunc(t.list, func(one try) bool { return of(one.site) }); i >= 0 {
		t.list = slices.Delete(t.list, i, i+1)
	}
}

// Rule is what a token of a site's stands for, NotFound where it stands for nothing. It
// must not be changed.
func (t *Tries) Rule(ctx context.Context, siteID, token string) (*chat.InviteRule, error) {
	if t.book != nil {
		return t.read(ctx, siteID, token)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget()
	for i := range t.list {
		if one := &t.list[i]; one.site == siteID && one.token == token {
			rule := one.rule
			return &rule, nil
		}
	}
	return nil, chat.ErrNotFound
}

func (t *Tries) read(ctx context.Context, siteID, token string) (*chat.InviteRule, error) {
	g, err := t.book.Glimpse(ctx, chat.GlimpseOfRule, chat.HashSecret(token))
	if err != nil {
		return nil, err
	}
	if g.SiteID != siteID {
		return nil, chat.ErrNotFound
	}
	var rule chat.InviteRule
	return &rule, json.Unmarshal([]byte(g.Body), &rule)
}

// Of reports whether any rule of a site is being tried. Every page asks: the book is
// asked seldom, and where it does not answer nothing is tried.
func (t *Tries) Of(ctx context.Context, siteID string) bool {
	if t.book != nil {
		return t.ofBook(ctx, siteID)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget()
	for i := range t.list {
		if t.list[i].site == siteID {
			return true
		}
	}
	return false
}

func (t *Tries) ofBook(ctx context.Context, siteID string) bool {
	t.look.Lock()
	defer t.look.Unlock()
	if asked := time.Now(); asked.Sub(t.asked) >= seenFor {
		seen, err := t.book.GlimpsedSites(ctx, chat.GlimpseOfRule)
		if err != nil {
			return false
		}
		t.seen, t.asked = seen, asked
	}
	return slices.Contains(t.seen, siteID)
}

// forget drops what is over. The lock is held.
func (t *Tries) forget() {
	now := t.clock()
	for len(t.list) > 0 && t.list[0].until <= now {
		t.list = t.list[1:]
	}
}
