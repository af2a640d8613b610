package door

import (
	"container/list"
	"sync"
	"time"

	"rapport/hub/chat"
)

// Rate allows Burst at once and one more per Every, for each key. At most Keys
// keys are remembered; the one used longest ago is forgotten first.
type Rate struct {
	Burst int
	Every time.Duration
	Keys  int
}

// Rates of everything that an outsider can cause, by what it costs.
type Rates struct {
	Session Rate // new visitor sessions, per network
	Device  Rate // sessions of a browser that is known, per device
	Message Rate // messages, per person or agent
	Network Rate // messages, per network: an office behind one address
	Typing  Rate // typing signs, per person or agent
	Mark    Rate // a visitor's marks, ends and resumes, per person
	Login   Rate // sign-in attempts, per network and account
	Link    Rate // set-up and invitation links, per network
	Visit   Rate // any request of visitors, per network
	Request Rate // any request of a signed-in agent, per agent
	Search  Rate // searches of a signed-in agent, per agent: the dearest thing that they can ask
	Check   Rate // looks through the whole audit log, per agent
	Page    Rate // page views, per person
	Profile Rate // what a page tells of a person, per person
	Known   Rate // what a person asks of their own data, per person
	API     Rate // calls of a site's own server, per API key
	Upload  Rate // files, per person or agent
	Arrival Rate // files, per network
	Open    Rate // quick answers that are opened, per network
	Invite  Rate // invitations of rules that are shown, per network
	Copy    Rate // conversations that are sent by e-mail, per browser and per network

	Files chat.FileQuota // of a day
}

const manyKeys = 50_000 // about 10 MB when all are in use

// DefaultRates are those of a server that faces the internet.
func DefaultRates() Rates {
	return Rates{
		Session: Rate{30, 6 * time.Second, manyKeys},
		Device:  Rate{30, 6 * time.Second, manyKeys},
		Message: Rate{20, 2 * time.Second, manyKeys},
		Network: Rate{200, 100 * time.Millisecond, manyKeys},
		Typing:  Rate{10, time.Second, manyKeys},
		Mark:    Rate{60, 100 * time.Millisecond, manyKeys},
		Login:   Rate{5, 20 * time.Second, manyKeys},
		Link:    Rate{10, 30 * time.Second, manyKeys},
		Visit:   Rate{200, 20 * time.Millisecond, manyKeys},
		Request: Rate{200, 20 * time.Millisecond, manyKeys},
		Search:  Rate{30, 500 * time.Millisecond, manyKeys},
		Check:   Rate{5, 20 * time.Second, manyKeys},
		Page:    Rate{20, 3 * time.Second, manyKeys},
		Profile: Rate{10, 5 * time.Second, manyKeys},
		Known:   Rate{10, 30 * time.Second, manyKeys},
		API:     Rate{60, time.Second, manyKeys},
		Upload:  Rate{10, 6 * time.Second, manyKeys},
		Arrival: Rate{60, time.Second, manyKeys},
		Open:    Rate{60, time.Second, manyKeys},
		Invite:  Rate{60, 20 * time.Second, manyKeys},
		Copy:    Rate{10, 6 * time.Minute, manyKeys},
		Files:   chat.FileQuota{PersonFiles: 200, PersonBytes: 250 << 20, SiteFiles: 10_000, SiteBytes: 5 << 30},
	}
}

// HugeRates never refuse: for benchmarks, which a server accepts only over
// loopback. The code that runs is the same.
func HugeRates() Rates {
	r := Rate{1 << 40, time.Nanosecond, manyKeys}
	return Rates{
		Session: r, Device: r, Message: r, Network: r, Typing: r, Mark: r, Open: r, Invite: r, Copy: r,
		Login: r, Link: r, Visit: r, Request: r, Search: r, Check: r, Page: r, Profile: r, Known: r, API: r, Upload: r, Arrival: r,
		Files: chat.FileQuota{PersonFiles: 1 << 40, PersonBytes: 1 << 60, SiteFiles: 1 << 40, SiteBytes: 1 << 60},
	}
}

// Limiter holds a token bucket for each key.
type Limiter struct {
	rate  Rate
	clock chat.Clock

	mu     sync.Mutex
	keys   map[string]*list.Element
	used   *list.List // of *bucket, latest use first
	shared *untold    // nil for a server that is alone
}

// bucket is full again at fullAt; until then one token is missing for each
// Every. One number is all it takes.
type bucket struct {
	key    string
	fullAt int64 // nanoseconds since 1970
}

// NewLimiter makes a limiter that reads its time from clock.
func NewLimiter(r Rate, clock chat.Clock) *Limiter {
	return &Limiter{rate: r, clock: clock, keys: make(map[string]*list.Element), used: list.New()}
}

// Allow takes one token of key's bucket, or reports how long to wait for the
// next.
func (l *Limiter) Allow(key string) (ok bool, retryAfter time.Duration) { return l.Take(key, 1) }

// Take takes n tokens of key's bucket, or none of them and reports how long to wait;
// more than Burst are never there.
func (l *Limiter) Take(key string, n int64) (ok bool, retryAfter time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := int64(l.clock()) * int64(time.Millisecond)
	every := int64(l.rate.Every)
	empty := now + int64(l.rate.Burst)*every // where an empty bucket's fullAt lies
	b := l.bucket(key)
	// A clock that was set back must not lock anybody out for longer than an
	// empty bucket does, or one that is as far in debt as it may be.
	full := min(max(b.fullAt, now), l.bottom(empty))
	if n > int64(l.rate.Burst) || full+n*every > empty {
		b.fullAt = full
		return false, time.Duration(full + min(n, int64(l.rate.Burst))*every - empty)
	}
	b.fullAt = full + n*every
	if l.shared != nil {
		l.note(key, n)
	}
	return true, 0
}

// Refuse is Allow as an error: nil, or rate_limited with the time to wait.
func (l *Limiter) Refuse(key string) error {
	ok, wait := l.Allow(key)
	if ok {
		return nil
	}
	return TooQuick(wait)
}

// Rate is what each key may take.
func (l *Limiter) Rate() Rate { return l.rate }

// TooQuick is rate_limited with the time to wait.
func TooQuick(wait time.Duration) error {
	f := chat.Fail(chat.RateLimited, "That was a little too quick. Please try again in a moment.")
	f.RetryAfter = int((wait + time.Second - 1) / time.Second)
	return f
}

// bucket finds or makes a key's bucket and marks it as used last.
func (l *Limiter) bucket(key string) *bucket {
	if e, ok := l.keys[key]; ok {
		l.used.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if len(l.keys) >= l.rate.Keys {
		oldest := l.used.Back()
		l.used.Remove(oldest)
		delete(l.keys, oldest.Value.(*bucket).key)
	}
	b := &bucket{key: key}
	l.keys[key] = l.used.PushFront(b)
	return b
}
