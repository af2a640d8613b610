package reach

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
)

// Store is what a Caller reads, and where it notes which browsers it reached.
type Store interface {
	Sites(ctx context.Context) ([]chat.Site, error)
	Agents(ctx context.Context) ([]chat.Agent, error)
	Absences(ctx context.Context, now chat.Time) ([]chat.Absence, error)
	Waiting(ctx context.Context, siteID string) ([]chat.Queued, error)
	RowByID(ctx context.Context, id string) (*chat.Row, error)
	Reach(ctx context.Context, agentID string) (*chat.Reach, error)
	PushDevices(ctx context.Context, agentID string) ([]chat.PushDevice, error)
	PushReached(ctx context.Context, id string) error
	DeletePushDevice(ctx context.Context, agentID, id string) error
}

// Hub knows who is there.
type Hub interface {
	Here() []hub.Here
}

// Options of New. All but Post are needed.
type Options struct {
	Store  Store
	Hub    Hub
	Pusher *Pusher
	Post   func(ctx context.Context, l Letter) error // nil: no e-mail goes out
	Origin string                                    // the console's
	Clock  chat.Clock
	Log    *slog.Logger
}

// Caller calls agents to who waits. Hear and Welcome may be called from any
// goroutine; Run has all else to itself.
type Caller struct {
	Options

	mu      sync.Mutex
	waiting map[string]*call // by conversation
	again   map[string]bool  // called for, and something has happened since
	fresh   []chat.PushDevice

	began bool
}

// call is a customer who waits, or who may since they wrote.
type call struct {
	next   chat.Time
	holder string          // whose conversation it is, as far as is known; "" for nobody's
	told   map[string]bool // agents who were called
	n      int             // how often
	site   string          // its name
}

// New makes a caller; nothing happens before Run.
func New(o Options) *Caller {
	return &Caller{Options: o, waiting: map[string]*call{}, again: map[string]bool{}}
}

// Times of a caller.
const (
	lookEvery  = 2 * time.Second
	firstAfter = 30 * time.Second // of waiting: somebody may be opening a console
	nobodyFor  = time.Minute      // until it looks again when nobody could be called
	longest    = 24 * time.Hour   // of waiting, after which nobody is called any more
)

// gaps are the pauses after each call; the last one repeats.
var gaps = []time.Duration{2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

// maxWaiting bounds how many are remembered. Whoever comes beyond that is found when
// they write again.
const maxWaiting = 50_000

// Hear takes what the store has committed. It returns at once, and nothing is read
// for a customer who is answered before anybody was called.
func (c *Caller) Hear(events []chat.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range events {
		c.hear(&events[i])
	}
}

func (c *Caller) hear(e *chat.Event) {
	w := c.waiting[e.ConversationID]
	switch {
	case w == nil:
		begins := e.Type == chat.MessagePosted && e.By == chat.ByPerson || e.Type == chat.ConversationWoken || e.Type == chat.ConversationReopened
		if begins && len(c.waiting) < maxWaiting {
			c.waiting[e.ConversationID] = begin(e.At)
		}
	case len(w.told) > 0:
		c.again[e.ConversationID] = true
	case e.Type == chat.MessagePosted && e.By == chat.ByAgent, e.Type == chat.ConversationClosed, e.Type == chat.ConversationErased:
		delete(c.waiting, e.ConversationID)
	case e.Type == chat.ConversationTaken:
		w.holder = e.AgentID
	case e.Type == chat.ConversationReleased:
		w.holder = ""
	}
}

// Key is what browsers are set up with.
func (c *Caller) Key() string { return c.Pusher.Key() }

// Welcome tells a browser that has just been set up, so that its owner sees that it
// works.
func (c *Caller) Welcome(d chat.PushDevice) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.fresh) < chat.MaxPushDevices {
		c.fresh = append(c.fresh, d)
	}
}

// take returns what is to be looked at: conversations that were called for and have
// changed, those whose time has come, and browsers that were set up.
func (c *Caller) take(now chat.Time) (again, due []string, fresh []chat.PushDevice) {
	c.mu.Lock()
	defer c.mu.Unlock()
	again, fresh = slices.Collect(maps.Keys(c.again)), c.fresh
	clear(c.again)
	c.fresh = nil
	for id, w := range c.waiting {
		if w.next <= now {
			due = append(due, id)
		}
	}
	return again, due, fresh
}

