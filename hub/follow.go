package hub

import (
	"strings"

	"rapport/hub/chat"
)

// follow lets everybody who listens to a person hear a conversation that this
// person has begun. It runs in the fan-out, before the conversation's first
// event is delivered, so they hear it from there on and need nothing of the past.
func (f *fan) follow(e *chat.Event) {
	if e.Type != chat.ConversationStarted || e.By != chat.ByPerson {
		return
	}
	_, subs := f.hub.topics.listeners(PersonTopic(e.ByID), nil)
	for _, s := range subs {
		f.hub.join(s, PublicTopic(e.ConversationID))
	}
}

// join subscribes the connection of person to a topic. While that subscription
// is held, because the door has not greeted yet, the new one is held too.
func (h *Hub) join(person *sub, name string) {
	c := person.conn
	c.mu.Lock()
	fresh := !person.off && h.enter(c, name, person.held != nil)
	c.mu.Unlock()
	if fresh {
		h.attend(c, name, true)
	}
}

// Listens reports whether c listens to a topic.
func (h *Hub) Listens(c *Conn, name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.find(name) >= 0
}

// Conversations are the ids of those whose public topic c listens to.
func (h *Hub) Conversations(c *Conn) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []string
	for _, s := range c.subs {
		if id, public := strings.CutPrefix(s.topic.name, publicPrefix); public {
			ids = append(ids, id)
		}
	}
	return ids
}
