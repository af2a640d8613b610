package storage

import (
	"context"
	"database/sql"
	"time"

	"rapport/hub/search"
)

// dialect is what differs between the databases; all other SQL is common.
type dialect interface {
	// name is that of the migrations' folder.
	name() string
	// open returns the writers' and the readers' pool.
	open(dsn string) (writers, readers *sql.DB, err error)
	// check reads back on the writers' pool that a commit will be durable.
	check(ctx context.Context, db *sql.DB) error
	// settle makes sure that what an earlier process has left is on disk, before
	// anything is built on it.
	settle(ctx context.Context, db *sql.DB) error
	// openFolder returns a connection that folds the log beside the writer, nil
	// where the database does that itself.
	openFolder(dsn string) (*sql.DB, error)
	// connectsWithin is how long it takes at most to find a database server.
	connectsWithin() time.Duration
	// begin starts the writer's transaction.
	begin() string
	// lockMigrations keeps a second starting server out until the transaction ends.
	lockMigrations() string
	// clock is the database's own time in ms since 1970, as an expression.
	clock() string
	// forUpdate is appended to a SELECT that locks its row.
	forUpdate() string
	// putLine stores the words of a doc in a table of lines: search_text or search_name.
	putLine(q querier, table string, doc int64, line string) error
	// hasWords is the condition that table t, one of those, has the words of the
	// parameter mark, which wordQuery has made.
	hasWords(t, mark string) string
	// wordQuery is what terms want, in the database's own language.
	wordQuery(terms []search.Term) string
	// squeeze makes deleted words leave the file, a little at a time; it reports
	// whether there is more to do.
	squeeze(q querier, table string) (more bool, err error)
	// unavailable reports whether err means that the database cannot store now,
	// though the request was right.
	unavailable(err error) bool
	// clashed reports whether err means that another server's transaction was in the
	// way, so that this one was undone and may be done again.
	clashed(err error) bool
	// untrusted reports whether err means that what is on disk is no longer known.
	untrusted(err error) bool
}
