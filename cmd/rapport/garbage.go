package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

const (
	// freeRoom is the memory that may fill with garbage however little is in
	// use: with a live heap of 8 MB the collector would run for every 8 MB.
	freeRoom = 32 << 20
	// most bounds the collector's target, in percent of the live heap.
	most = 400
)

// tuneCollector makes the collector's target depend on the live heap: a small
// heap is collected at every 32 MB of garbage, a large one at every doubling, as
// usual. A GOGC of the user's own wins.
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
	return int(min(most, max(100, freeRoom*100/max(live, 1))))
}
