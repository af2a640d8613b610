package dispatch

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"rapport/hub/chat"
	"rapport/hub/routing"
)

// The sums are what adding it all up comes to, whatever happens in whichever order.
func TestLoadsAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := newLoads()
		agents, ids := []string{"ana", "ben"}, []string{"c1", "c2", "c3"}
		for range rapid.IntRange(1, 40).Draw(r, "deeds") {
			agent, id := rapid.SampledFrom(agents).Draw(r, "agent"), rapid.SampledFrom(ids).Draw(r, "id")
			switch rapid.IntRange(0, 3).Draw(r, "deed") {
			case 0:
				l.hold(chat.Held{ID: id, AgentID: agent, Mood: rapid.SampledFrom([]chat.Mood{chat.Fine, chat.Upset}).Draw(r, "mood")})
			case 1:
				l.drop(id)
			case 2:
				l.offer(chat.Offer{ConversationID: id, AgentID: agent}, rapid.Int64Range(1, 30).Draw(r, "weight"))
			case 3:
				l.end(id)
			}
			sums, count := map[string]int64{}, map[string]int64{}
			for _, h := range l.held {
				sums[h.AgentID] += routing.Weight(h.Complaint, h.Mood)
				count[h.AgentID]++
			}
			for _, o := range l.open {
				sums[o.AgentID] += o.weight
			}
			if !maps.Equal(sums, l.sums) || !maps.Equal(count, l.count) {
				r.Fatalf("it has %v and %v, which is %v and %v", l.sums, l.count, sums, count)
			}
		}
	})
}
