// Package door holds the manners that the visitors' and the agents' door share:
// a Fiber app made safe, strict bodies, one shape and one status table for
// errors, addresses behind proxies, a bounded listener, origins, rate limits,
// and the upgrade that hands a socket over to the hub.
//
// # What the defaults get wrong
//
// Fiber and fasthttp reuse memory and connections after a handler returns.
// Here strings are immutable copies, bodies are streamed and a connection
// whose body was not read to its end is closed, since what is left would be
// read as the next request.
//
// # The upgrade
//
// contrib/websocket and fasthttp put their connection wrappers into pools when
// a handler returns. A late write through one reaches another visitor, a late
// read takes another visitor's bytes. Upgrade therefore keeps none of them: the
// server runs with KeepHijackedConns and without ReduceMemoryUsage, and the
// handler takes what is needed out of the wrappers before it returns, namely
// the bytes read ahead and the plain TCP connection. The hub owns these alone.
// With KeepHijackedConns fasthttp neither closes the connection nor pools its
// wrapper and its reader, and a body on the upgrade request, whose stream would
// be closed with the recycled context, is refused. ghost_test.go proves both
// the trap and the escape.
package door
