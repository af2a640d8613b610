package dispatch

import (
	"context"
	"slices"

	"rapport/hub/chat"
	"rapport/hub/routing"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// takeUp takes up an offer that somebody else has made: a colleague who hands a
// conversation over, or another server. Its agent hears of the former here.
func (d *Dispatcher) takeUp(ctx context.Context, n news) error {
	if n.from == "" && d.loads.open[n.id].AgentID == n.agent.ID {
		return nil // it was this one, which has told them
	}
	list, err := d.Store.Offers(ctx, n.id)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(o chat.Offer) bool { return o.EndedAt == 0 })
	if i < 0 {
		return nil // it has ended meanwhile
	}
	if d.loads.open[n.id].AgentID != list[i].AgentID {
		d.ended(n.id)
	}
	weight := d.loads.weightOf(n.id)
	if w := d.waiting[n.id]; w != nil {
		w.OfferedTo, weight = list[i].AgentID, w.weight()
	}
	d.loads.offer(list[i], weight)
	if list[i].FromID == "" {
		return nil
	}
	return d.tellHanded(ctx, &list[i])
}

// tellHanded shows an agent what a colleague hands them.
func (d *Dispatcher) tellHanded(ctx context.Context, o *chat.Offer) error {
	row, err := d.Store.RowByID(ctx, o.ConversationID)
	if chat.Is(err, chat.NotFound) {
		return nil // erased meanwhile
	}
	if err != nil {
		return err
	}
	handing, err := d.Store.Handing(ctx, o.ConversationID, o.AgentID)
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	d.Hub.Tell(o.AgentID, wire.OfferFrame(wire.NewOffer(row, o.Until, o.Why).With(handing)))
	return nil
}

// tellHandovers tells those whose conversations were handed over, or got a guest, what
// came of it: somebody has it, or is in it, or passed on it, and who is asked next. Where
// somebody else asked, who may take it over, they see it in the thread.
func (d *Dispatcher) tellHandovers(list []news) {
	for i, n := range list {
		joins := n.what == chat.GuestPassed || n.what == chat.GuestJoined
		if n.from == "" || n.why == "" && !joins || asks(n.what) {
			continue
		}
		why, next := n.why, (*chat.AgentCard)(nil)
		if n.what == chat.ConversationTaken {
			why = ""
		}
		for _, later := range list[i+1:] {
			if later.id == n.id && asks(later.what) && later.from == n.from {
				next = &later.agent
				break
			}
		}
		d.Hub.Tell(n.from, wire.HandoverFrame(n.site, n.id, n.agent, why, next, joins))
	}
}

// asks reports whether an event asks somebody to carry on, or to join.
func asks(what chat.EventType) bool {
	return what == chat.ConversationOffered || what == chat.GuestAsked
}

// from is a list begun at another place, so that not everything that runs out at once
// goes on to the same colleague.
func from(list []string, place int) []string {
	if len(list) == 0 {
		return nil
	}
	place %= len(list)
	return slices.Concat(list[place:], list[:place])
}

// inTurn are those who could be asked to carry on with something, in the order of
// asking: who has most room first.
func inTurn(there []routing.Agent) []string {
	sorted.By(there, func(a, b routing.Agent) int { return routing.Freer(&a, &b) })
	out := make([]string, 0, len(there))
	for i := range there {
		out = append(out, there[i].ID)
	}
	return out
}
