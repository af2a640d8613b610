// Package bench measures Rapport from outside: it drives real sockets against
// the real server, which runs as a process of its own, and prints percentiles,
// processor time and memory beside what they must reach.
//
// Load is an open loop: every message has a moment when it is to be sent, and
// its latency counts from that moment, so that a server that stalls cannot slow
// its own examination down. Processor time and memory are the server's alone.
package bench
