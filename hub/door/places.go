package door

import "sync"

// Places counts who is there at once by a key, such as a network or a person,
// and lets no more than most of each in.
type Places struct {
	most int

	mu    sync.Mutex
	taken map[string]int
}

// NewPlaces makes a count with most places for each key.
func NewPlaces(most int) *Places { return &Places{most: most, taken: make(map[string]int)} }

// Enter takes a place, or reports false where none is left. Who got one gives it
// back with Leave.
func (p *Places) Enter(key string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken[key] >= p.most {
		return false
	}
	p.taken[key]++
	return true
}

// Leave gives a place back.
func (p *Places) Leave(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken[key]--; p.taken[key] <= 0 {
		delete(p.taken, key)
	}
}
