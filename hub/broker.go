package hub

import (
	"context"
	"sync"

	"rapport/hub/chat"
)

// Signal is what servers tell each other: committed events, a ready frame for a
// topic or for whoever To names, a session or principal whose sockets must close, what
// was spent of limits, that a server's roster is another, or which rows of lists are.
// Exactly one of Events, Topic, To, Kick, Spent, Roster and Rows is set.
type Signal struct {
	Events []chat.Event
	Topic  string
	To     string // a person or agent
	Frame  []byte
	Kick   string
	Code   Code
	Spent  *Spent
	Roster string   // the server
	Rows   []string // conversations of Site whose rows have changed without an event
	Site   string

	except *Conn // means something on the server that sent it only
}

// Spent is what was taken of limits on one server since that has last told. It is for
// who keeps the limits; a hub passes over it.
type Spent struct {
	Server string     `json:"server"` // the name of its stay
	Of     []Spending `json:"of"`
}

// Spending is what somebody took of a limit.
type Spending struct {
	Limit string `json:"limit"`
	Key   string `json:"key"`
	N     int64  `json:"n"`
}

// Broker carries signals between servers. Its duties:
//
//   - every joined member gets every signal, the sender's own included;
//   - signals from one sender keep their order;
//   - at most once is enough: clients find gaps by numbers and beats, and
//     repeats are dropped by number;
//   - Publish may wait for room but returns when ctx ends; it reports an error
//     only if members other than the sender may have missed the signal;
//   - after the function that Join returned has returned, its member is called
//     no more.
type Broker interface {
	Publish(ctx context.Context, s Signal) error
	Join(member func(Signal)) (leave func())
}

// Memory joins hubs of one process. It is the broker of a server that is alone.
type Memory struct {
	mu      sync.RWMutex
	members map[int]func(Signal)
	next    int
}

var _ Broker = (*Memory)(nil)

// NewMemory returns a broker without members.
func NewMemory() *Memory { return &Memory{members: make(map[int]func(Signal))} }

// Publish calls every member before it returns, so order is the caller's. A
// member that is full makes the caller wait.
func (m *Memory) Publish(_ context.Context, s Signal) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, member := range m.members {
		member(s)
	}
	return nil
}

// Join adds a member.
func (m *Memory) Join(member func(Signal)) func() {
	m.mu.Lock()
	defer m.mu.Unlock()
	id := m.next
	m.next++
	m.members[id] = member
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.members, id)
	}
}
