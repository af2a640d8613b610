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
	WaitingOpen(ctx context.Context, siteID string, since chat.Time) ([]chat.OpenWait, error)
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
	// Leads says whether it is this server of several that calls; nil where it always is.
	Leads func() bool
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
	rings map[string]*ring // by agent
	fails failures
}

// call is a customer who waits, or who may since they wrote.
type call struct {
	id     string // of the conversation
	since  chat.Time
	next   chat.Time
	holder string          // whose conversation it is, as far as is known; "" for nobody's
	told   map[string]bool // agents who were called; nil as long as nobody was
	n      int             // how often
	site   string          // its name
}

// New makes a caller; nothing happens before Run.
func New(o Options) *Caller {
	return &Caller{Options: o, waiting: map[string]*call{}, again: map[string]bool{}, rings: map[string]*ring{}, fails: failures{of: map[string]failed{}}}
}

// Times of a caller.
const (
	lookEvery  = 2 * time.Second
	firstAfter = 30 * time.Second // of waiting: somebody may be opening a console
	nobodyFor  = time.Minute      // until it looks again when nobody could be called
	longest    = 24 * time.Hour   // of waiting, after which nobody is called any more
)

// gaps are the pauses after each call; the last one repeats.
var gaps = []time.Duration{2 * time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, 6 * time.Hour}

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
			c.waiting[e.ConversationID] = begin(e.ConversationID, e.At, e.At)
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

// maxDue bounds how many conversations one look reads; the others are next.
const maxDue = 500

// take returns what is to be looked at: conversations that were called for and have
// changed, those whose time has come, and browsers that were set up.
func (c *Caller) take(now chat.Time) (again, due []string, fresh []chat.PushDevice) {
	c.mu.Lock()
	defer c.mu.Unlock()
	again, fresh = slices.Collect(maps.Keys(c.again)), c.fresh
	clear(c.again)
	c.fresh = nil
	for id, w := range c.waiting {
		if w.next <= now && len(due) < maxDue {
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
	if c.Leads != nil && !c.Leads() {
		c.rest(ctx)
		return nil
	}
	if !c.began {
		if err := c.recall(ctx); err != nil {
			return err
		}
		c.began = true
	}
	now := c.Clock()
	again, due, fresh := c.take(now)
	c.welcome(ctx, fresh)
	for _, id := range again {
		if err := c.look(ctx, id); err != nil {
			return err
		}
	}
	return c.callFor(ctx, due, now)
}

// rest welcomes browsers that were set up at this server, and leaves calling to
// another one: whoever takes over finds who waits by themselves.
func (c *Caller) rest(ctx context.Context) {
	c.mu.Lock()
	fresh := c.fresh
	c.fresh, c.began = nil, false
	clear(c.waiting)
	clear(c.again)
	clear(c.rings)
	c.mu.Unlock()
	c.welcome(ctx, fresh)
}

func (c *Caller) welcome(ctx context.Context, fresh []chat.PushDevice) {
	for _, d := range fresh {
		c.push(ctx, d, welcomeNote())
	}
}

// recall finds who waited before this server began. Their calls begin anew from now,
// so that consoles have time to come back.
func (c *Caller) recall(ctx context.Context) error {
	sites, err := c.Store.Sites(ctx)
	if err != nil {
		return err
	}
	now := c.Clock()
	var found []*call
	for i := range sites {
		list, err := c.Store.Waiting(ctx, sites[i].ID)
		if err != nil {
			return err
		}
		for _, q := range list {
			found = append(found, begin(q.ID, q.Since, now))
		}
		open, err := c.Store.WaitingOpen(ctx, sites[i].ID, now.Add(-longest))
		if err != nil {
			return err
		}
		for _, o := range open {
			w := begin(o.ID, o.Since, now)
			w.holder = o.AgentID
			found = append(found, w)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, w := range found {
		if c.waiting[w.id] == nil && len(c.waiting) < maxWaiting {
			c.waiting[w.id] = w
		}
	}
	return nil
}

// begin makes the call of a customer who waits since a time and is called for some
// time after now.
func begin(id string, since, now chat.Time) *call {
	return &call{id: id, since: since, next: max(since, now).Add(firstAfter)}
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
	switch told, had := c.toldOf(id); {
	case !waits(row):
		c.end(ctx, id, holder, nil)
	case holder.ID != "" && !told[holder.ID]:
		next := begin(id, row.WaitingSince, c.Clock()) // they get their time, too
		next.holder = holder.ID
		c.end(ctx, id, holder, next)
	case holder.ID != had:
		c.handTo(ctx, id, holder)
	}
	return nil
}

// waits reports whether a customer waits for a person.
func waits(row *chat.Row) bool {
	return row.WaitingSince > 0 && (row.State == chat.Waiting || row.State == chat.Open)
}

// toldOf are the agents who were called for a conversation, and who was known to
// have it.
func (c *Caller) toldOf(id string) (told map[string]bool, holder string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if w := c.waiting[id]; w != nil {
		return maps.Clone(w.told), w.holder
	}
	return nil, ""
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
	c.release(ctx, was, was.told, holder)
}

// handTo notes that one of those who were called has taken a conversation, or that
// nobody has it any more, and lets the others' phones rest.
func (c *Caller) handTo(ctx context.Context, id string, holder chat.AgentCard) {
	c.mu.Lock()
	w := c.waiting[id]
	if w == nil {
		c.mu.Unlock()
		return
	}
	w.holder = holder.ID
	if holder.ID == "" {
		c.mu.Unlock()
		return
	}
	others := maps.Clone(w.told)
	delete(others, holder.ID)
	w.told = map[string]bool{holder.ID: true}
	c.mu.Unlock()
	c.release(ctx, w, others, holder)
}

// release tells agents that a call is over, but for those who were called for others,
// too: what their phones show still holds.
func (c *Caller) release(ctx context.Context, w *call, agents map[string]bool, holder chat.AgentCard) {
	var free []string
	c.mu.Lock()
	for agent := range agents {
		if !c.calledFor(agent) {
			free = append(free, agent)
		}
	}
	c.mu.Unlock()
	for _, agent := range free {
		c.ringOf(agent).rest(c.Clock())
	}
	side(free, func(agent string) {
		by := holder.Name
		if agent == holder.ID {
			by = "" // they know
		}
		c.pushAll(ctx, agent, doneNote(w.site, by))
	})
}

// calledFor reports whether an agent was called for anybody who waits still.
func (c *Caller) calledFor(agent string) bool {
	for _, w := range c.waiting {
		if w.told[agent] {
			return true
		}
	}
	return false
}
