package storagetest

import (
	"slices"
	"time"

	"rapport/hub/chat"
)

// relays: what was passed on is counted since a day as one counts it by hand, and goes
// on counting once its conversation is erased.
func relays(w *world) {
	ana, ben, noor := w.agent.ID, w.newAgent(chat.AgentRole).ID, w.newAgent(chat.AgentRole).ID
	far, near, old := w.started(nil), w.started(nil), w.started(nil)
	put := func(c chat.Conversation, day string, r chat.Relay) string {
		r.ID, r.SiteID, r.ConversationID, r.Day = chat.NewID(), w.site.ID, c.ID, day
		w.write(func(tx chat.Tx) error {
			r.At = tx.Now().Add(-5 * time.Second)
			return tx.InsertRelay(&r)
		})
		return r.ID
	}
	ask := func(c chat.Conversation, day, from, to string, end chat.RelayEnd) {
		put(c, day, chat.Relay{Kind: chat.RelayHandover, FromID: from, ToID: to})
		w.write(func(tx chat.Tx) error { return tx.EndAsk(c.ID, end) })
	}
	// Ana to Ben, who declines and then takes it; Ben to the queue, Noor takes it over from
	// Ana in another; and one from before.
	ask(far, "2026-11-20", ana, ben, chat.RelayEnd{Outcome: chat.RelayReturned, Why: chat.RelayDeclined})
	ask(far, "2026-11-20", ana, ben, chat.RelayEnd{Outcome: chat.RelayAccepted, Since: 1})
	put(far, "2026-11-20", chat.Relay{Kind: chat.RelayRelease, FromID: ben, Outcome: chat.RelayAccepted})
	put(near, "2026-11-21", chat.Relay{Kind: chat.RelayTakeover, FromID: ana, ToID: noor, Outcome: chat.RelayAccepted})
	put(near, "2026-11-21", chat.Relay{Kind: chat.RelayAssignment, ToID: noor, Outcome: chat.RelayAccepted}) // from the queue: no turn
	ask(near, "2026-11-21", noor, ana, chat.RelayEnd{Outcome: chat.RelayLapsed})
	ask(old, "2026-10-01", ana, ben, chat.RelayEnd{Outcome: chat.RelayAccepted})
	question := put(near, "2026-11-21", chat.Relay{Kind: chat.RelayQuestion, FromID: noor, TeamID: chat.NewID()})

	check := func(when string, want ...chat.RelayCount) {
		got, err := w.store.RelayCounts(w.ctx, w.site.ID, "2026-11-20")
		w.must(err)
		for _, c := range got {
			if !slices.Contains(want, c) {
				w.Errorf("%s: counted %+v", when, c)
			}
		}
		if len(got) != len(want) {
			w.Errorf("%s: %d lines, want %d", when, len(got), len(want))
		}
	}
	most := []chat.RelayCount{
		{Kind: chat.RelayHandover, Outcome: chat.RelayReturned, Why: chat.RelayDeclined, FromID: ana, ToID: ben, N: 1},
		{Kind: chat.RelayHandover, Outcome: chat.RelayAccepted, FromID: ana, ToID: ben, N: 1},
		{Kind: chat.RelayRelease, Outcome: chat.RelayAccepted, FromID: ben, N: 1},
		{Kind: chat.RelayTakeover, Outcome: chat.RelayAccepted, FromID: ana, ToID: noor, N: 1},
		{Kind: chat.RelayAssignment, Outcome: chat.RelayAccepted, ToID: noor, N: 1},
		{Kind: chat.RelayHandover, Outcome: chat.RelayLapsed, FromID: noor, ToID: ana, N: 1},
	}
	check("while a question is open", append(slices.Clone(most), chat.RelayCount{Kind: chat.RelayQuestion, FromID: noor, N: 1})...)
	w.write(func(tx chat.Tx) error {
		return tx.EndRelay(question, chat.RelayEnd{Outcome: chat.RelayAccepted, ToID: ben})
	})
	w.write(func(tx chat.Tx) error { return tx.EndRelay(question, chat.RelayEnd{Outcome: chat.RelayLapsed}) }) // has ended
	all := append(slices.Clone(most), chat.RelayCount{Kind: chat.RelayQuestion, Outcome: chat.RelayAccepted, FromID: noor, ToID: ben, N: 1})
	check("once it is answered", all...)

	waits, err := w.store.RelayWaits(w.ctx, w.site.ID, "2026-11-20")
	w.must(err)
	if len(waits) != 1 || waits[0].Kind != chat.RelayHandover || waits[0].N != 1 || waits[0].Seconds < 5 { // nobody waited for the question
		w.Errorf("waits are %+v", waits)
	}
	w.farRelayed(1, far.ID)
	w.write(func(tx chat.Tx) error { _, err := tx.EraseConversation(far.ID); return err })
	check("once one is erased", all...)
	w.farRelayed(1)
}

// farRelayed holds what changed hands twice since the day against n and ids.
func (w *world) farRelayed(n int64, ids ...string) {
	w.Helper()
	got, list, err := w.store.FarRelayed(w.ctx, w.site.ID, "2026-11-20", 20)
	if err != nil || got != n || !slices.Equal(list, ids) {
		w.Errorf("%d changed hands twice: %v, %v; want %d: %v", got, list, err, n, ids)
	}
}
