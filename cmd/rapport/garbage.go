package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

const (
	// heapRoom is the memory that the heap may fill before it is collected, however little
	// of it is in use: with a live heap of 8 MB the collector would run for every 8 MB.
	heapRoom = 144 << 20
	// least and most bound the collector's target, in percent of the live heap.
	least, most = 60, 1200
)

// tuneCollector makes the collector's target depend on the live heap: a small heap is
// collected less often than usual, which takes a twentieth off what a busy server
// computes, and one of 19,000 visitors leaves less memory unused. What a burst has left
// is given back once it is over. A GOGC of the user's own wins.
func tuneCollector() {
	if os.Getenv("GOGC") != "" {
		return
	}
	setTarget()
	afterCollection()
}

// sentinel is garbage at once, so that its cleanup runs after each collection.
type sentinel struct{ _ *byte }

func afterCollection() {
	runtime.AddCleanup(&sentinel{}, func(struct{}) {
		setTarget()
		afterCollection()
	}, struct{}{})
}

func setTarget() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetGCPercent(target(live[0].Value.Uint64()))
}

// target is the percentage for a live heap of this size.
func target(live uint64) int {
	if live >= heapRoom {
		return least
	}
	return int(min(most, max(least, (heapRoom-live)*100/max(live, 1))))
}

const (
	lookEvery = 10 * time.Second
	calm      = 8 << 20  // bytes allocated between two looks of a server at rest
	burst     = 24 << 20 // bytes allocated since the last time that make it worth while: one sign-in is enough
)

// giveBack returns to the system what the start has left behind, and later what
// a burst has, once it is over: the runtime would keep it until the next
// collection, which a server at rest has no reason for.
func giveBack(ctx context.Context) {
	debug.FreeOSMemory()
	ticker := time.NewTicker(lookEvery)
	defer ticker.Stop()
	use := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	var last, given uint64
	for {
		metrics.Read(use)
		allocated := use[0].Value.Uint64()
		if allocated-last < calm && allocated-given > burst {
			debug.FreeOSMemory()
			given = allocated
		}
		last = allocated
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}
