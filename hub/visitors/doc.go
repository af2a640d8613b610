// Package visitors knows who looks around on a site now, before they have said a
// word: which page, since when, from where. All of it lives in memory and ends with
// the visit or the process; nothing here reads or writes a database.
//
// A page tells of itself under a key that it made up for as long as it stands open.
// The next page of the same browser has another: it takes the visit over when it was
// reached from a page of the same network that has just been left, or is that page loaded
// again. Whoever reads the
// list asks what has changed since a number that the last answer gave.
//
// An agent may invite a visitor once in a visit, or else a rule of the site's does; the
// page is told when it speaks next.
//
// A List is safe for concurrent use. What stands in it comes from outsiders and is
// bounded: by site, by network, and each visit in its pages.
package visitors
