package hub

import (
	"slices"
	"sync"
)

// directory finds sockets by who they belong to.
type directory struct {
	mu         sync.Mutex
	principals map[string][]*Conn
	sessions   map[string][]*Conn
}

func newDirectory() *directory {
	return &directory{principals: make(map[string][]*Conn), sessions: make(map[string][]*Conn)}
}

// enter lists a connection and reports how many its principal has now.
func (d *directory) enter(c *Conn, p *Principal) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.principals[p.ID] = append(d.principals[p.ID], c)
	if p.Session != "" {
		d.sessions[p.Session] = append(d.sessions[p.Session], c)
	}
	return len(d.principals[p.ID])
}

// exit strikes it out and reports how many remain.
func (d *directory) exit(c *Conn, p *Principal) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	strike(d.sessions, p.Session, c)
	strike(d.principals, p.ID, c)
	return len(d.principals[p.ID])
}

func strike(m map[string][]*Conn, key string, c *Conn) {
	list := m[key]
	i := slices.Index(list, c)
	switch {
	case i < 0:
	case len(list) == 1:
		delete(m, key)
	default:
		m[key] = slices.Delete(list, i, i+1)
	}
}

func (d *directory) session(id string) []*Conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.sessions[id])
}

func (d *directory) principal(id string) []*Conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.principals[id])
}

// ConnsOf lists the sockets of a person or agent on this server.
func (h *Hub) ConnsOf(principalID string) []*Conn { return h.people.principal(principalID) }
