// Package hub keeps the live connections: it owns every socket after the
// upgrade, reads and bounds what comes in, hands frames to a door, and fans out
// what the store has committed. It knows neither Fiber nor SQL.
//
// # Order
//
// Publish is called in commit order. Frames of one conversation reach each
// subscriber in that order, once: a subscription remembers the last number it
// was given, drops what lies at or below it, and cuts a frame that straddles
// it. Frames that carry no number (typing, marks) keep their place between
// those that do. Between topics nothing is promised.
//
// A socket that listens to a person is subscribed to each conversation that this
// person begins, before its first event is delivered.
//
// # Nothing waits for a slow reader
//
// Send and fan-out never block. Each connection has a bounded queue and no
// standing writer. Whoever fills an empty queue writes what the socket takes at
// once, under the connection's own lock; for the rest a flusher is started, which
// may wait, holds no lock meanwhile and ends with the queue. A connection that
// overruns its bounds is closed by name (slow_reader); its client comes back with
// the last number it holds and reads the rest from the store. No store is asked
// while a lock is held.
//
// # Gaps show
//
// Every beat carries the heads of the numbered topics that its connection
// listens to, never ahead of what was queued before it, so a client that lost
// something learns it within one beat.
//
// # Lifecycle
//
// Adopt takes a raw connection and owns it from then on: it alone closes it. A
// connection has one reader goroutine, which ends it; Gone is called once,
// after the last Frame. Drain refuses newcomers, closes everybody with
// server_leaving and returns when every goroutine of the hub has ended.
//
// Presence, typing and claims live in memory and are lost with the process;
// nothing durable depends on them or on the broker.
package hub
