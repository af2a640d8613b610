package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// roamers are people who do what the widget and the console do when a server goes: they
// come back through the front, with full jitter, and send again what was not
// acknowledged, under the same id.
type roamers struct {
	all    []*roamer
	cancel context.CancelFunc
	done   sync.WaitGroup
	quiet  atomic.Bool // nobody says anything new

	acked    atomic.Int64
	refused  atomic.Int64 // for good: sending again would not help
	late     atomic.Int64 // acknowledged when nobody waits any more
	disorder atomic.Int64 // numbers that came twice or too early, and orders to load anew

	mu     sync.Mutex
	pauses []time.Duration // without a connection, of everybody who is back
}

// roamer is one socket of a visitor or an agent.
type roamer struct {
	crew  *roamers
	name  string
	home  string        // conversation it writes to; "" only listens
	every time.Duration // between two messages
	open  func(ctx context.Context, epoch string, seen map[string]int64) (*drive.Socket, error)
	said  int // messages so far

	mu    sync.Mutex
	epoch string
	seen  map[string]int64 // last number of each conversation
	live  bool
	down  time.Time // since when it is not; zero before the first time
	due   string    // client id of the message that has no acknowledgement; "" where all have
	since time.Time // when that was written
}

// How long who is cut off waits: as static/src/wire/backoff.ts and line.ts have it.
const (
	firstWait   = 500 * time.Millisecond
	longestWait = 30 * time.Second
	goodLife    = 5 * time.Second
	helloWait   = 10 * time.Second
)

// patience is how long people wait for an acknowledgement until they think that the
// chat has failed.
const patience = 10 * time.Second

// roam has guests write and agents' sockets listen to them. Client ids begin with name.
func (r *run) roam(ctx context.Context, name string, guests []*guest, agents int, every time.Duration) *roamers {
	ctx, cancel := context.WithCancel(ctx)
	c := &roamers{cancel: cancel}
	for i, g := range guests {
		g.socket.Cut()
		c.all = append(c.all, &roamer{
			crew: c, name: fmt.Sprintf("%s-%d", name, i), home: g.conversation, every: every,
			open: g.visitor.Socket, epoch: g.epoch, seen: map[string]int64{g.conversation: g.head},
		})
	}
	for i := range agents {
		seen := map[string]int64{}
		for _, id := range among(agents)(guests, i) {
			seen[id] = 0
		}
		c.all = append(c.all, &roamer{crew: c, open: r.owner.Socket, seen: seen})
	}
	for _, p := range c.all {
		c.done.Go(func() { p.run(ctx) })
	}
	return c
}

// end cuts everybody off and waits for them.
func (c *roamers) end() {
	c.cancel()
	c.done.Wait()
}

// count says how many of all are so.
func (c *roamers) count(so func(p *roamer) bool) (n int) {
	for _, p := range c.all {
		p.mu.Lock()
		if so(p) {
			n++
		}
		p.mu.Unlock()
	}
	return n
}

func isAway(p *roamer) bool   { return !p.live }
func isUnsure(p *roamer) bool { return p.due != "" }

// until waits for nobody to be so, at most this long.
func (c *roamers) until(ctx context.Context, limit time.Duration, so func(p *roamer) bool) error {
	for end := time.Now().Add(limit); time.Now().Before(end) && c.count(so) > 0; {
		if err := pause(ctx, 10*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// absent returns how long people were without a connection since it was asked last; who
// still is counts as long as they have been.
func (c *roamers) absent() []time.Duration {
	c.mu.Lock()
	out := c.pauses
	c.pauses = nil
	c.mu.Unlock()
	c.count(func(p *roamer) bool {
		if !p.live && !p.down.IsZero() {
			out = append(out, time.Since(p.down))
		}
		return false
	})
	slices.Sort(out)
	return out
}

// nearly returns the value that 99 % of what is sorted do not exceed.
func nearly(sorted []time.Duration) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(len(sorted)*99+99)/100-1]
}

// run lives until ctx ends.
func (p *roamer) run(ctx context.Context) {
	for failures := 0; ctx.Err() == nil; failures++ {
		began := time.Now()
		if sentOn := p.connect(ctx); sentOn || time.Since(began) > goodLife {
			failures = 0
		}
		if pause(ctx, rand.N(min(longestWait, firstWait<<min(failures, 16)))) != nil {
			return
		}
	}
}

// leaving is the close code of a server that stops in good order.
const leaving = 1001

// connect is one connection, from its opening to its end. It reports whether that came in
// good order from a server that had greeted.
func (p *roamer) connect(ctx context.Context) (sentOn bool) {
	p.mu.Lock()
	epoch, seen := p.epoch, map[string]int64{}
	for id, n := range p.seen {
		seen[id] = n
	}
	p.mu.Unlock()
	s, err := p.open(ctx, epoch, seen)
	if err != nil {
		return false
	}
	defer s.Cut()
	defer context.AfterFunc(ctx, s.Cut)()
	if s.WaitUntil(time.Now().Add(helloWait)) != nil {
		return false
	}
	var talk sync.WaitGroup
	defer talk.Wait()
	gone, answers := make(chan struct{}), make(chan string, 16)
	defer close(gone)
	defer p.lost()
	var raw []byte
	for greeted := false; ; {
		if raw, err = s.Read(raw); err != nil {
			var c *drive.Closed
			return errors.As(err, &c) && c.Code == leaving && greeted
		}
		var f drive.Frame
		if json.Unmarshal(raw, &f) != nil || !p.take(s, f, answers) {
			return false
		}
		if f.Type == "hello" {
			p.welcome(f.Epoch)
			talk.Go(func() { p.talk(ctx, s, answers, gone) })
			if s.WaitUntil(time.Time{}) != nil {
				return false
			}
			greeted = true
		}
	}
}

// welcome notes that the server has greeted.
func (p *roamer) welcome(epoch string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.epoch, p.live = epoch, true
	if !p.down.IsZero() {
		p.crew.mu.Lock()
		p.crew.pauses = append(p.crew.pauses, time.Since(p.down))
		p.crew.mu.Unlock()
	}
}

// lost notes that a connection has ended.
func (p *roamer) lost() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.live {
		p.live, p.down = false, time.Now()
	}
}

