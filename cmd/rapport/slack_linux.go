package main

import "C" // slack_linux.c

import "golang.org/x/sys/unix"

// The runtime's watchdog (sysmon in Go's runtime/proc.go) looks every 20 µs for threads
// that stay long in a system call or in C, and while SQLite writes there always is one:
// on a busy server waking up takes 4 to 8 % of all processor time. With some slack
// (prctl(2), PR_SET_TIMERSLACK) it looks four times less often. Threads inherit it, so
// that whoever sleeps in the kernel for less than a millisecond sets its own; the
// runtime's timers count in milliseconds and are not touched.
func init() { _ = unix.Prctl(unix.PR_SET_TIMERSLACK, 50_000, 0, 0, 0) }
