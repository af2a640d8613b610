package storage

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// moveWorld is a SQLite file with rows in every table, that nobody has open, and what
// it holds.
func moveWorld(t *testing.T, seed uint64) (path string, w *chaos, dump map[string][]string) {
	t.Helper()
	path = newFile(t)
	s, err := Open(t.Context(), Options{DSN: path, Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	w = newChaos(t, s, s, seed)
	w.fill(5)
	for _, kid := range w.column(`SELECT kid FROM identity_secret`) { // or the key is another
		w.must(w.exec(`UPDATE identity_secret SET sealed = $1 WHERE kid = $2`, s.seal.close("secret", kid), kid))
	}
	w.must(w.exec(`UPDATE conversation SET last_text = $1`, "Grüße, 你好, \U0001f600 \\x00 \\N \t\r\n '\"{}"))
	w.must(s.AuditChange(t.Context(), chat.AuditEntry{Action: "site.created", Object: "s"}))
	dump = w.dump()
	w.must(s.Close())
	return path, w, dump
}

func moveOptions(from, to string) MoveOptions {
	return MoveOptions{From: from, To: to, Options: Options{Key: make([]byte, 32)}}
}

// same fails where the target holds anything but what the source did.
func same(t *testing.T, w *chaos, want map[string][]string, dsn string) {
	t.Helper()
	s := openSQLite(t, dsn)
	there := *w
	there.s = s
	got := there.dump()
	for table, rows := range want {
		here := slices.DeleteFunc(got[table], func(row string) bool { return strings.HasPrefix(row, servedBy+"|") })
		slices.Sort(here)
		slices.Sort(rows)
		if !slices.Equal(rows, here) {
			t.Errorf("%s: %d rows went, %d came: %.300q, %.300q", table, len(rows), len(here), rows, here)
		}
	}
	if len(want["event"]) < 10 || len(want["search_text"]) == 0 {
		t.Errorf("the world is too small: %d events, %d lines", len(want["event"]), len(want["search_text"]))
	}
}

// However often a move is interrupted, and wherever, in the end the target holds what
// the source holds and no row twice; until then nobody else can open it.
func TestAMoveGoesOnWhereItWasInterrupted(t *testing.T) {
	path, w, dump := moveWorld(t, 7)
	to := cluster.Database(t)
	rnd := rand.New(rand.NewPCG(11, 3))
	resumed, refused := 0, 0
	for run := 0; ; run++ {
		ctx, cancel := context.WithCancel(t.Context())
		left, carried := 5+rnd.IntN(60), false
		opt := moveOptions(path, to)
		opt.batch = 3
		opt.Progress = func(p MoveProgress) {
			if p.Stage == MoveReading {
				return
			}
			carried = true
			if left--; left == 0 && run < 12 {
				cancel()
			}
		}
		out, err := Move(ctx, opt)
		cancel()
		if err == nil {
			if !out.Resumed || out.Rows == 0 || out.Audit != 1 {
				t.Errorf("at the end: %+v", out)
			}
			break
		}
		if !errors.Is(err, context.Canceled) || run > 12 {
			t.Fatalf("run %d: %v", run, err)
		}
		if carried {
			resumed++
		}
		if run%4 == 0 {
			if s, err := Open(t.Context(), Options{DSN: to, Key: make([]byte, 32)}); !errors.Is(err, ErrMoving) {
				t.Fatalf("half of it is opened: %v, %v", s, err)
			}
			refused++
		}
	}
	if resumed < 3 || refused == 0 {
		t.Errorf("interrupted %d times, looked at %d times: that shows nothing", resumed, refused)
	}
	same(t, w, dump, to)
	if out, err := Move(t.Context(), moveOptions(path, to)); err != nil || !out.Already {
		t.Errorf("a move of what was moved: %+v, %v", out, err)
	}
}

// What the source got after the interruption is carried too.
func TestAMoveBeginsAnewWhenItsSourceHasChanged(t *testing.T) {
	path, w, _ := moveWorld(t, 8)
	to := cluster.Database(t)
	ctx, cancel := context.WithCancel(t.Context())
	opt := moveOptions(path, to)
	opt.Progress = func(p MoveProgress) {
		if p.Stage == MoveChecking {
			cancel()
		}
	}
	if _, err := Move(ctx, opt); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), Options{DSN: path, Key: make([]byte, 32)})
	w.must(err)
	w.s = s
	w.must(w.exec(`UPDATE person SET name = name || ' the second'`))
	w.must(w.exec(`DELETE FROM fact`))
	dump := w.dump()
	w.must(s.Close())
	out, err := Move(t.Context(), moveOptions(path, to))
	if err != nil || out.Resumed {
		t.Fatalf("%+v, %v", out, err)
	}
	same(t, w, dump, to)
}

