package hub

import (
	"context"
	"fmt"
	"time"
)

// leaveStep is how many sockets are told to leave at once while draining, so
// that clients do not all come back in one instant.
const leaveStep = 400

// Drain refuses newcomers, closes every socket as Leaving and waits until all
// goroutines of the hub have ended. When ctx ends first the sockets are cut and
// the error says how many; the hub has ended all the same. A second call only
// waits.
func (h *Hub) Drain(ctx context.Context) error {
	h.gate.Lock()
	h.draining = true
	h.gate.Unlock()

	gone := make(chan struct{})
	go func() {
		h.conns.Wait()
		close(gone)
	}()
	h.tellLeaving(ctx)
	var err error
	select {
	case <-gone:
	case <-ctx.Done():
		err = fmt.Errorf("drain: %d sockets cut: %w", h.cut(), ctx.Err())
		h.cancel() // a door that waits for the store gives up
		<-gone
	}
	h.cancel()
	h.loops.Wait()
	h.leave()
	return err
}

// tellLeaving closes all sockets in steps.
func (h *Hub) tellLeaving(ctx context.Context) {
	pause := time.NewTicker(10 * time.Millisecond)
	defer pause.Stop()
	n := 0
	for slot := range slots {
		for _, c := range h.wheel.at(slot) {
			c.Close(Leaving)
			if n++; n%leaveStep != 0 {
				continue
			}
			select {
			case <-pause.C:
			case <-ctx.Done():
				return
			}
		}
	}
}

// cut closes all sockets without a word.
func (h *Hub) cut() (n int) {
	for slot := range slots {
		for _, c := range h.wheel.at(slot) {
			_ = c.nc.Close() // its reader and flusher notice
			n++
		}
	}
	return n
}
