package visitors

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"rapport/hub/chat"
)

const (
	// Every is how often a page tells that it still stands open.
	Every chat.Time = 20_000
	// silence ends a visit; a hidden tab may speak only once a minute.
	silence chat.Time = 90_000
	// leaving is how long a page that was left stands for the visit, in ms: the
	// next one has to load.
	leaving chat.Time = 15_000
	// reloading is how long after a page that is loaded again has spoken its browser may
	// still tell that it was left, in ms: later, another stranger of a shared network has
	// left a page of the same address.
	reloading chat.Time = 3_000
	// maxVisits of a site are listed.
	maxVisits = 10_000
	// maxHeld bounds what a site's visits hold, in bytes as weight counts them: beyond
	// it the oldest visits lose the pages before the one that stands open.
	maxHeld = 32 << 20
	// underway is longer than any beacon takes, from what it reads in the database to
	// the list, in ms; and how long what it read of a customer holds.
	underway chat.Time = 60_000
	// refused is how long after a no nobody of that network is invited by a rule, in ms:
	// of somebody whom nothing was stored of, more is not known.
	refused chat.Time = 3_600_000
	// maxGone is how many that went are remembered, for readers that are behind.
	maxGone = 4_000
)

// Beacon is what an open page tells of itself, cleaned.
type Beacon struct {
	Key     string // made up by the page for as long as it stands open
	Network string // where it comes from
	Near    bool   // the network is this machine, and counts no visits
	Page    Page
	From    string // page of the same site that led here, "" for none
	Source  string // host that led here, "" for none
	Hidden  bool
	Device  string // hash of the browser's secret, "" where it has none
	Known   Known  // whom the secret leads to
	Visits  int64  // how often the browser counts them to have come, 0 where it does not count
	Fresh   bool   // Known was looked up for this beacon, and not told by KnownBy
}

// List holds the visits of all sites.
type List struct {
	clock chat.Clock
	each  int // visits of one network on a site; 0 means no bound

	mu      sync.Mutex
	sites   map[string]*place
	dropped map[string]chat.Time // sites that want no list any more
	erased  map[string]chat.Time // customers
}

// place is a site with its visits.
type place struct {
	byKey map[string]*Visit
	byID  map[string]*Visit
	near  map[string][]*Visit // by network
	gone  []mark              // oldest first
	// declined is when somebody of a network said no last, for as long as that holds.
	declined map[string]chat.Time
	since    int64 // what went before this number is forgotten
	rev      int64
	sweptAt  chat.Time
	held     int // sum of the visits' weights, in bytes
}

type mark struct {
	id  string
	rev int64
}

// New makes an empty list; each bounds the visits of one network on a site, 0 for
// no bound.
func New(clock chat.Clock, each int) *List {
	return &List{clock: clock, each: each, sites: map[string]*place{}, dropped: map[string]chat.Time{}, erased: map[string]chat.Time{}}
}

// at finds or makes a site's place. Numbers begin at the time, so that those of a
// process before are never taken for ours.
func (l *List) at(siteID string) *place {
	p := l.sites[siteID]
	if p == nil {
		now := l.clock()
		p = &place{byKey: map[string]*Visit{}, byID: map[string]*Visit{}, near: map[string][]*Visit{}, declined: map[string]chat.Time{}, rev: int64(now), since: int64(now), sweptAt: now}
		l.sites[siteID] = p
	}
	return p
}

// Seen notes what a page tells. RateLimited where the list or the network's share of
// it is full, Forbidden where the site wants no list any more.
func (l *List) Seen(siteID string, b Beacon) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, off := l.dropped[siteID]; off {
		return chat.Fail(chat.Forbidden, "This site lists no visitors.")
	}
	if _, gone := l.erased[b.Known.ID]; gone {
		b.Known = Known{}
	}
	p, now := l.at(siteID), l.clock()
	b.Page.At = now
	v := p.byKey[b.Key]
	if v == nil {
		p.sweep(now)
		if v = p.continued(&b, now); v != nil {
			delete(p.byKey, v.key)
			v.key, v.left = b.Key, 0
			p.byKey[v.key] = v
		}
	}
	if v == nil {
		if len(p.byID) >= maxVisits || p.held >= maxHeld || !b.Near && l.each > 0 && len(p.near[b.Network]) >= l.each {
			return chat.Fail(chat.RateLimited, "More visits than are listed.")
		}
		p.add(&Visit{
			ID: chat.NewID(), Since: now, Page: b.Page, Pages: 1, Source: b.Source, Hidden: b.Hidden,
			Known: b.Known, Visits: b.Visits, key: b.Key, from: b.From, device: b.Device, network: b.Network, near: b.Near, heard: now, knownAt: now,
		})
		return nil
	}
	before := *v
	p.held -= v.weight()
	v.move(b.Page)
	v.Hidden, v.Known, v.Visits, v.device, v.heard, v.left = b.Hidden, b.Known, max(v.Visits, b.Visits), b.Device, now, 0
	if b.Fresh {
		v.knownAt = now
	}
	p.held += v.weight()
	p.trim()
	if v.Page != before.Page || v.Hidden != before.Hidden || v.Known != before.Known || v.Visits != before.Visits {
		p.touch(v)
	}
	return nil
}