// A database with something else in it is left alone, until somebody says otherwise
// and hears what goes.
func TestAMoveLeavesOthersAlone(t *testing.T) {
	path, w, dump := moveWorld(t, 9)
	to := cluster.Database(t)
	other := openSQLite(t, to)
	err := other.exclusive(t.Context(), func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO agent_role (id, name, permissions, made_at) VALUES ('r', 'Others', '[]', 1)`)
		return err
	})
	w.must(err)
	if _, err := Move(t.Context(), moveOptions(path, to)); !errors.Is(err, ErrOccupied) || !strings.Contains(err.Error(), "1 rows of agent_role") {
		t.Fatal(err)
	}
	var name string
	w.must(other.readers.QueryRow(`SELECT name FROM agent_role`).Scan(&name))
	opt := moveOptions(path, to)
	opt.Replace = true
	var dropped []MovedTable
	opt.Dropping = func(tables []MovedTable) { dropped = tables }
	if _, err := Move(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	if want := []MovedTable{{"agent_role", 1}}; name != "Others" || !slices.Equal(dropped, want) {
		t.Errorf("there was %q, dropped %v", name, dropped)
	}
	same(t, w, dump, to)
}

// Rows that Postgres cannot hold are named before anything is written.
func TestAMoveNamesWhatCannotBeCarried(t *testing.T) {
	path, w, _ := moveWorld(t, 10)
	s, err := Open(t.Context(), Options{DSN: path, Key: make([]byte, 32)})
	w.must(err)
	w.s = s
	w.must(w.exec(`INSERT INTO agent_role (id, name, permissions, made_at) VALUES ('nul', 'a' || char(0) || 'b', '[]', 1), ('utf', CAST(x'ff41' AS TEXT), '[]', 1), ('num', 'n', '[]', 'soon')`))
	w.must(s.Close())
	to := cluster.Database(t)
	_, err = Move(t.Context(), moveOptions(path, to))
	var rows *Uncarried
	if !errors.As(err, &rows) || rows.All != 3 {
		t.Fatal(err)
	}
	for _, want := range []string{"agent_role nul: name holds the character NUL", "agent_role utf: name holds bytes that are no UTF-8", "agent_role num: made_at holds no whole number"} {
		if !slices.Contains(rows.Rows, want) {
			t.Errorf("%q is not in %q", want, rows.Rows)
		}
	}
	if at, err := openSQLite(t, to).moving(t.Context()); err != nil || at != nil {
		t.Errorf("something was written: %+v, %v", at, err)
	}
}

// A row that arrives changed keeps the target from being used.
func TestAMoveComparesWhatArrived(t *testing.T) {
	path, _, _ := moveWorld(t, 12)
	to := cluster.Database(t)
	beside := raw(t, to)
	opt := moveOptions(path, to)
	done := false
	opt.Progress = func(p MoveProgress) {
		if p.Stage == MoveChecking && !done {
			done = true
			if _, err := beside.Exec(`UPDATE search_name SET line = line || '!' WHERE docid = (SELECT min(docid) FROM search_name)`); err != nil {
				t.Error(err)
			}
		}
	}
	opt.Seal = func() error { t.Error("it was sealed"); return nil }
	if _, err := Move(t.Context(), opt); err == nil || !strings.Contains(err.Error(), "not what was sent, in search_name (") {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{DSN: to, Key: make([]byte, 32)}); !errors.Is(err, ErrMoving) {
		t.Errorf("it can be used: %v", err)
	}
}

// While a move reads, commands beside it cannot write what would stay behind.
func TestAMoveKeepsWritersOut(t *testing.T) {
	path, _, _ := moveWorld(t, 13)
	opt := moveOptions(path, cluster.Database(t))
	tried := false
	opt.Seal = func() error {
		tried = true
		db, err := plain(path)
		if err != nil {
			return err
		}
		defer db.Close()
		if _, err := db.Exec(`PRAGMA busy_timeout = 50`); err != nil {
			return err
		}
		if _, err := db.Exec(`DELETE FROM setting`); err == nil || !strings.Contains(err.Error(), "locked") {
			t.Errorf("a write beside it: %v", err)
		}
		return errors.New("stopped by the test")
	}
	if _, err := Move(t.Context(), opt); err == nil || !strings.Contains(err.Error(), "stopped by the test") || !tried {
		t.Error(err)
	}
}
