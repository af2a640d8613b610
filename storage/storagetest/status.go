package storagetest

import (
	"time"

	"rapport/hub/chat"
)

// statuses: an agent has one, and the last word counts.
func statuses(w *world) {
	now := chat.Time(w.clock.Load())
	if _, err := w.store.AgentStatus(w.ctx, w.agent.ID); !chat.Is(err, chat.NotFound) {
		w.Errorf("who has said nothing: %v", err)
	}
	away := chat.AgentStatus{AgentID: w.agent.ID, Status: chat.Away, Reason: "Lunch", Auto: true}
	w.must(w.store.SaveAgentStatus(w.ctx, &away))
	busy := chat.AgentStatus{AgentID: w.agent.ID, Status: chat.Online, NoNewUntil: now.Add(time.Minute)}
	for _, want := range []*chat.AgentStatus{&away, &busy} {
		w.must(w.store.SaveAgentStatus(w.ctx, want))
		if got, err := w.store.AgentStatus(w.ctx, w.agent.ID); err != nil || *got != *want || got.At != now {
			w.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if got, err := w.store.AgentStatusesSince(w.ctx, now); err != nil || len(got) != 1 || got[0] != busy {
		w.Errorf("said since then: %+v, %v", got, err)
	}
	if got, err := w.store.AgentStatusesSince(w.ctx, now+1); err != nil || len(got) != 0 {
		w.Errorf("said since later: %+v, %v", got, err)
	}
}
