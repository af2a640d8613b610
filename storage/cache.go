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
	// said are the client ids of all messages of those whose profile was made since this
	// was empty: of them it is known without a look what they have not said.
	said  map[string]map[string]struct{}
	saids int // client ids in said, at most
}

// maxCached bounds each kind, at about 1 KB an entry; maxSaid what people have said, at
// 50 bytes.
const (
	maxCached = 4096
	maxSaid   = 100_000
)

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
		said:          map[string]map[string]struct{}{},
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

// hear notes who is new and what people have said in a transaction.
func (c *cache) hear(born []string, events []chat.Event) {
	for _, id := range born {
		keep(c.said, id, map[string]struct{}{})
	}
	for i := range events {
		m := events[i].Message
		if m == nil || m.By != chat.ByPerson {
			continue
		}
		if said, known := c.said[m.ByID]; known {
			said[m.ClientID] = struct{}{}
			c.saids++
		}
	}
	if c.saids > maxSaid {
		clear(c.said)
		c.saids = 0
	}
}
