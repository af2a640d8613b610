// Package broker carries signals between the servers of one installation, over core
// NATS: the bell, never the book. Whatever is lost here stands in the store, and
// whoever misses it learns so by its number.
//
// # What a server hears
//
// Members on the sender's own server are called directly, before Publish returns;
// nothing of that goes through NATS, and except (see hub.Signal) is honoured there
// alone. Other servers get a note: JSON with the sender's name and a number that rises
// by one with each note, so that a hole shows as soon as the next one comes. Where a
// note may be missing, Options.Missed is called, and whoever can reads the store.
//
// # What NATS may do
//
// It may be away, slow, or gone for good: Publish queues what is to be told, within
// bounds, and drops it where there is no room or no connection. It never waits for
// NATS. The connection is tried again for ever, at most 2 seconds apart.
//
// # Who is believed
//
// Whoever may publish below the installation's subject is believed to be one of its
// servers: notes hold what customers and agents write, and close sockets. So NATS needs
// an account of its own for Rapport, and TLS wherever others can listen. What cannot be
// a note is counted and ignored.
//
// # Versions
//
// A note names the lowest version of the format that its reader must know. Fields may
// be added without raising it, and readers pass over what they do not know. A change
// that would be misread raises it, one release after readers have learnt it; who is
// older counts the note and asks the store instead.
package broker
