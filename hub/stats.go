package hub

import (
	"sync"
	"sync/atomic"
)

// Stats are the hub's counters since its start, and its state now.
type Stats struct {
	Open      int64            `json:"open"` // sockets now
	Accepted  int64            `json:"accepted"`
	FramesIn  int64            `json:"frames_in"`
	FramesOut int64            `json:"frames_out"`
	BytesOut  int64            `json:"bytes_out"`
	Topics    int              `json:"topics"` // with a subscriber now
	Closes    map[string]int64 `json:"closes"` // by the name of the code
}

type counters struct {
	open, accepted, framesIn, framesOut, bytesOut atomic.Int64

	mu     sync.Mutex
	closes map[Code]int64
}

func (s *counters) closed(code Code) {
	s.open.Add(-1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closes == nil {
		s.closes = make(map[Code]int64)
	}
	s.closes[code]++
}

// Stats reads the counters; they are not of one instant.
func (h *Hub) Stats() Stats {
	s := &h.stats
	out := Stats{
		Open: s.open.Load(), Accepted: s.accepted.Load(), FramesIn: s.framesIn.Load(),
		FramesOut: s.framesOut.Load(), BytesOut: s.bytesOut.Load(),
		Topics: h.topics.size(), Closes: make(map[string]int64),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for code, n := range s.closes {
		out.Closes[code.Name()] += n
	}
	return out
}
