package dispatch

import (
	"context"
	"errors"
	"time"

	"rapport/hub/chat"
	"rapport/hub/hours"
	"rapport/hub/wire"
)

// news is what it remembers of an event until it looks at it.
type news struct {
	what   chat.EventType
	id     string // of the conversation
	site   string
	agent  chat.AgentCard // who has it now, is offered it, or passed on it
	from   string         // who has it while it is handed over, or had it; "" for nobody
	why    string
	at     chat.Time
	agents bool // an agent did it
}

// matters are the events after which a conversation may wait otherwise than
// before.
var matters = map[chat.EventType]bool{
	chat.ConversationStarted: true, chat.ConversationReopened: true, chat.ConversationReleased: true, chat.ConversationTaken: true,
	chat.ConversationClosed: true, chat.ConversationOffered: true, chat.ConversationPassed: true, chat.MatterRead: true, chat.MatterTurned: true, chat.PersonUpdated: true,
	chat.ComplaintOpened: true, chat.ComplaintStaged: true, chat.ComplaintEnds: true, chat.PromiseWasMade: true, chat.PromiseWasMoved: true,
	chat.GuestAsked: true, chat.GuestPassed: true, chat.GuestJoined: true, chat.GuestLeft: true,
	chat.ConversationErased: true, chat.ConversationWoken: true, chat.ConversationSnoozed: true, chat.PromiseWasKept: true, chat.PromiseWasDropped: true, chat.PromiseWasBroken: true,
}

// maxHeard bounds what is remembered between two looks, of which there may be none for
// days: where another server brings what waits to those who may have it.
const maxHeard = 20_000

// Hear takes what the store has committed. It returns at once.
func (d *Dispatcher) Hear(events []chat.Event) {
	d.mu.Lock()
	if len(d.heard) >= maxHeard {
		d.heard, d.lost = nil, true
	}
	before := len(d.heard)
	for i := range events {
		e := &events[i]
		if !matters[e.Type] {
			continue
		}
		d.heard = append(d.heard, news{what: e.Type, id: e.ConversationID, site: e.SiteID, agent: e.Names.Agent, from: e.FromAgentID, why: e.Why, at: e.At, agents: e.By == chat.ByAgent})
	}
	fresh := len(d.heard) > before
	d.mu.Unlock()
	if !fresh {
		return
	}
	select {
	case d.wake <- struct{}{}:
	default: // it is awake already
	}
}

// take returns what was heard, and whether that is all.
func (d *Dispatcher) take() (list []news, all bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	list, all = d.heard, !d.lost
	d.heard, d.lost = nil, false
	return list, all
}

