package storagetest

import (
	"slices"

	"rapport/hub/chat"
)

// figures: facts since a day are counted as one counts them by hand; the last closing of
// a conversation counts, and the last word of its customer; and they go on counting once
// it is erased.
func figures(w *world) {
	ana, ben := w.agent.ID, w.newAgent(chat.AgentRole).ID
	quick, slow, never, old := w.started(nil), w.started(nil), w.started(nil), w.started(nil)
	const before, first, second = "2026-11-01", "2026-11-20", "2026-11-21"
	at := chat.Time(0)
	put := func(c chat.Conversation, day string, kind chat.FactKind, agent string, value int64) {
		at++
		w.write(func(tx chat.Tx) error {
			return tx.Record(&chat.Fact{ID: chat.NewID(), SiteID: w.site.ID, ConversationID: c.ID, MatterID: c.MatterID, AgentID: agent, Kind: kind, Value: value, Day: day, At: at})
		})
	}
	for _, c := range []chat.Conversation{quick, slow, never} {
		put(c, first, chat.FactStarted, "", 0)
	}
	put(old, before, chat.FactStarted, "", 0)
	put(old, before, chat.FactFirstResponse, ana, 2_000)
	put(quick, first, chat.FactFirstResponse, ana, 9_999)
	put(slow, second, chat.FactFirstResponse, ben, 90_000)
	put(quick, first, chat.FactClosed, ana, 60_000)
	put(quick, second, chat.FactClosed, ben, 120_000) // it was opened again
	put(never, second, chat.FactClosed, "", 30_000)
	put(never, second, chat.FactNoAnswer, "", 5)
	put(old, second, chat.FactClosed, ana, 9_000_000) // answered before the range
	put(quick, first, chat.FactRating, ana, 1)
	put(quick, second, chat.FactRating, ana, 5) // they thought better of it
	put(slow, second, chat.FactRating, ben, 2)
	put(slow, second, chat.FactSolved, ben, 0)
	put(old, second, chat.FactSolved, ana, 0)
	put(old, second, chat.FactSolved, ana, 1)
	put(slow, second, chat.FactPromiseKept, ben, -3)

	check := func(when string) {
		counts, err := w.store.FactCounts(w.ctx, w.site.ID, first)
		w.must(err)
		alike(w, when, counts, []chat.FactCount{
			{Kind: chat.FactStarted, Day: first, N: 3}, {Kind: chat.FactNoAnswer, Day: second, N: 1}, {Kind: chat.FactPromiseKept, AgentID: ben, Day: second, N: 1},
		})
		times, err := w.store.FactTimes(w.ctx, w.site.ID, first)
		w.must(err)
		if want := []chat.FactTime{
			{Kind: chat.FactClosed, Day: second, Seconds: 30, N: 1}, {Kind: chat.FactClosed, AgentID: ben, Day: second, Seconds: 120, N: 1}, {Kind: chat.FactClosed, AgentID: ana, Day: second, Seconds: 9_000, N: 1},
			{Kind: chat.FactFirstResponse, AgentID: ana, Day: first, Seconds: 9, N: 1}, {Kind: chat.FactFirstResponse, AgentID: ben, Day: second, Seconds: 90, N: 1},
		}; !slices.Equal(times, want) {
			w.Errorf("%s: times are %+v", when, times)
		}
		said, err := w.store.FactsSaid(w.ctx, w.site.ID, first)
		w.must(err)
		alike(w, when, said, []chat.FactSaid{
			{Kind: chat.FactRating, AgentID: ana, Value: 5, N: 1}, {Kind: chat.FactRating, AgentID: ben, Value: 2, N: 1},
			{Kind: chat.FactSolved, AgentID: ben, Value: 0, N: 1}, {Kind: chat.FactSolved, AgentID: ana, Value: 1, N: 1},
		})
	}
	behind := func(when string, n int64, unanswered, unhappy []string) {
		got, ids, err := w.store.Unanswered(w.ctx, w.site.ID, first, 20)
		if err != nil || got != n || !slices.Equal(ids, unanswered) {
			w.Errorf("%s: %d unanswered: %v, %v", when, got, ids, err)
		}
		ids, err = w.store.Unhappy(w.ctx, w.site.ID, first, 20)
		if err != nil || !slices.Equal(ids, unhappy) {
			w.Errorf("%s: unhappy: %v, %v", when, ids, err)
		}
	}
	check("at first")
	behind("at first", 1, []string{never.ID}, []string{slow.ID})
	for _, c := range []chat.Conversation{never, quick, slow} {
		w.write(func(tx chat.Tx) error { _, err := tx.EraseConversation(c.ID); return err })
	}
	check("once they are erased")
	behind("once they are erased", 1, nil, nil)
}

// alike reports lines that only one of two lists has.
func alike[T comparable](w *world, when string, got, want []T) {
	w.Helper()
	for _, x := range got {
		if !slices.Contains(want, x) {
			w.Errorf("%s: %+v is not so", when, x)
		}
	}
	if len(got) != len(want) {
		w.Errorf("%s: %d lines, want %d", when, len(got), len(want))
	}
}
