// Package drive runs a real Rapport server as a process of its own and uses it
// as visitors and agents do: over HTTP and sockets, from addresses of its own.
// The benchmarks and the crash proofs are built on it.
//
// Its shapes of the protocol are written a second time on purpose, from
// static/src/wire/protocol.ts and not from the server's own code: a client that
// shared the server's encoder would agree with the server's mistakes.
package drive
