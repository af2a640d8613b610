// Package dispatch brings conversations that wait to those who may have them. It
// knows who is there from the hub and what waits from the store, asks package
// routing who gets what, and lets the desk do it.
//
// All of it is decided on one goroutine, from what it holds in memory. What counts
// stands in the database: after a restart it reads it again and goes on, and where
// two servers decide at once the desk lets one of them. It hears of what happens as
// the store publishes it, so that an arrival is offered within milliseconds, and
// reads everything anew every few seconds, so that nothing it has missed is missed
// for long.
package dispatch

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hours"
	"rapport/hub/routing"
)

// How often it looks at what runs out, reads rules and people anew, and reads
// everything.
const (
	tickEvery   = time.Second
	reloadEvery = 5 * time.Second
	recallEvery = 30 * time.Second
)

// lively is how long before somebody left their customer must have spoken, or been
// spoken to, for the conversation not to stay with them.
const lively = 30 * time.Minute

// Store is what it reads.
type Store interface {
	Sites(ctx context.Context) ([]chat.Site, error)
	Agents(ctx context.Context) ([]chat.Agent, error)
	Teams(ctx context.Context) ([]chat.Team, error)
	Absences(ctx context.Context, now chat.Time) ([]chat.Absence, error)
	Offers(ctx context.Context, conversationID string) ([]chat.Offer, error)
	Waiting(ctx context.Context, siteID string) ([]chat.Queued, error)
	WaitingByID(ctx context.Context, id string) (*chat.Queued, error)
	Held(ctx context.Context) ([]chat.Held, error)
	HeldByID(ctx context.Context, id string) (*chat.Held, error)
	LeftBehind(ctx context.Context, agentID string, since chat.Time) ([]string, error)
	RowByID(ctx context.Context, id string) (*chat.Row, error)
	Handing(ctx context.Context, conversationID, agentID string) (*chat.Handing, error)
	Guests(ctx context.Context) ([]chat.Guest, error)
}

// Desk does what was decided.
type Desk interface {
	Offer(ctx context.Context, id, agentID, why string, until chat.Time) (bool, error)
	Assign(ctx context.Context, id, agentID, why string) (bool, error)
	PassOffer(ctx context.Context, id, agentID string, how chat.OfferOutcome, there []string) (bool, error)
	Requeue(ctx context.Context, id, agentID string) (bool, error)
	LeaveGone(ctx context.Context, id, agentID string) (bool, error)
}

// Hub knows who is there, and reaches them.
type Hub interface {
	Here() []hub.Here
	Stirred() <-chan struct{}
	Tell(who string, frame []byte)
}

// Options of New.
type Options struct {
	Store Store
	Desk  Desk
	Hub   Hub
	Clock chat.Clock   // nil: the machine's
	Log   *slog.Logger // nil: nowhere
}

// Dispatcher brings what waits to whoever may have it. Hear may be called from any
// goroutine; Run has all else to itself.
type Dispatcher struct {
	Options

	mu    sync.Mutex
	heard []news
	lost  bool // more was heard than is kept
	wake  chan struct{}

	rules   map[string]chat.Routing // by site
	people  map[string]*person
	waiting map[string]*waiter
	loads   loads
	guests  map[chat.Guest]bool  // who answers beside a colleague
	given   map[string]chat.Time // when an agent was given something last
	wrap    map[string]chat.Time // until when an agent writes up
	gone    map[string]chat.Time // since when an agent is not there
	left    chat.Time            // when it last saw to what they leave behind
	before  map[string]int64     // room that each had at the last look
	loaded  chat.Time            // when rules and people were read last
	recall  chat.Time            // when everything was
	anew    bool                 // that was in this step
}

// person is what routing knows of an agent wherever they are.
type person struct {
	agent  chat.Agent
	teams  []chat.Skills
	absent bool
	hours  *hours.Calendar // when they work, nil for whenever they are here
}

// works reports whether an agent works at a time. Outside their hours they may be here
// and take what they like, but nothing comes to them by itself.
func (p *person) works(now chat.Time) bool { return p.hours == nil || p.hours.OpenAt(now.Std()) }

// waiter is a conversation of the queue.
type waiter struct {
	chat.Queued
	passed map[string]chat.Time
	fresh  bool // it has come or changed since the last look
}

func (w *waiter) weight() int64 { return routing.Weight(w.Complaint, w.Mood) }

// New makes a dispatcher; nothing happens before Run.
func New(o Options) *Dispatcher {
	if o.Clock == nil {
		o.Clock = chat.SystemClock
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Dispatcher{
		Options: o, wake: make(chan struct{}, 1),
		rules: map[string]chat.Routing{}, people: map[string]*person{}, waiting: map[string]*waiter{}, loads: newLoads(), guests: map[chat.Guest]bool{},
		given: map[string]chat.Time{}, wrap: map[string]chat.Time{}, gone: map[string]chat.Time{}, before: map[string]int64{},
	}
}

// Run works until ctx ends. It may run again later: what was done meanwhile, perhaps by
// another server, is read anew, and everybody has their whole grace again.
func (d *Dispatcher) Run(ctx context.Context) {
	d.forget()
	clear(d.gone)
	tick := time.NewTicker(tickEvery)
	defer tick.Stop()
	for {
		if err := d.Step(ctx); err != nil && ctx.Err() == nil {
			d.Log.Warn("cannot route", "err", err)
			d.forget()
		}
		select {
		case <-ctx.Done():
			return
		case <-d.wake:
		case <-d.Hub.Stirred():
		case <-tick.C:
		}
	}
}

// Step does what is to be done now. An error leaves the rest to the next one.
func (d *Dispatcher) Step(ctx context.Context) error {
	news, all := d.take()
	if !all {
		d.forget()
	}
	now := d.Clock()
	d.anew = now.Sub(d.loaded) >= reloadEvery || now < d.loaded
	if d.anew {
		if err := d.load(ctx, now); err != nil {
			return err
		}
	}
	if err := d.learn(ctx, news); err != nil {
		return err
	}
	here := d.here()
	if err := d.runOut(ctx, here, now); err != nil {
		return err
	}
	if err := d.leave(ctx, here, now); err != nil {
		return err
	}
	return d.deal(ctx, d.there(here, now), now)
}

// forget lets the next step read everything anew.
func (d *Dispatcher) forget() { d.loaded, d.recall = 0, 0 }

// here is who the hub has, by id.
func (d *Dispatcher) here() map[string]hub.Here {
	list := d.Hub.Here()
	out := make(map[string]hub.Here, len(list))
	for _, h := range list {
		out[h.ID] = h
	}
	return out
}

// there are those who may be given something now.
func (d *Dispatcher) there(here map[string]hub.Here, now chat.Time) []routing.Agent {
	out := make([]routing.Agent, 0, len(here))
	for id, h := range here {
		p := d.people[id]
		if p == nil || p.absent || !p.agent.Answers() || !p.works(now) || !h.Connected || h.Status != chat.Online || h.NoNewUntil > now || d.wrap[id] > now {
			continue
		}
		out = append(out, routing.Agent{
			ID: id, Takes: true, Room: p.agent.Work.Room(), Load: d.loads.sums[id], Complaints: p.agent.Complaints,
			Languages: p.agent.Work.Languages, Teams: p.teams, Given: d.given[id],
		})
	}
	return out
}