// again answers a message that is to be sent once more.
const again = ""

// passing are the codes of refusals that sending again heals.
var passing = []string{"store_unavailable", "overloaded", "rate_limited"}

// take handles one frame, and is false where the connection is of no use any more.
func (p *roamer) take(s *drive.Socket, f drive.Frame, answers chan<- string) bool {
	switch f.Type {
	case "events":
		p.read(f)
	case "ack":
		m, err := f.Posted()
		if err != nil {
			return false
		}
		tell(answers, m.ClientID)
	case "error":
		if !slices.Contains(passing, f.Code) {
			p.crew.refused.Add(1)
		}
		tell(answers, again)
	case "reload":
		p.crew.disorder.Add(1)
		p.mu.Lock()
		p.seen[f.ConversationID] = 0
		p.mu.Unlock()
		return false
	case "beat":
		return !f.Answer || s.Write(beat) == nil
	}
	return true
}

// read holds the numbers of a frame against what was read before.
func (p *roamer) read(f drive.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range f.Events {
		if e.Seq != p.seen[f.ConversationID]+1 {
			p.crew.disorder.Add(1)
		}
		p.seen[f.ConversationID] = max(p.seen[f.ConversationID], e.Seq)
	}
}

// tell hands an answer on, if somebody waits for one.
func tell(answers chan<- string, answer string) {
	select {
	case answers <- answer:
	default:
	}
}

// talk writes at the roamer's pace until the connection ends, one message after the
// other, first the one that is still without an acknowledgement.
func (p *roamer) talk(ctx context.Context, s *drive.Socket, answers <-chan string, gone <-chan struct{}) {
	if p.home == "" {
		return
	}
	tick := time.NewTimer(0)
	if p.said == 0 {
		tick.Reset(rand.N(p.every)) // not all at once
	}
	defer tick.Stop()
	for flying := false; ; {
		select {
		case <-ctx.Done():
			return
		case <-gone:
			return
		case answer := <-answers:
			flying = false
			if answer == again {
				tick.Reset(firstWait)
			} else {
				p.confirmed(answer)
			}
		case <-tick.C:
			tick.Reset(p.every)
			if id := p.next(); id != "" && !flying {
				if s.Write(p.frame(id)) != nil {
					return
				}
				flying = true
			}
		}
	}
}

// next is the message to send: the one that is not acknowledged, or a new one, or none.
func (p *roamer) next() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.due == "" && !p.crew.quiet.Load() {
		p.said++
		p.due, p.since = fmt.Sprintf("%s-%d", p.name, p.said), time.Now()
	}
	return p.due
}

// confirmed notes that a message is stored.
func (p *roamer) confirmed(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.due != id {
		return
	}
	p.due = ""
	p.crew.acked.Add(1)
	if time.Since(p.since) > patience {
		p.crew.late.Add(1)
	}
}

// frame is a message as it goes out.
func (p *roamer) frame(id string) []byte {
	data, err := json.Marshal(drive.Post{Type: "post", Ref: id, ConversationID: p.home, ClientID: id, Text: "Is there anything new about my parcel?"})
	if err != nil {
		panic(err) // strings can be written as JSON
	}
	return data
}
