package main

import (
	"context"
	"sync/atomic"
	"time"
)

const (
	// leaveTime is how long one of several servers that stops goes on while it says that
	// it does: whoever sends it clients looks within that time.
	leaveTime = 3 * time.Second
	// watchedWithin is how often at least somebody looks who is to be waited for.
	watchedWithin = 10 * time.Second
)

// leaving is whether this server is about to stop, for those who ask whether it can work.
type leaving struct {
	began atomic.Bool
	asked atomic.Int64 // when somebody last did, in nanoseconds since 1970
}

// ask notes that somebody looks, and reports whether the server is about to stop.
func (l *leaving) ask() bool {
	l.asked.Store(time.Now().UnixNano())
	return l.began.Load()
}

// leave gives a proxy that watches this server the time to turn to the others, so that no
// request comes to a closed door. It does not wait where there are no others, where nobody
// watches, or where nothing can be done here any more.
func (s *server) leave() {
	s.leaving.began.Store(true)
	ctx, cancel := context.WithTimeout(context.Background(), leaveTime)
	defer cancel()
	watched := time.Since(time.Unix(0, s.leaving.asked.Load())) < watchedWithin
	if s.others.bell == nil || !watched || s.store.Ready(ctx) != nil {
		return
	}
	<-ctx.Done()
}
