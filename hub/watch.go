package hub

import (
	"slices"
	"strings"
	"time"

	"rapport/hub/chat"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

type watchingFrame struct {
	Type           string           `json:"type"`
	ConversationID string           `json:"conversation_id"`
	Agents         []chat.AgentCard `json:"agents"`
	PersonOnline   bool             `json:"person_online"`
	Answering      *chat.AgentCard  `json:"answering"` // who has claimed it, or null
}

// look is a socket that has a conversation open.
type look struct {
	conversation string
	conn         *Conn
}

// Unseen keeps a socket out of Watching for one conversation, or lists it again. Whoever
// keeps it out lists it again before it is gone, at the latest in Door.Gone.
func (h *Hub) Unseen(c *Conn, conversationID string, on bool) {
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	if on {
		p.unseen[look{conversationID, c}] = struct{}{}
	} else {
		delete(p.unseen, look{conversationID, c})
	}
	p.watchAgain(conversationID, time.Now())
}

func (p *presence) shows(c *Conn, conversationID string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, hidden := p.unseen[look{conversationID, c}]
	return !hidden
}

// attend notes that who listens to a conversation has changed, if an agent has
// it open. A customer who goes from page to page stays online meanwhile.
func (h *Hub) attend(c *Conn, name string, came bool) {
	id, team := strings.CutPrefix(name, teamPrefix)
	if !team {
		var public bool
		if id, public = strings.CutPrefix(name, publicPrefix); !public || !h.openSomewhere(id) {
			return
		}
	}
	due := time.Now()
	if !team && !came {
		due = due.Add(awayQuiet)
	}
	p := h.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watchAgain(id, due)
}

// openSomewhere reports whether an agent has a conversation open, at whichever server.
func (h *Hub) openSomewhere(conversationID string) bool {
	if h.topics.find(TeamTopic(conversationID)) != nil {
		return true
	}
	if wanted := h.wanted.Load(); wanted != nil {
		_, open := (*wanted)[conversationID]
		return open
	}
	return false
}

// watchAgain makes a conversation's watching frame due, no later than it was.
// The lock is held.
func (p *presence) watchAgain(id string, due time.Time) {
	if old, ok := p.watching[id]; !ok || due.Before(old) {
		p.watching[id] = due
	}
	p.rolls()
}

// Watching lists the agents who have a conversation open, by name and without those
// Unseen, and whether its customer is connected.
func (h *Hub) Watching(conversationID string) ([]chat.AgentCard, bool) {
	agents := h.watchers(conversationID)
	far, there := h.presence.elsewhere(conversationID)
	for _, a := range far {
		agents = withCard(agents, a)
	}
	sorted.By(agents, func(a, b chat.AgentCard) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return agents, there || h.topics.find(PublicTopic(conversationID)) != nil
}

// watchers are those of them who are connected here, in no order.
func (h *Hub) watchers(conversationID string) []chat.AgentCard {
	_, subs := h.topics.listeners(TeamTopic(conversationID), nil)
	agents := []chat.AgentCard{}
	for _, s := range subs {
		if p := s.conn.Principal(); p.Kind == chat.ByAgent && h.presence.shows(s.conn, conversationID) {
			agents = withCard(agents, p.Card)
		}
	}
	return agents
}

// withCard adds an agent who is not among them yet.
func withCard(agents []chat.AgentCard, card chat.AgentCard) []chat.AgentCard {
	if slices.ContainsFunc(agents, func(a chat.AgentCard) bool { return a.ID == card.ID }) {
		return agents
	}
	return append(agents, card)
}

// tellWatching sends the watching frames that are due.
func (h *Hub) tellWatching(now time.Time) {
	for _, id := range h.presence.watchingDue(now) {
		if h.topics.find(TeamTopic(id)) != nil {
			h.local(TeamTopic(id), h.watchingNow(id))
		}
	}
}

// TellWatching sends one connection who has a conversation open and whether its
// customer is there, now: others hear of it at the next turn.
func (h *Hub) TellWatching(c *Conn, conversationID string) error {
	return c.Send(h.watchingNow(conversationID))
}

func (h *Hub) watchingNow(conversationID string) []byte {
	agents, online := h.Watching(conversationID)
	return wire.Encode(watchingFrame{"watching", conversationID, agents, online, h.ClaimedBy(conversationID)})
}

func (p *presence) watchingDue(now time.Time) (ids []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, due := range p.watching {
		if !now.Before(due) {
			ids = append(ids, id)
			delete(p.watching, id)
		}
	}
	return ids
}
