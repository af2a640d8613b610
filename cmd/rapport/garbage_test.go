package main

import "testing"

func TestCollectorTarget(t *testing.T) {
	for live, want := range map[uint64]int{0: 1200, 1 << 20: 1200, 12 << 20: 1100, 72 << 20: 100, 144 << 20: 60, 1 << 40: 60} {
		if got := target(live); got != want {
			t.Errorf("target of a live heap of %d bytes is %d %%, want %d", live, got, want)
		}
	}
}
