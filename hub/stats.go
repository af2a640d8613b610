package hub

import (
	"sync"
	"sync/atomic"

	"rapport/hub/chat"
)

// Stats are the hub's counters since its start, and its state now.
type Stats struct {
	Open      int64            `json:"open"` // sockets now
	Accepted  int64            `json:"accepted"`
	FramesIn  int64            `json:"frames_in"`
	FramesOut int64            `json:"frames_out"`
	BytesOut  int64            `json:"bytes_out"`
	Topics    int              `json:"topics"`  // with a subscriber now
	Closes    map[string]int64 `json:"closes"`  // by the name of the code
	Refused   map[string]int64 `json:"refused"` // frames answered with an error, by its code
}

type counters struct {
	open, accepted, framesIn, framesOut, bytesOut atomic.Int64

	mu      sync.Mutex
	closes  map[Code]int64
	refused map[chat.Code]int64
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

// CountRefused notes that a door has answered a frame with an error.
func (h *Hub) CountRefused(code chat.Code) {
	s := &h.stats
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refused == nil {
		s.refused = make(map[chat.Code]int64)
	}
	s.refused[code]++
}

// Stats reads the counters; they are not of one instant.
func (h *Hub) Stats() Stats {
	s := &h.stats
	out := Stats{
		Open: s.open.Load(), Accepted: s.accepted.Load(), FramesIn: s.framesIn.Load(),
		FramesOut: s.framesOut.Load(), BytesOut: s.bytesOut.Load(),
		Topics: h.topics.size(), Closes: make(map[string]int64), Refused: make(map[string]int64),
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for code, n := range s.closes {
		out.Closes[code.Name()] += n
	}
	for code, n := range s.refused {
		out.Refused[string(code)] = n
	}
	return out
}
