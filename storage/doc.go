// Package storage is the one Store of Rapport, over SQLite or Postgres.
//
// Writing goes through a single writer: closures handed to Write queue up, and
// whatever is queued becomes one transaction (group commit without lingering).
// The order is always commit, publish, acknowledge: when Write returns nil the
// rows are on disk (SQLite with synchronous=FULL) and their events have been
// handed to the publisher, in the order of the commits. Reading has a pool of
// its own and never waits for the writer.
//
// Each noun has a file with its SQL beside its methods, in a subset that both
// databases understand: $n placeholders numbered by first appearance, BIGINT
// milliseconds, JSON as text. Migrations are numbered files, equal in number for
// both databases; a database written by newer code is refused.
package storage
