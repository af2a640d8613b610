package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The first thread after the main one is the runtime's watchdog.
func TestOnlyTheWatchdogWakesLate(t *testing.T) {
	entries, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	var threads []int
	for _, e := range entries {
		id, err := strconv.Atoi(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, id)
	}
	slices.Sort(threads)
	for i, want := range []string{"50000", "300000"} {
		got, err := os.ReadFile(fmt.Sprintf("/proc/%d/timerslack_ns", threads[i]))
		if os.IsPermission(err) {
			t.Skip("only root may ask: ", err)
		}
		if err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(string(got)) != want {
			t.Errorf("thread %d may be late by %s ns, want %s", i, got, want)
		}
	}
}
