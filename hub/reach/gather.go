package reach

import (
	"context"
	"maps"
	"slices"
	"time"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

// Bounds of how often one agent is called, however many wait.
const (
	longestPause = 15 * time.Minute // between two calls, where somebody new waits
	maxLetters   = 20               // a day
)

// ring is how an agent was called lately. It is in memory: a restart forgets it.
type ring struct {
	next    chat.Time // not before
	n       int       // how often since they were called for nobody
	day     chat.Time // when the letters were begun to be counted
	letters int
}

func (c *Caller) ringOf(agent string) *ring {
	r := c.rings[agent]
	if r == nil {
		r = &ring{}
		c.rings[agent] = r
	}
	return r
}

// rang notes a call.
func (r *ring) rang(now chat.Time) {
	r.next = now.Add(min(gaps[min(r.n, len(gaps)-1)], longestPause))
	r.n++
}

// rest notes that nobody waits any more for whom they were called.
func (r *ring) rest(now chat.Time) {
	r.n, r.next = 0, min(r.next, now.Add(gaps[0]))
}

// mayWrite reports whether one more letter may go out today, and counts it.
func (r *ring) mayWrite(now chat.Time) bool {
	if now.Sub(r.day) >= 24*time.Hour {
		r.day, r.letters = now, 0
	}
	if r.letters >= maxLetters {
		return false
	}
	r.letters++
	return true
}

// summons is one agent's call for all who wait for them.
type summons struct {
	agent *chat.Agent
	ring  *ring
	due   []*call
	all   []*call // these, and others whom they were called for before
	again bool    // somebody among them was called for before
	note  Note
	now   chat.Time
}

// scene is what one look at all who are due goes by.
type scene struct {
	there  map[string]bool
	sites  []chat.Site
	agents []callee // who may be called
	now    chat.Time
}

// callFor calls for conversations whose time has come, once for all that an agent is
// needed for. Nothing is read while somebody is there who hears of them at a console.
func (c *Caller) callFor(ctx context.Context, due []string, now chat.Time) error {
	s := scene{there: c.there(), now: now}
	unheard := c.unheard(ctx, due, s.there, now)
	if len(unheard) == 0 {
		return nil
	}
	var err error
	if s.sites, err = c.Store.Sites(ctx); err != nil {
		return err
	}
	if s.agents, err = c.callable(ctx, now); err != nil {
		return err
	}
	if !c.rested(s.agents, unheard, now) {
		return nil
	}
	by := map[string]*summons{}
	for _, w := range unheard {
		var agents []*chat.Agent
		if agents, err = c.whom(ctx, w, &s); err != nil {
			break // who was found before is called all the same
		}
		c.summon(by, w, agents, now)
	}
	c.gather(by)
	c.note(c.tell(ctx, slices.Collect(maps.Values(by))), now)
	return err
}

// rested reports whether one of the agents may be called by now. If there is none,
// however many wait, no conversation is read until the first pause ends; but a pause may
// become shorter, or somebody else come, so that the agents are looked at before.
func (c *Caller) rested(agents []callee, unheard []*call, now chat.Time) bool {
	var first chat.Time
	for i := range agents {
		next := c.ringOf(agents[i].ID).next
		if next <= now {
			return true
		}
		if first == 0 || next < first {
			first = next
		}
	}
	if first > 0 {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, w := range unheard {
			w.next = min(first, now.Add(nobodyFor))
		}
	}
	return false
}

// unheard are the calls that nobody sees at a console. One that has lasted too long
// is over, whoever sees it.
func (c *Caller) unheard(ctx context.Context, due []string, there map[string]bool, now chat.Time) (out []*call) {
	var over []string
	c.mu.Lock()
	for _, id := range due {
		w := c.waiting[id]
		switch {
		case w == nil:
			continue
		case now.Sub(w.since) > longest:
			over = append(over, id)
			continue
		case !heard(there, w.holder):
			out = append(out, w)
		}
		w.next = now.Add(nobodyFor)
	}
	c.mu.Unlock()
	for _, id := range over {
		c.end(ctx, id, chat.AgentCard{}, nil)
	}
	return out
}

// whom finds the agents to call for a conversation: its own if they are not at a
// console, else all who may answer while nobody takes part. Nobody while the site is
// closed.
func (c *Caller) whom(ctx context.Context, w *call, s *scene) (out []*chat.Agent, err error) {
	row, err := c.Store.RowByID(ctx, w.id)
	if chat.Is(err, chat.NotFound) || err == nil && (!waits(row) || s.now.Sub(row.WaitingSince) > longest) {
		c.end(ctx, w.id, chat.AgentCard{}, nil)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	holder := row.Assignee.ID
	i := slices.IndexFunc(s.sites, func(site chat.Site) bool { return site.ID == row.SiteID })
	if i < 0 || heard(s.there, holder) {
		return nil, nil
	}
	if open := hours.Of(s.sites[i].Hours); open.Kept() && !open.OpenAt(s.now.Std()) {
		return nil, nil
	}
	c.mu.Lock()
	w.holder, w.site, w.since = holder, s.sites[i].Name, row.WaitingSince
	c.mu.Unlock()
	kind := chat.CallMine
	if holder == "" {
		kind = chat.CallWaiting
	}
	for i := range s.agents {
		a := &s.agents[i]
		if (holder == "" || a.ID == holder) && a.reach.Hears(kind, chat.ByPhone) {
			out = append(out, &a.Agent)
		}
	}
	return out, nil
}

// summon adds a call to those of its agents who may be called now. If there are none,
// it waits for the first of their pauses to end.
func (c *Caller) summon(by map[string]*summons, w *call, agents []*chat.Agent, now chat.Time) {
	var first chat.Time
	ready := false
	for _, a := range agents {
		r := c.ringOf(a.ID)
		if r.next > now {
			if first == 0 || r.next < first {
				first = r.next
			}
			continue
		}
		ready = true
		if by[a.ID] == nil {
			by[a.ID] = &summons{agent: a, ring: r, now: now}
		}
		s := by[a.ID]
		s.due, s.again = append(s.due, w), s.again || w.n > 0
	}
	if !ready && first > 0 {
		w.next = first
	}
}

// gather adds who waits still of those for whom the agents were called before, and
// words the notes.
func (c *Caller) gather(by map[string]*summons) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for agent, s := range by {
		s.all = slices.Clone(s.due)
		due := map[*call]bool{}
		for _, w := range s.due {
			due[w] = true
		}
		for _, w := range c.waiting {
			if w.told[agent] && !due[w] {
				s.all = append(s.all, w)
			}
		}
		s.note = waitingNote(s)
	}
}

// note keeps who was reached, and when to call again.
func (c *Caller) note(reached []*summons, now chat.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	called := map[*call]bool{}
	for _, s := range reached {
		s.ring.rang(now)
		for _, w := range s.due {
			if c.waiting[w.id] != w { // answered meanwhile: those who were called hear of it at the next look
				c.waiting[w.id], c.again[w.id] = w, true
			}
			if w.told == nil {
				w.told = map[string]bool{}
			}
			w.told[s.agent.ID], called[w] = true, true
		}
	}
	for w := range called {
		w.next = now.Add(gaps[min(w.n, len(gaps)-1)])
		w.n++
	}
}

// heard reports whether somebody sees at a console that a conversation of holder's,
// or of nobody's, waits.
func heard(there map[string]bool, holder string) bool {
	return there[holder] || holder == "" && len(there) > 0
}
