package dispatch_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/dispatch"
	"rapport/hub/wire"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// world is a site with agents, a real store and desk, a hub that says what the test
// wants, and a clock that only the test moves.
type world struct {
	testing.TB
	store *storage.Store
	desk  *desk.Desk
	d     *dispatch.Dispatcher
	clock atomic.Int64
	site  chat.Site

	deaf   bool // it hears of nothing
	tries  atomic.Int64
	recall atomic.Int64
	behind atomic.Int64 // looks for what somebody left behind

	mu   sync.Mutex
	here map[string]hub.Here
	gone map[string]chat.Time // since when, or since the server began
	told map[string][]offered
}

// offered is what an agent's sockets were told.
type offered struct {
	ConversationID string      `json:"conversation_id"`
	Offer          *wire.Offer `json:"offer"`

	Type  string          `json:"type"` // what follows is of handovers
	Agent chat.AgentCard  `json:"agent"`
	Why   string          `json:"why"`
	Next  *chat.AgentCard `json:"next"`
	Joins bool            `json:"joins"`
}

func newWorld(t testing.TB, rules func(*chat.Routing)) *world {
	t.Helper()
	w := &world{TB: t, here: map[string]hub.Here{}, gone: map[string]chat.Time{}, told: map[string][]offered{}}
	w.clock.Store(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli())
	store, err := storage.Open(t.Context(), storage.Options{
		DSN: ready.File(t, filepath.Join(t.TempDir(), "rapport.db")), Key: make([]byte, 32), Clock: w.now,
		Publish: func(events []chat.Event) {
			if !w.deaf {
				w.d.Hear(events)
			}
		},
	})
	w.must(err)
	t.Cleanup(func() { _ = store.Close() })
	w.store, w.desk = store, desk.New(store, time.UTC, nil)
	w.restart()
	w.site = chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Shop")}
	rules(&w.site.Routing)
	w.must(store.InsertSite(t.Context(), &w.site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	return w
}

// restart forgets what the server had in memory.
func (w *world) restart() {
	for id := range w.gone {
		w.gone[id] = w.now()
	}
	w.d = dispatch.New(dispatch.Options{Store: countedStore{w.store, w}, Desk: countedDesk{w.desk, w}, Hub: w, Clock: w.now})
}

// countedStore counts how often everything is read anew, and what somebody left
// behind; countedDesk how often an offer is tried.
type (
	countedStore struct {
		*storage.Store
		w *world
	}
	countedDesk struct {
		*desk.Desk
		w *world
	}
)

func (s countedStore) Held(ctx context.Context) ([]chat.Held, error) {
	s.w.recall.Add(1)
	return s.Store.Held(ctx)
}

func (s countedStore) LeftBehind(ctx context.Context, agentID string, since chat.Time) ([]string, error) {
	s.w.behind.Add(1)
	return s.Store.LeftBehind(ctx, agentID, since)
}

func (d countedDesk) Offer(ctx context.Context, id, agentID, why string, until chat.Time) (bool, error) {
	d.w.tries.Add(1)
	return d.Desk.Offer(ctx, id, agentID, why, until)
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) ctx() context.Context { return w.Context() }
func (w *world) now() chat.Time       { return chat.Time(w.clock.Load()) }

// wait lets time pass, with a look every second.
func (w *world) wait(d time.Duration) {
	w.Helper()
	for range d / time.Second {
		w.clock.Add(1000)
		w.step()
	}
}

func (w *world) step() {
	w.Helper()
	w.must(w.d.Step(w.ctx()))
}

func (w *world) Here() []hub.Here {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]hub.Here, 0, len(w.here))
	for _, h := range w.here {
		out = append(out, h)
	}
	return out
}

func (w *world) Stirred() <-chan struct{} { return nil }

func (w *world) Tell(who string, frame []byte) {
	var f offered
	if json.Unmarshal(frame, &f) != nil {
		panic("this is no frame")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told[who] = append(w.told[who], f)
}

func (w *world) agent(name string, change ...func(*chat.Agent)) string {
	w.Helper()
	a := chat.Agent{ID: chat.NewID(), Name: name, Email: name + "@shop.example", Role: chat.AgentRole, PasswordHash: "h"}
	w.must(w.store.InsertAgent(w.ctx(), &a))
	for _, c := range change {
		c(&a)
	}
	w.must(w.store.SaveAgent(w.ctx(), &a))
	w.says(a.ID, chat.Online)
	w.reload()
	return a.ID
}

// reload lets so much time pass that everything is read anew.
func (w *world) reload() { w.wait(6 * time.Second) }

func (w *world) says(id, status string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if status == chat.Offline {
		w.leaves(id)
	} else {
		delete(w.gone, id)
	}
	w.here[id] = hub.Here{TeamMember: wire.TeamMember{AgentCard: chat.AgentCard{ID: id}, Standing: wire.Standing{Status: status}}, Connected: true}
}

func (w *world) vanishes(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.here, id)
	w.leaves(id)
}

// reloads is a console that is not connected, of whom the hub still says what they
// said last.
func (w *world) reloads(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h := w.here[id]
	h.Connected = false
	w.here[id] = h
	w.leaves(id)
}

// leaves notes since when somebody is gone. The lock is held.
func (w *world) leaves(id string) {
	if _, already := w.gone[id]; !already {
		w.gone[id] = w.now()
	}
}

// goneFor is for how long somebody has been gone; zero while they are there.
func (w *world) goneFor(id string) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if since, is := w.gone[id]; is {
		return w.now().Sub(since)
	}
	return 0
}

// online are those who could take something now.
func (w *world) online() (ids []string) {
	for _, h := range w.Here() {
		if h.Status == chat.Online {
			ids = append(ids, h.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// customer is somebody new on the site.
func (w *world) customer(change ...func(*chat.Person)) chat.Actor {
	w.Helper()
	p := chat.Person{ID: chat.NewID(), SiteID: w.site.ID, Name: "Ada"}
	for _, c := range change {
		c(&p)
	}
	w.must(w.store.Write(w.ctx(), func(tx chat.Tx) error { return tx.InsertPerson(&p) }))
	return chat.Actor{Kind: chat.ByPerson, ID: p.ID, Site: w.site.ID}
}

// writes lets a customer say something, and returns their conversation.
func (w *world) writes(who chat.Actor, text string) string {
	w.Helper()
	posted, err := w.desk.Post(w.ctx(), who, desk.Posting{ConversationID: chat.NewID(), ClientID: chat.NewID(), Text: text})
	w.must(err)
	return posted.Message.ConversationID
}

func (w *world) row(id string) *chat.Row {
	w.Helper()
	r, err := w.store.RowByID(w.ctx(), id)
	w.must(err)
	return r
}

// lastTold is what an agent was told last.
func (w *world) lastTold(id string) offered {
	w.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.told[id]
	if len(list) == 0 {
		w.Fatalf("%s was told nothing", id)
	}
	return list[len(list)-1]
}
