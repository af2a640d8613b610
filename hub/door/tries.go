package door

import (
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/hub/chat"
)

const (
	// tryFor is how long a rule may be tried on a page.
	tryFor = 10 * time.Minute
	// maxTries are 100 of at most 30 KB, each of them somebody who presses a button.
	maxTries = 100
	// maxTriesOf one site: more than one owner looks at within tryFor.
	maxTriesOf = 10
)

// Tries are rules that invite, saved or not, which their owner is looking at on a page
// of the site. They live in memory, for tryFor at most. Safe for concurrent use.
type Tries struct {
	clock chat.Clock
	mu    sync.Mutex
	list  []try // oldest first
}

type try struct {
	token, site string
	rule        chat.InviteRule
	until       chat.Time
}

// NewTries makes an empty one; clock nil is the machine's.
func NewTries(clock chat.Clock) *Tries {
	if clock == nil {
		clock = chat.SystemClock
	}
	return &Tries{clock: clock}
}

// Keep notes a rule of a site and returns the token that shows it: as hard to guess as
// a password. Where there is no room left, the oldest of the site makes some; where all
// sites together hold too many, the oldest of the one that holds most.
func (t *Tries) Keep(siteID string, rule *chat.InviteRule) string {
	one := try{chat.NewSecret(), siteID, *rule, t.clock().Add(tryFor)}
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
	return one.token
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

// Rule is what a token of a site's stands for. It must not be changed.
func (t *Tries) Rule(siteID, token string) (*chat.InviteRule, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forget()
	for i := range t.list {
		if one := &t.list[i]; one.site == siteID && one.token == token {
			rule := one.rule
			return &rule, true
		}
	}
	return nil, false
}

// Of reports whether any rule of a site is being tried.
func (t *Tries) Of(siteID string) bool {
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

// forget drops what is over. The lock is held.
func (t *Tries) forget() {
	now := t.clock()
	for len(t.list) > 0 && t.list[0].until <= now {
		t.list = t.list[1:]
	}
}