// Run calls until ctx ends.
func (c *Caller) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := c.Step(ctx); err != nil && ctx.Err() == nil {
			c.Log.Warn("cannot call anybody to who waits", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Step does what is to be done now.
func (c *Caller) Step(ctx context.Context) error {
	if !c.began {
		if err := c.recall(ctx); err != nil {
			return err
		}
		c.began = true
	}
	now := c.Clock()
	again, due, fresh := c.take(now)
	for _, d := range fresh {
		c.push(ctx, d, welcomeNote())
	}
	for _, id := range again {
		if err := c.look(ctx, id); err != nil {
			return err
		}
	}
	there := c.there()
	for _, id := range due {
		if err := c.callFor(ctx, id, there, now); err != nil {
			return err
		}
	}
	return nil
}

// recall finds who waited before this server began.
func (c *Caller) recall(ctx context.Context) error {
	sites, err := c.Store.Sites(ctx)
	if err != nil {
		return err
	}
	for i := range sites {
		list, err := c.Store.Waiting(ctx, sites[i].ID)
		if err != nil {
			return err
		}
		c.mu.Lock()
		for _, q := range list {
			c.waiting[q.ID] = begin(q.Since)
		}
		c.mu.Unlock()
	}
	return nil
}

func begin(since chat.Time) *call {
	return &call{next: since.Add(firstAfter), told: map[string]bool{}}
}

// look reads a conversation again that was called for, after something has happened
// in it.
func (c *Caller) look(ctx context.Context, id string) error {
	row, err := c.Store.RowByID(ctx, id)
	if chat.Is(err, chat.NotFound) { // erased
		c.end(ctx, id, chat.AgentCard{}, nil)
		return nil
	}
	if err != nil {
		return err
	}
	holder := row.Assignee
	switch told := c.toldOf(id); {
	case !waits(row):
		c.end(ctx, id, holder, nil)
	case holder.ID != "" && !told[holder.ID]:
		next := begin(c.Clock()) // they get their time, too
		next.holder = holder.ID
		c.end(ctx, id, holder, next)
	}
	return nil
}

// waits reports whether a customer waits for a person.
func waits(row *chat.Row) bool {
	return row.WaitingSince > 0 && (row.State == chat.Waiting || row.State == chat.Open)
}

// toldOf are the agents who were called for a conversation.
func (c *Caller) toldOf(id string) map[string]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w := c.waiting[id]; w != nil {
		return maps.Clone(w.told)
	}
	return nil
}

// end puts next in the place of a call, and tells those who were called that holder
// has them, or that it is over.
func (c *Caller) end(ctx context.Context, id string, holder chat.AgentCard, next *call) {
	c.mu.Lock()
	was := c.waiting[id]
	delete(c.waiting, id)
	if next != nil {
		c.waiting[id] = next
	}
	c.mu.Unlock()
	if was == nil {
		return
	}
	for agent := range was.told {
		by := holder.Name
		if agent == holder.ID {
			by = "" // they know
		}
		c.pushAll(ctx, agent, doneNote(id, was.site, by))
	}
}

// callFor calls for a conversation whose time has come. Nothing is read while
// somebody is there who hears of it at a console.
func (c *Caller) callFor(ctx context.Context, id string, there map[string]bool, now chat.Time) error {
	c.mu.Lock()
	w := c.waiting[id]
	if w == nil {
		c.mu.Unlock()
		return nil
	}
	w.next = now.Add(nobodyFor)
	holder, n := w.holder, w.n
	c.mu.Unlock()
	if heard(there, holder) {
		return nil
	}
	row, err := c.Store.RowByID(ctx, id)
	if chat.Is(err, chat.NotFound) || err == nil && (!waits(row) || now.Sub(row.WaitingSince) > longest) {
		c.end(ctx, id, chat.AgentCard{}, nil)
		return nil
	}
	if err != nil {
		return err
	}
	site, agents, err := c.whom(ctx, row, there, now)
	if err != nil || len(agents) == 0 {
		return err
	}
	reached := c.tell(ctx, agents, waitingNote(site, row, now), n)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.waiting[id] != w { // answered meanwhile: those who were called hear of it at the next look
		c.waiting[id], c.again[id] = w, true
	}
	w.holder, w.site = row.Assignee.ID, site.Name
	for _, id := range reached {
		w.told[id] = true
	}
	if len(reached) > 0 {
		w.next = now.Add(gaps[min(n, len(gaps)-1)])
		w.n++
	}
	return nil
}

// heard reports whether somebody sees at a console that a conversation of holder's,
// or of nobody's, waits.
func heard(there map[string]bool, holder string) bool {
	return there[holder] || holder == "" && len(there) > 0
}
