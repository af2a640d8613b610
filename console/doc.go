// Package console is the agents' door: set-up, sign-in and sessions, the REST
// calls of the console, its socket and its page. It decodes, asks the desk or
// the store, and answers; rules about conversations live in the desk.
//
// # Who may do what
//
// routes.go lists every call with the permission that it takes, commands.go every
// frame of the socket. A role is a set of permissions: four are the same everywhere
// (hub/chat), others an installation makes itself. A request passes, in this order:
// same site, session cookie, rate, CSRF token, permission.
//
// # Sessions
//
// The cookie holds a JWT that names a row of the store and a generation of it.
// The row decides: every request reads it, so ending a session works at once,
// and the hub closes its sockets. After a quarter of an hour in use the next
// answer carries the next generation; the one before works for a minute more,
// for requests that were on their way. An older one can only be a copy, so its
// use ends the session for both who hold it.
package console
