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
	// freeRoom is the memory that may fill with garbage however little is in
	// use: with a live heap of 8 MB the collector would run for every 8 MB.
	freeRoom = 64 << 20
	// least and most bound the collector's target, in percent of the live heap.
	least, most = 50, 400
)

// tuneCollector makes the collector's target depend on the live heap: garbage
// may fill 64 MB and half as much as is in use. A small heap is collected less
// often than usual, and one of 19,000 visitors leaves less memory unused. A GOGC
// of the user's own wins.
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
	return int(min(most, least+freeRoom*100/max(live, 1)))
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
