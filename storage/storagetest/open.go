package storagetest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/storage"
)

// epoch: it names the history and outlives a restart, and so does all else.
func epoch(w *world) {
	before := w.store.Epoch()
	c := w.started(nil)
	w.write(customerSays(c, "client-1"))
	stored := w.conversation(c.ID)
	w.reopen()
	if got := w.store.Epoch(); got != before || len(got) < 40 {
		w.Errorf("the epoch was %q and is %q", before, got)
	}
	if got := w.conversation(c.ID); got != stored {
		w.Errorf("it was %+v and is %+v", stored, got)
	}
	w.write(customerSays(c, "client-2"))
	w.gapless(c.ID)
	w.must(w.store.Ready(w.ctx))
	ended, cancel := context.WithCancel(w.ctx)
	cancel()
	if _, err := w.store.Sites(ended); err == nil {
		w.Error("a read ran without its caller")
	}
}

// newer: what newer code has written is not touched.
func newer(w *world) {
	_, err := w.raw.Exec(`INSERT INTO migration (number, name) VALUES (9000, 'from the future')`)
	w.must(err)
	w.must(w.store.Close())
	before := w.contents()
	store, err := storage.Open(w.ctx, w.options())
	if !errors.Is(err, storage.ErrNewer) {
		w.Errorf("opened %v, %v", store, err)
	}
	if after := w.contents(); after != before {
		w.Errorf("it was changed from\n%s\nto\n%s", before, after)
	}
	_, err = w.raw.Exec(`DELETE FROM migration WHERE number = 9000`)
	w.must(err)
	w.open()
}

// contents tells what the tables hold, as far as opening could change it.
func (w *world) contents() string {
	w.Helper()
	out := ""
	for _, table := range []string{"migration", "setting"} {
		column := map[string]string{"migration": "number", "setting": "value"}[table]
		rows, err := w.raw.Query(`SELECT ` + column + ` FROM ` + table + ` ORDER BY 1`)
		w.must(err)
		for rows.Next() {
			var v string
			w.must(rows.Scan(&v))
			out += table + " " + v + "\n"
		}
		w.must(errors.Join(rows.Err(), rows.Close()))
	}
	return out + strings.Join(tables(w), " ")
}

// tables returns the names of the tables, whichever database it is.
func tables(w *world) (names []string) {
	w.Helper()
	query := `SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`
	if strings.HasPrefix(w.dsn, "postgres://") {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name`
	}
	rows, err := w.raw.Query(query)
	w.must(err)
	defer rows.Close()
	for rows.Next() {
		var name string
		w.must(rows.Scan(&name))
		names = append(names, name)
	}
	w.must(rows.Err())
	return names
}

// empty removes every table, so that the next Open finds nothing.
func (w *world) empty() {
	w.Helper()
	w.must(w.store.Close())
	_, err := w.raw.Exec(`DROP VIEW IF EXISTS message`)
	w.must(err)
	for left := tables(w); len(left) > 0; left = tables(w) {
		for _, name := range left {
			_, err := w.raw.Exec(`DROP TABLE ` + name)
			// Tables of SQLite's words go with the one that they belong to.
			if err != nil && !strings.Contains(err.Error(), "depend") && !strings.Contains(err.Error(), "FOREIGN KEY") && !strings.Contains(err.Error(), "no such table") {
				w.Fatal(err)
			}
		}
	}
}

// openTwice: servers that start at the same moment on an empty database all
// come up, on one and the same history.
func openTwice(w *world) {
	beside := w.options()
	all := w.count(`SELECT count(*) FROM migration`)
	beside.Guest = true // only one server serves from a SQLite file; commands come beside it
	for range 3 {
		w.empty()
		stores := make([]*storage.Store, 3)
		var wait sync.WaitGroup
		for i := range stores {
			wait.Go(func() {
				var err error
				if stores[i], err = storage.Open(w.ctx, beside); err != nil {
					w.Error(err)
				}
			})
		}
		wait.Wait()
		epochs := map[string]bool{}
		for _, s := range stores {
			if s != nil {
				epochs[s.Epoch()] = true
				w.must(s.Close())
			}
		}
		if len(epochs) != 1 {
			w.Errorf("%d histories began", len(epochs))
		}
		if n := w.count(`SELECT count(*) FROM migration`); n != all {
			w.Errorf("%d migrations are noted", n)
		}
		w.open()
	}
}

// childDSN tells a child process which database to open.
const childDSN = "RAPPORT_TEST_OPEN"

// Child is the body of TestChild, which the package that runs the suite must
// have: as a child process it opens the database that its parent names, and is
// killed while it does.
func Child(t *testing.T) {
	dsn := os.Getenv(childDSN)
	if dsn == "" {
		t.Skip("only a child process runs this")
	}
	store, err := storage.Open(t.Context(), storage.Options{DSN: dsn, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// killedStart: a first start that is killed at any moment leaves a database that
// the next start brings up.
func killedStart(w *world) {
	whole := strings.Join(tables(w), " ")
	w.empty()
	began := time.Now()
	if !w.child(time.Minute) {
		w.Fatal("a start that nobody kills fails")
	}
	took := time.Since(began)
	w.open()
	for i := range 8 {
		w.empty()
		after := took * time.Duration(i+2) / 10
		done := w.child(after)
		w.open()
		if got := strings.Join(tables(w), " "); got != whole {
			w.Errorf("killed after %v of %v (done: %v), there are\n%s, want\n%s", after, took, done, got, whole)
		}
		w.site = w.newSite()
		w.gapless(w.started(nil).ID)
	}
}

// child opens the database in another process, kills that after a while, and
// reports whether it was done by then.
func (w *world) child(after time.Duration) bool {
	w.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestChild$")
	c.Env = append(os.Environ(), childDSN+"="+w.dsn)
	w.must(c.Start())
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	return c.Wait() == nil
}

// badKey: without its key the store does not start.
func badKey(w *world) {
	opt := w.options()
	for _, bad := range [][]byte{nil, key[:31], append([]byte("x"), key...)} {
		opt.Key = bad
		if store, err := storage.Open(w.ctx, opt); err == nil {
			w.Errorf("opened with a key of %d bytes", len(bad))
			w.must(store.Close())
		}
	}
	before := w.contents()
	opt.Key = []byte(strings.Repeat("x", 32))
	if store, err := storage.Open(w.ctx, opt); !errors.Is(err, storage.ErrOtherKey) {
		w.Errorf("opened with another key: %v, %v", store, err)
	}
	if after := w.contents(); after != before {
		w.Errorf("it was changed from\n%s\nto\n%s", before, after)
	}
}
