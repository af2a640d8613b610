//go:build !linux

package storage

import "time"

// rest is late by up to a millisecond.
func rest(d time.Duration) { time.Sleep(d) }
