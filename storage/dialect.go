package storage

import (
	"context"
	"database/sql"
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
	// begin starts the writer's transaction.
	begin() string
	// lockMigrations keeps a second starting server out until the transaction ends.
	lockMigrations() string
	// forUpdate is appended to a SELECT that locks its row.
	forUpdate() string
	// unavailable reports whether err means that the database cannot store now,
	// though the request was right.
	unavailable(err error) bool
	// untrusted reports whether err means that what is on disk is no longer known.
	untrusted(err error) bool
}
