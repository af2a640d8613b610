package door

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

const (
	// TellEvery is how often a server tells the others what was spent on it.
	TellEvery = time.Second
	// tellParts of a burst are told of by the time that they are spent, or sooner: whoever
	// stays below costs nobody a word.
	tellParts = 8
	// maxDebt is how many bursts, each with what comes until servers tell each other, a
	// bucket may owe for what was spent on others before this one heard of it.
	maxDebt = 4
	// maxSpendings bounds what is told at once, maxNote of it in one signal.
	maxSpendings = 4000
	maxNote      = 100
)

// Gossip makes rates hold over the servers of an installation, but for what is spent
// before they have told each other: for a moment a key may get a burst of each server,
// and pays for it afterwards. Over a longer time it gets what Rate says, an eighth of a
// burst and a second's worth per server more, where there are no more than maxDebt+1 servers.
// While servers do not hear of each other each holds to the rate by itself.
//
// A nil one is that of a server which is alone.
type Gossip struct {
	server string // the name of this one's stay
	mu     sync.Mutex
	limits map[string]*Limiter
}

// NewGossip makes one without limits.
func NewGossip() *Gossip {
	return &Gossip{server: chat.NewID(), limits: map[string]*Limiter{}}
}

// Share makes a limiter one of those of the same name on all servers, and returns it.
// What never refuses is not worth a word.
func (g *Gossip) Share(name string, l *Limiter) *Limiter {
	if g == nil || l.rate.Every < time.Microsecond {
		return l
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	l.shared = &untold{due: map[string]int64{}, few: map[string]int64{}}
	g.limits[name] = l
	return l
}

// Tell hands over what was spent here since the last time and is worth telling.
func (g *Gossip) Tell(ctx context.Context, publish func(context.Context, hub.Signal) error) error {
	all := g.spendings()
	for part := range slices.Chunk(all, maxNote) {
		if err := publish(ctx, hub.Signal{Spent: &hub.Spent{Server: g.server, Of: part}}); err != nil {
			return err // others do not hear of it: it is theirs by now
		}
	}
	return nil
}

// spendings are the largest of those that are to be told.
func (g *Gossip) spendings() (all []hub.Spending) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for name, l := range g.limits {
		for key, n := range l.told() {
			all = append(all, hub.Spending{Limit: name, Key: key, N: n})
		}
	}
	if len(all) > maxSpendings {
		slices.SortFunc(all, func(a, b hub.Spending) int { return cmp.Compare(b.N, a.N) })
		all = all[:maxSpendings]
	}
	return all
}

// Hear takes from the limits here what was spent on another server.
func (g *Gossip) Hear(spent *hub.Spent) {
	if spent.Server == g.server {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range spent.Of {
		if l := g.limits[s.Limit]; l != nil && s.N > 0 {
			l.owe(s.Key, s.N)
		}
	}
}

// untold are tokens of a limiter that other servers do not know of, by key.
type untold struct {
	due map[string]int64 // are to be told
	few map[string]int64 // too few for a word
}

// note remembers what was taken here. The lock is held.
func (l *Limiter) note(key string, n int64) {
	u := l.shared
	n += u.few[key]
	switch {
	case n*tellParts >= int64(l.rate.Burst):
		delete(u.few, key)
		u.due[key] += n
	case len(u.few) < l.rate.Keys:
		u.few[key] = n
	default:
		clear(u.few) // as those are forgotten who have not asked for long
	}
}

// told takes what is to be told.
func (l *Limiter) told() map[string]int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	due := l.shared.due
	l.shared.due = map[string]int64{}
	return due
}

// owe takes n tokens of key's bucket that were spent elsewhere, whether they are there or
// not.
func (l *Limiter) owe(key string, n int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := int64(l.clock()) * int64(time.Millisecond)
	every := int64(l.rate.Every)
	bottom := l.bottom(now + int64(l.rate.Burst)*every)
	b := l.bucket(key)
	n = min(n, (bottom-now)/every+1) // more of them change nothing
	b.fullAt = min(max(b.fullAt, now)+n*every, bottom)
}

// bottom is where fullAt lies of a bucket that owes as much as it may; empty is where
// that of an empty one does.
func (l *Limiter) bottom(empty int64) int64 {
	if l.shared == nil {
		return empty
	}
	return empty + maxDebt*(int64(l.rate.Burst)*int64(l.rate.Every)+int64(TellEvery))
}
