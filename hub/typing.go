package hub

import (
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

const (
	typingFor = 10 * time.Second // without another sign
	claimFor  = 30 * time.Second // an agent's typing keeps colleagues off
	maxTyping = 20_000           // writers remembered; a flood beyond is not passed on
)

// typist is somebody writing in one conversation. kind is that of the message:
// a note is not shown to the visitor.
type typist struct {
	conversation string
	id           string
	kind         chat.MessageKind
}

// claim is a hint that somebody is about to answer.
type claim struct {
	agent chat.AgentCard
	until time.Time
	far   bool // it was made at another server
}

type teamTyping struct {
	Type           string           `json:"type"`
	ConversationID string           `json:"conversation_id"`
	Who            wire.Author      `json:"who"`
	Kind           chat.MessageKind `json:"kind"`
	On             bool             `json:"on"`
}

type visitorTyping struct {
	Type           string         `json:"type"`
	ConversationID string         `json:"conversation_id"`
	Agent          chat.AgentCard `json:"agent"`
	On             bool           `json:"on"`
}

// PersonTyping tells agents that the customer writes, or has stopped. Without
// another call it ends by itself.
func (h *Hub) PersonTyping(c *Conn, conversationID string, who wire.Author, on bool) {
	t := typist{conversationID, who.ID, chat.Reply}
	if h.presence.note(t, who, on) {
		h.tellTyping(t, who, chat.AgentCard{}, on, c)
	}
}

// AgentTyping tells colleagues that an agent writes and, unless it is a note,
// the customer too. A reply claims the conversation for a while.
func (h *Hub) AgentTyping(c *Conn, conversationID string, kind chat.MessageKind, on bool) {
	card := c.Principal().Card
	who := wire.Author{Kind: chat.ByAgent, ID: card.ID, Name: card.Name}
	t := typist{conversationID, card.ID, kind}
	if h.presence.note(t, who, on) {
		h.tellTyping(t, who, card, on, c)
	}
	if on && kind == chat.Reply {
		h.presence.claim(conversationID, card)
	}
}

func (h *Hub) tellTyping(t typist, who wire.Author, card chat.AgentCard, on bool, except *Conn) {
	h.Broadcast(TeamTopic(t.conversation), wire.Encode(teamTyping{"typing", t.conversation, who, t.kind, on}), except)
	if who.Kind == chat.ByAgent && t.kind == chat.Reply {
		h.Broadcast(PublicTopic(t.conversation), wire.Encode(visitorTyping{"typing", t.conversation, card, on}), nil)
	}
}

// note remembers a sign and reports whether it is worth passing on: the end of
// what never began is not.
func (p *presence) note(t typist, who wire.Author, on bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, known := p.typing[t]
	if !on {
		delete(p.typing, t)
		delete(p.talk, t)
		return known
	}
	if !known && len(p.typing) >= maxTyping {
		return false
	}
	p.typing[t] = time.Now().Add(typingFor)
	p.talk[t] = who
	return true
}

// claim is kept by who has it; others get it when it has run out. Colleagues
// are told when it changes hands.
func (p *presence) claim(conversationID string, card chat.AgentCard) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	held, ok := p.claims[conversationID]
	mine := ok && held.agent.ID == card.ID
	if ok && !mine && now.Before(held.until) {
		return
	}
	p.claims[conversationID] = claim{card, now.Add(claimFor), false}
	if !mine {
		p.watchAgain(conversationID, now)
		p.rolls()
	}
}

// answered ends the claims of agents whose replies or cards are among the events:
// they have done what was announced.
func (p *presence) answered(events []chat.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range events {
		e := &events[i]
		said := e.Type == chat.MessagePosted || e.Type == chat.CardWasSent
		if c, ok := p.claims[e.ConversationID]; ok && said && e.By == chat.ByAgent && e.ByID == c.agent.ID {
			delete(p.claims, e.ConversationID)
			if p.others != nil {
				p.others.ended[e.ConversationID] = time.Now()
			}
			p.watchAgain(e.ConversationID, time.Now())
		}
	}
}

// ClaimedBy is the agent who has begun to answer a conversation, or nil.
func (h *Hub) ClaimedBy(conversationID string) *chat.AgentCard {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if c, ok := p.claims[conversationID]; ok && time.Now().Before(c.until) {
		return &c.agent
	}
	return nil
}

// tellSilence ends typing and claims that have run out.
func (h *Hub) tellSilence(now time.Time) {
	for t, who := range h.presence.silent(now) {
		card := chat.AgentCard{ID: who.ID, Name: who.Name}
		h.tellTyping(t, who, card, false, nil)
	}
}

func (p *presence) silent(now time.Time) map[typist]wire.Author {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, c := range p.claims {
		if !now.Before(c.until) {
			delete(p.claims, id)
			p.watchAgain(id, now)
		}
	}
	var out map[typist]wire.Author
	for t, until := range p.typing {
		if now.Before(until) {
			continue
		}
		if out == nil {
			out = make(map[typist]wire.Author)
		}
		out[t] = p.talk[t]
		delete(p.typing, t)
		delete(p.talk, t)
	}
	return out
}