// learn brings what it holds up to date with what has happened.
func (d *Dispatcher) learn(ctx context.Context, list []news) error {
	again := map[string]bool{}
	for _, n := range list {
		switch n.what {
		case chat.ConversationTaken:
			d.taken(n)
		case chat.ConversationClosed:
			d.closed(n)
		case chat.ConversationPassed, chat.GuestPassed:
			d.passedOn(n)
		case chat.GuestJoined:
			// Who steps in unasked leaves standing what others are asked, and what they
			// are handed themselves.
			if o := d.loads.open[n.id]; o.Joins && o.AgentID == n.agent.ID {
				d.ended(n.id)
			}
			d.guests[chat.Guest{ConversationID: n.id, AgentID: n.agent.ID}] = true
		case chat.GuestLeft:
			delete(d.guests, chat.Guest{ConversationID: n.id, AgentID: n.agent.ID})
		case chat.ConversationReleased, chat.ConversationReopened, chat.ConversationSnoozed, chat.ConversationErased:
			d.loads.drop(n.id)
			d.ended(n.id)
			again[n.id] = true
		case chat.ConversationOffered, chat.GuestAsked:
			if err := d.takeUp(ctx, n); err != nil {
				return err
			}
		case chat.ConversationWoken:
			again[n.id] = true
			if err := d.lookWho(ctx, n.id); err != nil {
				return err
			}
		case chat.ConversationStarted:
			again[n.id] = true
			if n.agents { // what an agent begins is somebody's already
				if err := d.lookWho(ctx, n.id); err != nil {
					return err
				}
			}
		default:
			// Only what waits is read again; what somebody has weighs as it did until
			// everything is read anew.
			again[n.id] = again[n.id] || d.waiting[n.id] != nil
		}
		if d.rules[n.site].Mode == chat.RouteByHand {
			delete(again, n.id)
		}
	}
	d.tellHandovers(list)
	for id, wanted := range again {
		if wanted {
			if err := d.look(ctx, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Dispatcher) taken(n news) {
	h := d.loads.held[n.id]
	h.ID, h.AgentID = n.id, n.agent.ID
	if w := d.waiting[n.id]; w != nil {
		h.Complaint, h.Mood = w.Complaint, w.Mood
	}
	d.loads.hold(h)
	d.given[n.agent.ID] = max(d.given[n.agent.ID], n.at)
	d.waitsNoMore(n.id)
}

func (d *Dispatcher) closed(n news) {
	had := d.loads.drop(n.id)
	d.waitsNoMore(n.id)
	if s := d.rules[n.site].WrapUpSeconds; s > 0 && had != "" {
		d.wrap[had] = n.at.Add(time.Duration(s) * time.Second)
	}
}

func (d *Dispatcher) passedOn(n news) {
	if o, ok := d.loads.open[n.id]; ok && o.AgentID == n.agent.ID {
		d.ended(n.id)
	}
	w := d.waiting[n.id]
	if w == nil {
		return
	}
	w.passed[n.agent.ID] = n.at
	// By the time that this is heard it may be offered to the next already.
	if w.OfferedTo == n.agent.ID {
		w.OfferedTo, w.fresh = "", true
	}
}

// waitsNoMore forgets a conversation, and tells whoever was offered it.
func (d *Dispatcher) waitsNoMore(id string) {
	delete(d.waiting, id)
	d.ended(id)
}

// ended forgets an open offer, and tells its agent.
func (d *Dispatcher) ended(id string) {
	if o, ok := d.loads.end(id); ok {
		d.Hub.Tell(o.AgentID, wire.OfferEnded(o.SiteID, id))
	}
}

// look reads one conversation again.
func (d *Dispatcher) look(ctx context.Context, id string) error {
	q, err := d.Store.WaitingByID(ctx, id)
	if chat.Is(err, chat.NotFound) {
		d.waitsNoMore(id)
		return nil
	}
	if err != nil {
		return err
	}
	w := &waiter{Queued: *q, passed: map[string]chat.Time{}, fresh: true}
	if old := d.waiting[id]; old != nil {
		w.passed = old.passed
	}
	d.waiting[id] = w
	return nil
}

// lookWho reads who has a conversation, which its event does not say.
func (d *Dispatcher) lookWho(ctx context.Context, id string) error {
	h, err := d.Store.HeldByID(ctx, id)
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err == nil {
		d.loads.hold(*h)
	}
	return err
}

// load reads rules and people anew, and everything where that is due, or where a
// site begins to route.
func (d *Dispatcher) load(ctx context.Context, now chat.Time) error {
	begun, err := d.loadSites(ctx)
	if err := errors.Join(err, d.loadPeople(ctx, now)); err != nil {
		return err
	}
	d.loaded = now
	if !begun && now >= d.recall && now.Sub(d.recall) < recallEvery {
		return nil
	}
	d.loads = newLoads()
	if err := errors.Join(d.loadHeld(ctx), d.loadWaiting(ctx), d.loadGuests(ctx)); err != nil {
		d.forget()
		return err
	}
	d.recall = now
	return nil
}

// loadWaiting reads what waits, and whom it was offered to.
func (d *Dispatcher) loadWaiting(ctx context.Context) error {
	waiting := map[string]*waiter{}
	for site, rules := range d.rules {
		if rules.Mode == chat.RouteByHand {
			continue
		}
		list, err := d.Store.Waiting(ctx, site)
		if err != nil {
			return err
		}
		for _, q := range list {
			waiting[q.ID] = &waiter{Queued: q, passed: map[string]chat.Time{}, fresh: true}
		}
	}
	offers, err := d.Store.Offers(ctx, "")
	if err != nil {
		return err
	}
	for _, o := range offers {
		w := waiting[o.ConversationID]
		switch {
		case o.EndedAt == 0 && w != nil:
			d.loads.offer(o, w.weight())
		case o.EndedAt == 0:
			d.loads.offer(o, d.loads.weightOf(o.ConversationID))
		case w != nil:
			w.passed[o.AgentID] = o.EndedAt
		}
	}
	d.waiting = waiting
	return nil
}

// loadSites reports whether a site routes that did not before, or no more.
func (d *Dispatcher) loadSites(ctx context.Context) (turned bool, err error) {
	sites, err := d.Store.Sites(ctx)
	if err != nil {
		return false, err
	}
	before := d.rules
	d.rules = make(map[string]chat.Routing, len(sites))
	for i := range sites {
		id, mode := sites[i].ID, sites[i].Routing.Mode
		d.rules[id] = sites[i].Routing
		turned = turned || (mode == chat.RouteByHand) != (before[id].Mode == chat.RouteByHand)
	}
	return turned, nil
}

func (d *Dispatcher) loadPeople(ctx context.Context, now chat.Time) error {
	agents, err := d.Store.Agents(ctx)
	if err != nil {
		return err
	}
	teams, err := d.Store.Teams(ctx)
	if err != nil {
		return err
	}
	absences, err := d.Store.Absences(ctx, now)
	if err != nil {
		return err
	}
	clear(d.people)
	for _, a := range agents {
		p := &person{agent: a}
		if a.Work.Hours.Kept {
			p.hours = hours.Of(a.Work.Hours)
		}
		d.people[a.ID] = p
	}
	for _, t := range teams {
		for _, id := range t.Members {
			if p := d.people[id]; p != nil {
				p.teams = append(p.teams, t.Skills)
			}
		}
	}
	for _, a := range absences {
		if p := d.people[a.AgentID]; p != nil {
			p.absent = true
		}
	}
	return nil
}

func (d *Dispatcher) loadHeld(ctx context.Context) error {
	list, err := d.Store.Held(ctx)
	if err != nil {
		return err
	}
	for _, h := range list {
		d.loads.hold(h)
	}
	return nil
}
