// Package hubtest helps to test what lives on the hub: a client that speaks
// WebSocket over an in-memory connection, a door made of functions, and the
// suite that every Broker must pass. Client and Door work inside
// testing/synctest, so that beats and graces take no time.
package hubtest
