package storage

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"sync/atomic"
)

// folder copies SQLite's write-ahead log into the database beside the writer.
// Left to itself SQLite does so within a commit, and everybody who waits for
// that commit waits for the copying too.
//
// Copying beside a writer that never rests cannot begin the log anew, so the log
// would grow without bound. Once it is long, the writer copies the little that
// is left by itself, and its next commit begins the log anew.
type folder struct {
	db    *sql.DB
	log   *slog.Logger
	asked chan struct{}
	ended chan struct{}
	long  atomic.Bool // the log is longer than longLog
	once  sync.Once
}

const (
	// foldEvery is how many units of work the writer commits between two
	// copyings: each changes three to seven pages of 4 KB, the
	// fewer the more of them share a transaction. Copying rarely writes a busy page
	// once for many changes, and a commit that meets the copying waits for the disk.
	foldEvery = 2048
	// longLog is the length, in pages of 4 KB, at which the writer helps: 64 MB.
	longLog = 16000
)

func startFolder(db *sql.DB, log *slog.Logger) *folder {
	f := &folder{db: db, log: log, asked: make(chan struct{}, 1), ended: make(chan struct{})}
	go f.run()
	return f
}

// ask lets the folder work soon; it never waits.
func (f *folder) ask() {
	select {
	case f.asked <- struct{}{}:
	default: // it is asked already
	}
}

func (f *folder) run() {
	defer close(f.ended)
	for range f.asked {
		pages, err := fold(f.db)
		if err != nil {
			// The log only stays longer; commits do not depend on it.
			f.log.Warn("cannot fold the log", "err", err)
			continue
		}
		f.long.Store(pages > longLog)
	}
}

// close lets the copying under way end; it may be called again.
func (f *folder) close() error {
	f.once.Do(func() { close(f.asked) })
	<-f.ended
	return f.db.Close()
}

// fold copies what no reader holds back, without waiting for anybody, and
// returns the length of the log in pages.
func fold(q interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (pages int, err error) {
	var busy, copied int
	err = q.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &copied)
	return pages, err
}
