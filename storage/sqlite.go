package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

type sqlite struct{}

func (sqlite) name() string                  { return "sqlite" }
func (sqlite) begin() string                 { return "BEGIN IMMEDIATE" }
func (sqlite) lockMigrations() string        { return "" }
func (sqlite) connectsWithin() time.Duration { return 0 }
func (sqlite) forUpdate() string             { return "" }
func (sqlite) clock() string                 { return "CAST(unixepoch('subsec') * 1000 AS INTEGER)" }

// readConns are enough to keep two cores busy; readers never block each other.
const readConns = 4

func (d sqlite) open(path string) (*sql.DB, *sql.DB, error) {
	// The driver's own default is synchronous=NORMAL, which loses acknowledged
	// messages at a power cut. The busy timeout comes before the journal mode in
	// the driver's order, so that switching to WAL waits for others.
	common := url.Values{
		"_busy_timeout": {"5000"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"},
		"_foreign_keys": {"1"}, "_secure_delete": {"1"},
		"_mutex": {"no"}, // database/sql gives a connection to one goroutine at a time
	}
	// The writer keeps the pages of busy conversations. More than this would cost:
	// SQLite numbers pages beyond the end when it balances a tree, and looks
	// through all that are kept at the commit after it. Readers drop their pages
	// whenever somebody has written, so much would be wasted on them.
	write := url.Values{"_txlock": {"immediate"}, "_cache_size": {"-8192"}}
	read := url.Values{"_query_only": {"1"}, "_cache_size": {"-4096"}}
	for k, v := range common {
		write[k], read[k] = v, v
	}
	if err := private(path); err != nil {
		return nil, nil, err
	}
	writers, err := sql.Open("sqlite3", dsnFor(path, write))
	if err != nil {
		return nil, nil, err
	}
	writers.SetMaxOpenConns(1)
	// The writer goes first: it makes the file that query-only readers cannot.
	// A folder of the log takes over what SQLite would do within a commit.
	if _, err := writers.Exec("PRAGMA wal_autocheckpoint = 0"); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w", path, err), writers.Close())
	}
	readers, err := sql.Open("sqlite3", dsnFor(path, read))
	if err != nil {
		return nil, nil, errors.Join(err, writers.Close())
	}
	readers.SetMaxOpenConns(readConns)
	readers.SetMaxIdleConns(readConns)
	return writers, readers, nil
}

// private makes the file, where it is missing, for this user alone; SQLite gives
// its log the rights of the database.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func (sqlite) openFolder(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", dsnFor(path, url.Values{"_busy_timeout": {"5000"}, "_synchronous": {"FULL"}, "_secure_delete": {"1"}}))
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

func dsnFor(path string, v url.Values) string {
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: v.Encode()}
	return u.String()
}

// check reads the durability settings back: a build or a file system that
// silently refuses one of them must not start.
func (sqlite) check(ctx context.Context, db *sql.DB) error {
	for _, p := range []struct{ pragma, want string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"}, {"busy_timeout", "5000"}, {"secure_delete", "1"},
	} {
		var got string
		if err := db.QueryRowContext(ctx, "PRAGMA "+p.pragma).Scan(&got); err != nil {
			return fmt.Errorf("read pragma %s: %w", p.pragma, err)
		}
		if got != p.want {
			return fmt.Errorf("pragma %s is %q, not %q: this database cannot keep what it acknowledges", p.pragma, got, p.want)
		}
	}
	return nil
}

// settle copies the write-ahead log into the database and syncs both. After a
// failed fsync the kernel counts the lost pages as clean, so a restart may read
// from memory what is not on disk, and new commits behind that hole would be
// lost with the next power cut although they were acknowledged.
func (sqlite) settle(ctx context.Context, db *sql.DB) error {
	var busy, frames, copied int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &copied); err != nil {
		return fmt.Errorf("write the log of an earlier run to disk: %w", err)
	}
	if busy != 0 {
		return errors.New("another program holds the database open and what an earlier run has left cannot be written to disk; end that program first")
	}
	return nil
}

func (sqlite) unavailable(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return errors.Is(err, sql.ErrConnDone)
	}
	switch e.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrNomem:
		return true
	}
	return false
}

// clashed is never true: there is one writer.
func (sqlite) clashed(error) bool { return false }

func (sqlite) untrusted(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.ExtendedCode {
	case sqlite3.ErrIoErrFsync, sqlite3.ErrIoErrDirFsync:
		return true
	}
	return e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrNotADB
}
