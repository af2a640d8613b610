package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// put stores a setting of this name: the smallest unit of work there is.
func (s *Store) put(name string) error {
	return s.exclusive(context.Background(), func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1, $2)`, name, name)
		return err
	})
}

// has reports whether the setting is stored.
func (s *Store) has(t *testing.T, name string) bool {
	t.Helper()
	var n int
	if err := s.read(t.Context()).QueryRow(`SELECT count(*) FROM setting WHERE name = $1`, name).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n == 1
}

// together runs units of work in one batch.
func (s *Store) together(t *testing.T, units ...func(*tx) error) []error {
	t.Helper()
	held, free := make(chan struct{}), make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		_ = s.writer.submit(context.Background(), func(*tx) error { close(held); <-free; return nil })
	})
	<-held
	results := make([]error, len(units))
	for i, unit := range units {
		wait.Go(func() { results[i] = s.writer.submit(context.Background(), unit) })
		for s.QueueLength() <= i {
			time.Sleep(time.Millisecond)
		}
	}
	close(free)
	wait.Wait()
	return results
}

// A commit that fails is nobody's success: all who were in it hear that it was
// not stored, nothing of it is published, and the next batch is served.
func TestFailedCommit(t *testing.T) {
	s := openSQLite(t, newFile(t))
	published := 0
	s.opt.Publish = func(e []chat.Event) { published += len(e) }
	results := s.together(t,
		func(u *tx) error {
			u.events = append(u.events, chat.Event{})
			return u.exec(`INSERT INTO setting (name, value) VALUES ('a', '')`)
		},
		func(u *tx) error {
			// A broken reference that SQLite looks at only when it commits.
			return errors.Join(u.exec(`PRAGMA defer_foreign_keys = 1`),
				u.exec(`INSERT INTO conversation_alias (alias, conversation_id) VALUES ('x', 'nowhere')`))
		},
		func(u *tx) error { return u.exec(`INSERT INTO setting (name, value) VALUES ('b', '')`) },
	)
	for i, err := range results {
		if !chat.Is(err, chat.StoreDown) {
			t.Errorf("unit %d: %v", i, err)
		}
	}
	if published != 0 || s.has(t, "a") || s.has(t, "b") {
		t.Errorf("%d events of it were published, or a part of it is stored", published)
	}
	if err := s.put("after"); err != nil || !s.has(t, "after") {
		t.Errorf("after it: %v", err)
	}
}

// A disk that failed to sync is given up once, by name, and nobody is told that
// anything is stored.
func TestFailedSyncIsFatalOnce(t *testing.T) {
	s := openSQLite(t, newFile(t))
	var given []error
	s.opt.Fatal = func(err error) { given = append(given, err) }
	results := s.together(t,
		func(*tx) error { return fsyncFailed },
		func(*tx) error { return fmt.Errorf("wrapped: %w", fsyncFailed) },
	)
	for i, err := range results {
		if !chat.Is(err, chat.StoreDown) {
			t.Errorf("unit %d: %v", i, err)
		}
	}
	if len(given) != 1 || !errors.Is(given[0], fsyncFailed) {
		t.Errorf("given up %d times: %v", len(given), given)
	}
}

// holdEnv tells a child process which database to lock.
const holdEnv = "RAPPORT_TEST_HOLD"

// TestHoldLock is the body of the child that holds the write lock until its
// standard input ends.
func TestHoldLock(t *testing.T) {
	path := os.Getenv(holdEnv)
	if path == "" {
		t.Skip("only a child process runs this")
	}
	writers, readers, err := sqlite{}.open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer readers.Close()
	defer writers.Close()
	if _, err := writers.Exec(`BEGIN IMMEDIATE`); err != nil {
		t.Fatal(err)
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	if _, err := writers.Exec(`ROLLBACK`); err != nil {
		t.Fatal(err)
	}
}

// Another process that holds the write lock costs an honest refusal after the
// busy timeout, no reader notices, and service is back when it lets go.
func TestLockedByAnotherProcess(t *testing.T) {
	path := newFile(t)
	s := openSQLite(t, path)
	child := exec.Command(os.Args[0], "-test.run=^TestHoldLock$", "-test.v")
	child.Env = append(os.Environ(), holdEnv+"="+path)
	let, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	said := ""
	for buf := make([]byte, 512); !strings.Contains(said, "held"); {
		n, err := out.Read(buf)
		if said += string(buf[:n]); err != nil {
			t.Fatalf("the child said %q: %v", said, err)
		}
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // ends with the child
	if err := s.put("refused"); !chat.Is(err, chat.StoreDown) {
		t.Errorf("with the lock held elsewhere: %v", err)
	}
	if s.has(t, "refused") {
		t.Error("what was refused is stored")
	}
	if err := errors.Join(let.Close(), child.Wait()); err != nil {
		t.Fatal(err)
	}
	if err := s.put("served"); err != nil || !s.has(t, "served") {
		t.Errorf("after the lock was let go: %v", err)
	}
}

// A full disk is refused honestly, whatever was acknowledged before stays, and
// room brings service back without a restart.
func TestFullDisk(t *testing.T) {
	dir, grow := smallDisk(t)
	s := openSQLite(t, filepath.Join(dir, "rapport.db"))
	big := strings.Repeat("x", 50_000)
	stored := 0
	var err error
	for ; stored < 1000 && err == nil; stored++ {
		err = s.exclusive(t.Context(), func(q querier, _ chat.Time) error {
			_, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1, $2)`, fmt.Sprint("big ", stored), big)
			return err
		})
	}
	stored--
	if !chat.Is(err, chat.StoreDown) {
		t.Fatalf("after %d rows the full disk said %v", stored, err)
	}
	for i := range stored {
		if !s.has(t, fmt.Sprint("big ", i)) {
			t.Errorf("row %d was acknowledged and is gone", i)
		}
	}
	if s.has(t, fmt.Sprint("big ", stored)) {
		t.Error("the refused row is stored")
	}
	grow()
	if err := s.put("after"); err != nil || !s.has(t, "after") {
		t.Errorf("with room again: %v", err)
	}
	t.Logf("%d rows of 50 kB fitted", stored)
}

