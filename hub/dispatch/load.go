package dispatch

import (
	"rapport/hub/chat"
	"rapport/hub/routing"
)

// loads are what each agent has and is offered, with the sum of it in tenths kept, so
// that no look adds up what hundreds of agents have.
type loads struct {
	held  map[string]chat.Held // by conversation
	open  map[string]offered   // by conversation
	sums  map[string]int64     // by agent
	count map[string]int64     // conversations that an agent has
}

// offered is an offer that stands, with what it weighs.
type offered struct {
	chat.Offer
	weight int64
}

func newLoads() loads {
	return loads{held: map[string]chat.Held{}, open: map[string]offered{}, sums: map[string]int64{}, count: map[string]int64{}}
}

// add changes an agent's sum, and forgets whoever has nothing.
func (l *loads) add(agentID string, by int64) {
	if l.sums[agentID] += by; l.sums[agentID] == 0 {
		delete(l.sums, agentID)
	}
}

// hold notes that an agent has a conversation, in place of whoever had it.
func (l *loads) hold(h chat.Held) {
	l.drop(h.ID)
	l.held[h.ID] = h
	l.count[h.AgentID]++
	l.add(h.AgentID, routing.Weight(h.Complaint, h.Mood))
}

// drop notes that nobody has a conversation any more, and returns who had it.
func (l *loads) drop(id string) (had string) {
	h, is := l.held[id]
	if !is {
		return ""
	}
	delete(l.held, id)
	if l.count[h.AgentID]--; l.count[h.AgentID] == 0 {
		delete(l.count, h.AgentID)
	}
	l.add(h.AgentID, -routing.Weight(h.Complaint, h.Mood))
	return h.AgentID
}

// offer notes an offer that stands, of what weighs so much, in place of one before.
func (l *loads) offer(o chat.Offer, weight int64) {
	l.end(o.ConversationID)
	l.open[o.ConversationID] = offered{o, weight}
	l.add(o.AgentID, weight)
}

// weightOf is what a conversation that somebody has weighs, and any other at least.
func (l *loads) weightOf(conversationID string) int64 {
	h := l.held[conversationID]
	return routing.Weight(h.Complaint, h.Mood)
}

// end notes that an offer stands no more, and returns it.
func (l *loads) end(conversationID string) (o chat.Offer, was bool) {
	ended, was := l.open[conversationID]
	if was {
		delete(l.open, conversationID)
		l.add(ended.AgentID, -ended.weight)
	}
	return ended.Offer, was
}