// KnownBy is whom a page's secret led to when it was told last; ok is false where
// that is to be looked up: another secret, nothing to open for them yet, or a minute
// has passed, in which they may have been renamed or merged.
func (l *List) KnownBy(siteID, key, device string) (who Known, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil {
		return Known{}, false
	}
	v := p.byKey[key]
	if v == nil || v.device != device || v.Known.ConversationID == "" || l.clock()-v.knownAt >= underway {
		return Known{}, false
	}
	return v.Known, true
}

// Left notes that a page was left. The visit ends unless another page carries it on.
func (l *List) Left(siteID, key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.sites[siteID]
	if p == nil || p.byKey[key] == nil {
		return
	}
	v, now := p.byKey[key], l.clock()
	v.left = now
	if next := p.next(v, now); next != nil {
		p.join(v, next)
	}
}

// Forget makes strangers of customers who were erased, and of those whom a beacon
// that is under way still knows.
func (l *List) Forget(people []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range people {
		l.erased[id] = l.clock()
	}
	for _, p := range l.sites {
		for _, v := range p.byID {
			if v.Known.ID != "" && slices.Contains(people, v.Known.ID) {
				p.held -= len(v.Known.Name)
				v.Known = Known{}
				p.touch(v)
			}
		}
	}
}

// Drop takes away all visits of a site: its owner wants no list any more, and what is
// under way brings none back.
func (l *List) Drop(siteID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.sites, siteID)
	l.dropped[siteID] = l.clock()
}

// Allow takes beacons of a site again: its owner wants the list.
func (l *List) Allow(siteID string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.dropped, siteID)
}

// Sweep forgets the visits that are over where nobody looks, and sites without any.
func (l *List) Sweep() {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	for id, p := range l.sites {
		if p.sweep(now); len(p.byID)+len(p.declined) == 0 {
			delete(l.sites, id)
		}
	}
	past := func(_ string, at chat.Time) bool { return now-at >= underway }
	maps.DeleteFunc(l.dropped, past)
	maps.DeleteFunc(l.erased, past)
}

func (p *place) add(v *Visit) {
	p.byKey[v.key], p.byID[v.ID] = v, v
	p.near[v.network] = append(p.near[v.network], v)
	p.held += v.weight()
	p.trim()
	p.touch(v)
}

func (p *place) touch(v *Visit) {
	p.rev++
	v.rev = p.rev
}

// continued is the visit that a new page carries on: one of its network whose page was
// left just now, and led here or is loaded again.
func (p *place) continued(b *Beacon, now chat.Time) *Visit {
	for _, v := range p.near[b.Network] {
		if v.left > 0 && now-v.left < leaving && (v.ledTo(b.From, b.Device) || v.again(b.Page.URL, b.Source, b.Device)) {
			return v
		}
	}
	return nil
}

// next is the page that carries a visit on whose own page was left: a browser may say
// so only when the next one has spoken already.
func (p *place) next(v *Visit, now chat.Time) *Visit {
	for _, n := range p.near[v.network] {
		if n == v || n.left > 0 || n.Pages > 1 {
			continue
		}
		age := now - n.Since
		if age < leaving && v.ledTo(n.from, n.device) || age < reloading && v.again(n.Page.URL, n.Source, n.device) {
			return n
		}
	}
	return nil
}

// join puts what began as a visit of its own into the one that it carries on.
func (p *place) join(v, next *Visit) {
	p.end(next)
	delete(p.byKey, v.key)
	p.held -= v.weight()
	v.move(next.Page)
	v.key, v.left, v.heard = next.key, 0, next.heard
	v.Hidden, v.Known, v.knownAt, v.device = next.Hidden, next.Known, next.knownAt, next.device
	v.Visits, v.spared = max(v.Visits, next.Visits), v.spared || next.spared
	if v.Invitation.State == "" {
		v.Invitation = next.Invitation
	}
	p.held += v.weight()
	p.byKey[v.key] = v
	p.touch(v)
}

// trim takes the paths of the oldest visits away where all hold too much, and some
// more, so that it is not to be done again at once.
func (p *place) trim() {
	if p.held <= maxHeld {
		return
	}
	oldest := slices.SortedFunc(maps.Values(p.byID), func(a, b *Visit) int { return cmp.Compare(a.Since, b.Since) })
	for _, v := range oldest {
		if p.held <= maxHeld/4*3 {
			return
		}
		p.held -= v.weight()
		v.earlier = nil
		p.held += v.weight()
	}
}

// sweep ends the visits that are over, at most once a second.
func (p *place) sweep(now chat.Time) {
	if now-p.sweptAt < 1_000 {
		return
	}
	p.sweptAt = now
	maps.DeleteFunc(p.declined, func(_ string, at chat.Time) bool { return now-at >= refused })
	for _, v := range p.byID {
		if v.over(now) {
			p.end(v)
		}
	}
}

func (p *place) end(v *Visit) {
	delete(p.byKey, v.key)
	delete(p.byID, v.ID)
	p.held -= v.weight()
	p.near[v.network] = slices.DeleteFunc(p.near[v.network], func(o *Visit) bool { return o == v })
	if len(p.near[v.network]) == 0 {
		delete(p.near, v.network)
	}
	p.rev++
	p.gone = append(p.gone, mark{v.ID, p.rev})
	if len(p.gone) > 2*maxGone {
		p.since = p.gone[maxGone-1].rev
		p.gone = append(p.gone[:0], p.gone[maxGone:]...)
	}
}
