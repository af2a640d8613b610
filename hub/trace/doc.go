// Package trace follows a few requests and messages through the server, and tells a
// collector of OpenTelemetry how long each part took.
//
// A span is one part: a request, a socket's frame, the transaction that stored what it
// wrote, the hand-over to the other servers. Spans of one trace share its id, and each
// but the first names the one that it is part of. Most requests are followed by nobody:
// which are is decided once, where they come in, and then every method of the nil *Span
// does nothing and allocates nothing. So it is with the nil *Tracer, which is that of a
// server without a collector.
//
// Spans hold times, ids and names of our own code: nothing that people wrote, and no
// address.
//
// A collector that is away, or slower than what happens, costs spans and nothing else:
// at most maxKept wait for it, and the rest is counted as lost.
package trace
