package storage

import "rapport/hub/chat"

// cache holds what the writer read and wrote last, so that a busy conversation
// costs no SELECT per message. Only the writer's goroutine touches it; it is
// right because no one else writes these rows, or tells of it (see turns), and it is
// emptied whenever a transaction is undone.
type cache struct {
	conversations map[string]chat.Conversation
	matters       map[string]chat.Matter
	guides        map[string][]chat.Prompt
	people        map[string]chat.Person
	merged        map[string]bool
	agents        map[string]chat.Agent
	heads         map[string]int64 // the last number of each site's stream
}

// maxCached bounds each kind, at about 1 KB an entry.
const maxCached = 4096

func newCache() *cache {
	c := &cache{}
	c.clear()
	return c
}

func (c *cache) clear() {
	*c = cache{
		conversations: map[string]chat.Conversation{},
		matters:       map[string]chat.Matter{},
		guides:        map[string][]chat.Prompt{},
		people:        map[string]chat.Person{},
		merged:        map[string]bool{},
		agents:        map[string]chat.Agent{},
		heads:         map[string]int64{},
	}
}

// drop forgets what is held under an id, whatever it is of.
func (c *cache) drop(id string) {
	delete(c.conversations, id)
	delete(c.matters, id)
	delete(c.guides, id)
	delete(c.people, id)
	delete(c.merged, id)
	delete(c.agents, id)
}

func keep[T any](m map[string]T, id string, v T) {
	if len(m) >= maxCached {
		// Emptying costs a few reads now and then and needs no bookkeeping.
		clear(m)
	}
	m[id] = v
}
