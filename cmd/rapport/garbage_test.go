package main

import "testing"

func TestCollectorTarget(t *testing.T) {
	for live, want := range map[uint64]int{0: 400, 1 << 20: 400, 32 << 20: 250, 64 << 20: 150, 1 << 30: 56, 1 << 40: 50} {
		if got := target(live); got != want {
			t.Errorf("target of a live heap of %d bytes is %d %%, want %d", live, got, want)
		}
	}
}
