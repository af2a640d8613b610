package main

import (
	"context"
	"time"
)

// countsEvery is how often the log tells what was counted.
const countsEvery = time.Hour

// tellCounts writes the counters to the log once an hour until ctx ends.
func (s *server) tellCounts(ctx context.Context) {
	tick := time.NewTicker(countsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			s.logCounts("counts")
		}
	}
}

// logCounts writes what was counted since the start: sockets, how they ended,
// and every refusal by its code, of requests and of frames.
func (s *server) logCounts(event string) {
	h := s.hub.Stats()
	s.log.Info(event, "sockets", h.Open, "accepted", h.Accepted, "frames_in", h.FramesIn, "frames_out", h.FramesOut,
		"closes", h.Closes, "refused_frames", h.Refused, "refused_requests", s.app.Failures(), "writer_queue", s.store.QueueLength())
}
