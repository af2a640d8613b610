package dispatch

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/routing"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// atOnce is how many conversations are dealt at the same time: they share a
// transaction of the writer's.
const atOnce = 64

// deal is a conversation and who is to have it.
type deal struct {
	w      *waiter
	choice routing.Choice
	assign bool
	until  chat.Time
	done   bool
}

// deal brings what waits to whoever may have it, the first in the queue first. What
// has been looked at and found nobody is looked at again only when somebody has
// more room than before.
func (d *Dispatcher) deal(ctx context.Context, there []routing.Agent, now chat.Time) error {
	list := d.inOrder(d.freer(there))
	nobody := map[sort]bool{}
	for len(list) > 0 && anyRoom(there) {
		var dealt []*deal
		for len(list) > 0 && len(dealt) < atOnce {
			if one := d.choose(list[0], there, nobody, now); one != nil {
				dealt = append(dealt, one)
			}
			list = list[1:]
		}
		if err := d.hand(ctx, dealt); err != nil {
			return err
		}
	}
	for i := range there {
		d.before[there[i].ID] = room(&there[i])
	}
	return nil
}

// room is how much an agent could still take, in tenths.
func room(a *routing.Agent) int64 { return a.Room*routing.Weight(chat.NoComplaint, "") - a.Load }

// freer reports whether somebody has more room than at the last look, and forgets
// the room of whoever is not there.
func (d *Dispatcher) freer(there []routing.Agent) bool {
	more := d.anew
	before := d.before
	d.before = make(map[string]int64, len(there))
	for i := range there {
		had, known := before[there[i].ID]
		more = more || !known || room(&there[i]) > had
	}
	return more
}

// inOrder is what waits for somebody, or of that only what is fresh.
func (d *Dispatcher) inOrder(all bool) []*waiter {
	var list []*waiter
	for _, w := range d.waiting {
		if w.OfferedTo == "" && (all || w.fresh) {
			list = append(list, w)
		}
		w.fresh = false
	}
	sorted.By(list, func(a, b *waiter) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.ID, b.ID)) })
	return list
}

func anyRoom(there []routing.Agent) bool {
	return slices.ContainsFunc(there, func(a routing.Agent) bool { return a.Load == 0 || room(&a) > 0 })
}

// sort is all of a conversation that decides who may have it, where nobody has
// passed on it. Room only becomes less in one look: when nobody may have one of a
// sort, nobody may have the thousands that wait behind it.
type sort struct {
	site, segment, language string
	complaint               chat.ComplaintMark
	mood                    chat.Mood
	kind                    chat.InteractionType
	wide                    bool
}

func sortOf(c *routing.Case, now chat.Time) sort {
	return sort{c.SiteID, c.Segment, c.Language, c.Complaint, c.Mood, c.Type, now.Sub(c.Since) >= routing.WidenAfter}
}

// choose finds who gets a conversation and counts it as theirs already, so that the
// next one goes to somebody else.
func (d *Dispatcher) choose(w *waiter, there []routing.Agent, nobody map[sort]bool, now chat.Time) *deal {
	c := routing.Case{
		SiteID: w.SiteID, Since: w.Since, Complaint: w.Complaint, Mood: w.Mood, Type: w.Type, Segment: w.Segment,
		Language: w.Language, LastAgent: w.LastAgent, Passed: w.passed,
	}
	kin := sortOf(&c, now)
	if nobody[kin] {
		return nil
	}
	choice, ok := routing.Choose(&c, there, now)
	if !ok {
		nobody[kin] = len(w.passed) == 0
		return nil
	}
	i := slices.IndexFunc(there, func(a routing.Agent) bool { return a.ID == choice.AgentID })
	there[i].Load += w.weight()
	there[i].Given = now
	rules := d.rules[w.SiteID]
	return &deal{w: w, choice: choice, assign: rules.Mode == chat.RouteAssign, until: now.Add(time.Duration(rules.OfferSeconds) * time.Second)}
}

// hand lets the desk do what was chosen. What it refused, since it stands otherwise by
// now, is read again.
func (d *Dispatcher) hand(ctx context.Context, list []*deal) error {
	errs := make([]error, len(list))
	var wg sync.WaitGroup
	for i, one := range list {
		wg.Go(func() { errs[i] = d.handOne(ctx, one) })
	}
	wg.Wait()
	var missed error
	for _, one := range list {
		if !one.done {
			missed = errors.Join(missed, d.look(ctx, one.w.ID))
			continue
		}
		d.given[one.choice.AgentID] = d.Clock()
		if one.assign {
			delete(d.waiting, one.w.ID)
			d.loads.hold(chat.Held{ID: one.w.ID, AgentID: one.choice.AgentID, Complaint: one.w.Complaint, Mood: one.w.Mood})
			continue
		}
		one.w.OfferedTo = one.choice.AgentID
		o := chat.Offer{ConversationID: one.w.ID, AgentID: one.choice.AgentID, SiteID: one.w.SiteID, Until: one.until, Why: one.choice.Why}
		d.loads.offer(o, one.w.weight())
	}
	return errors.Join(append(errs, missed)...)
}

func (d *Dispatcher) handOne(ctx context.Context, one *deal) (err error) {
	if one.assign {
		one.done, err = d.Desk.Assign(ctx, one.w.ID, one.choice.AgentID, one.choice.Why)
		one.until = 0
	} else {
		one.done, err = d.Desk.Offer(ctx, one.w.ID, one.choice.AgentID, one.choice.Why, one.until)
	}
	if err != nil || !one.done {
		return err
	}
	row, err := d.Store.RowByID(ctx, one.w.ID)
	if err != nil {
		return err
	}
	d.Hub.Tell(one.choice.AgentID, wire.OfferFrame(wire.NewOffer(row, one.until, one.choice.Why)))
	return nil
}

// runOut ends the offers whose time is up, and those to who is not there any more.
func (d *Dispatcher) runOut(ctx context.Context, here map[string]hub.Here, now chat.Time) error {
	var failed error
	turn, passed := sync.OnceValue(func() []string { return inTurn(d.there(here, now)) }), 0
	for id, o := range d.loads.open {
		h, is := here[o.AgentID]
		how := chat.OfferLapsed
		switch {
		case !is || h.Status != chat.Online:
			how = chat.OfferGone
		case now < o.Until:
			continue
		}
		if _, err := d.Desk.PassOffer(ctx, id, o.AgentID, how, from(turn(), passed)); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		passed++
		// The event that tells of it comes back; this is for one that somebody else ended.
		d.passedOn(news{id: id, agent: chat.AgentCard{ID: o.AgentID}, at: now})
	}
	return failed
}