// A database server that ends our connection, in the middle of a batch, costs a
// refusal, and the next unit of work is served on a new connection.
func TestPostgresConnectionLost(t *testing.T) {
	s := openSQLite(t, cluster.Database(t))
	var process int
	results := s.together(t,
		func(u *tx) error { return u.exec(`INSERT INTO setting (name, value) VALUES ('a', '')`) },
		func(u *tx) error {
			if err := u.q.QueryRow(`SELECT pg_backend_pid()`).Scan(&process); err != nil {
				return err
			}
			_, err := s.readers.Exec(`SELECT pg_terminate_backend($1)`, process)
			return err
		},
		func(u *tx) error { return u.exec(`INSERT INTO setting (name, value) VALUES ('b', '')`) },
	)
	for i, err := range results {
		if !chat.Is(err, chat.StoreDown) {
			t.Errorf("unit %d: %v", i, err)
		}
	}
	if s.has(t, "a") || s.has(t, "b") {
		t.Error("a part of the lost batch is stored")
	}
	if err := s.put("after"); err != nil || !s.has(t, "after") {
		t.Errorf("after it: %v", err)
	}
	// Between two batches nobody notices at all.
	if err := s.writer.submit(t.Context(), func(u *tx) error { return u.q.QueryRow(`SELECT pg_backend_pid()`).Scan(&process) }); err != nil {
		t.Fatal(err)
	}
	if _, err := s.readers.Exec(`SELECT pg_terminate_backend($1)`, process); err != nil {
		t.Fatal(err)
	}
	time.Sleep(100 * time.Millisecond)
	if err := s.put("unnoticed"); err != nil {
		t.Errorf("a connection lost while idle: %v", err)
	}
}
