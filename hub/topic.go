package hub

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// Topics are names of what a connection can listen to.
const (
	publicPrefix   = "c/"
	teamPrefix     = "t/"
	sitePrefix     = "s/"
	presencePrefix = "p/"
	personPrefix   = "u/"
	prefixLen      = 2
	// TeamWide reaches every agent.
	TeamWide = "team"
)

// PublicTopic is what a conversation's customer hears; numbered by public_seq.
func PublicTopic(conversationID string) string { return publicPrefix + conversationID }

// TeamTopic is what agents who opened a conversation hear; numbered by seq.
func TeamTopic(conversationID string) string { return teamPrefix + conversationID }

// SiteTopic carries the changed rows of a site; numbered by site_seq.
func SiteTopic(siteID string) string { return sitePrefix + siteID }

// PresenceTopic tells a site's visitors whether somebody is there.
func PresenceTopic(siteID string) string { return presencePrefix + siteID }

// PersonTopic reaches all sockets of one person. Who listens to it hears every
// conversation that the person begins from now on, too.
func PersonTopic(personID string) string { return personPrefix + personID }

// numbering says which heads of a beat a topic's numbers belong to.
type numbering byte

const (
	unnumbered numbering = iota
	conversations
	sites
)

func numberingOf(name string) numbering {
	switch name[:min(len(name), prefixLen)] {
	case publicPrefix, teamPrefix:
		return conversations
	case sitePrefix:
		return sites
	}
	return unnumbered
}

// topic exists while somebody listens.
type topic struct {
	name string
	head atomic.Int64 // last number that was published; 0 unknown
	subs []*sub       // guarded by the shard
}

const shards = 64

// registry holds the topics. It is split so that 19,000 arrivals at once do not
// queue for one lock. Locks are taken in the order connection, shard.
type registry struct {
	seed  maphash.Seed
	parts [shards]struct {
		sync.Mutex
		topics map[string]*topic
	}
}

func newRegistry() *registry {
	r := &registry{seed: maphash.MakeSeed()}
	for i := range r.parts {
		r.parts[i].topics = make(map[string]*topic)
	}
	return r
}

func (r *registry) part(name string) *struct {
	sync.Mutex
	topics map[string]*topic
} {
	return &r.parts[maphash.String(r.seed, name)%shards]
}

// add enters a subscription, making the topic with the first.
func (r *registry) add(name string, s *sub) {
	p := r.part(name)
	p.Lock()
	defer p.Unlock()
	t := p.topics[name]
	if t == nil {
		t = &topic{name: name}
		p.topics[name] = t
	}
	s.topic, s.place = t, len(t.subs)
	t.subs = append(t.subs, s)
}

// remove takes a subscription out, and the topic with the last.
func (r *registry) remove(s *sub) {
	p := r.part(s.topic.name)
	p.Lock()
	defer p.Unlock()
	t := s.topic
	last := len(t.subs) - 1
	t.subs[s.place] = t.subs[last]
	t.subs[s.place].place = s.place
	t.subs[last] = nil
	t.subs = t.subs[:last]
	if last == 0 {
		delete(p.topics, t.name)
	}
}

// listeners appends the topic's subscriptions to into, so that the caller can
// work without the lock, and returns the topic; nil when nobody listens.
func (r *registry) listeners(name string, into []*sub) (*topic, []*sub) {
	p := r.part(name)
	p.Lock()
	defer p.Unlock()
	t := p.topics[name]
	if t == nil {
		return nil, into
	}
	return t, append(into, t.subs...)
}

// crowd is how many listen to a topic.
func (r *registry) crowd(name string) int {
	p := r.part(name)
	p.Lock()
	defer p.Unlock()
	if t := p.topics[name]; t != nil {
		return len(t.subs)
	}
	return 0
}

// find returns the topic, or nil when nobody listens.
func (r *registry) find(name string) *topic {
	p := r.part(name)
	p.Lock()
	defer p.Unlock()
	return p.topics[name]
}

// names lists the topics with a prefix, sorted.
func (r *registry) names(prefix string) []string {
	var out []string
	for i := range r.parts {
		p := &r.parts[i]
		p.Lock()
		for name := range p.topics {
			if strings.HasPrefix(name, prefix) {
				out = append(out, name)
			}
		}
		p.Unlock()
	}
	slices.Sort(out)
	return out
}

func (r *registry) size() (n int) {
	for i := range r.parts {
		r.parts[i].Lock()
		n += len(r.parts[i].topics)
		r.parts[i].Unlock()
	}
	return n
}

// raise lifts the head; it never falls.
func (t *topic) raise(seq int64) {
	for {
		old := t.head.Load()
		if seq <= old || t.head.CompareAndSwap(old, seq) {
			return
		}
	}
}
