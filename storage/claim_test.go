package storage

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage/storagetest/cluster"
)

// alone opens a store as a server does; what Ousted hears comes through the channel.
func alone(t *testing.T, dsn string) (*Store, chan error, error) {
	t.Helper()
	ousted := make(chan error, 1)
	s, err := Open(t.Context(), Options{DSN: dsn, Key: make([]byte, 32), Alone: true, Ousted: func(err error) { ousted <- err }, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err == nil {
		t.Cleanup(func() { _ = s.Close() })
	}
	return s, ousted, err
}

// onlyServer is alone where that must do.
func onlyServer(t *testing.T, dsn string) (*Store, chan error) {
	t.Helper()
	s, ousted, err := alone(t, dsn)
	if err != nil {
		t.Fatal(err)
	}
	return s, ousted
}

// raw is the database beside the stores: one connection, which stays.
func raw(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if err := db.Ping(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// shut lets nobody in whom it does not hold yet, and open everybody.
func shut(t *testing.T, db *sql.DB) (open func()) {
	t.Helper()
	admin := raw(t, cluster.Database(t)) // a database cannot be shut from within
	var name string
	if err := db.QueryRow(`SELECT current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	allow := func(allowed string) {
		t.Helper()
		if _, err := admin.Exec(`ALTER DATABASE ` + name + ` ALLOW_CONNECTIONS ` + allowed); err != nil {
			t.Fatal(err)
		}
	}
	allow("false")
	return func() { allow("true") }
}

// endHolder ends the session that holds the lock and returns its number.
func endHolder(t *testing.T, db *sql.DB) (pid int) {
	t.Helper()
	if err := db.QueryRow(`SELECT pid FROM pg_locks WHERE ` + holding).Scan(&pid); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`SELECT pg_terminate_backend($1, 5000)`, pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func write(t *testing.T, s *Store) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE setting SET value = value WHERE name = 'epoch'`)
		return err
	})
}

// within waits until ok, at most this long.
func within(limit time.Duration, ok func() bool) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if ok() {
			return true
		}
	}
	return ok()
}

func heard(t *testing.T, ousted chan error) {
	t.Helper()
	select {
	case err := <-ousted:
		if !errors.Is(err, ErrServed) {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it goes on beside another server")
	}
}

func TestOneServerServesADatabase(t *testing.T) {
	dsn := cluster.Database(t)
	one, _ := onlyServer(t, dsn)
	if _, _, err := alone(t, dsn); !errors.Is(err, ErrServed) || !strings.Contains(err.Error(), "rapport on ") || !strings.Contains(err.Error(), " since 20") {
		t.Errorf("a second server: %v", err)
	}
	guest, err := Open(t.Context(), Options{DSN: dsn, Key: make([]byte, 32), Guest: true})
	if err != nil {
		t.Fatalf("a command beside it: %v", err)
	}
	if err := errors.Join(write(t, guest), guest.Close(), write(t, one), one.Close()); err != nil {
		t.Error(err)
	}
	began := time.Now()
	onlyServer(t, dsn)
	if took := time.Since(began); took > claimPatience {
		t.Errorf("the next one had to wait for %v", took)
	}
}

// Many that start at the same moment on an empty database: one of them serves, on
// tables that each migration has made once.
func TestServersThatStartAtOnce(t *testing.T) {
	dsn := cluster.Database(t)
	var all sync.WaitGroup
	var mu sync.Mutex
	served := 0
	for range 4 {
		all.Go(func() {
			_, _, err := alone(t, dsn)
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				served++
			} else if !errors.Is(err, ErrServed) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if served != 1 {
		t.Errorf("%d of them serve", served)
	}
	known, err := load("postgres")
	if err != nil {
		t.Fatal(err)
	}
	var noted int
	if err := raw(t, dsn).QueryRow(`SELECT count(*) FROM migration`).Scan(&noted); err != nil || noted != len(known) {
		t.Errorf("%d of %d migrations are noted: %v", noted, len(known), err)
	}
}

// While the lock is lost nothing is acknowledged, though the connection that writes
// is sound; with the lock everything comes back.
func TestNothingIsStoredWithoutTheLock(t *testing.T) {
	dsn := cluster.Database(t)
	s, ousted := onlyServer(t, dsn)
	db := raw(t, dsn)
	open := shut(t, db)
	pid := endHolder(t, db)
	if !within(5*time.Second, func() bool { return s.Ready(t.Context()) != nil }) {
		t.Error("it is ready without the lock")
	}
	if !within(5*time.Second, func() bool {
		var writers int
		err := db.QueryRow(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'COMMIT'`).Scan(&writers)
		return err == nil && writers == 0
	}) {
		t.Error("the connection that wrote is left")
	}
	for range 3 {
		if err := write(t, s); !chat.Is(err, chat.StoreDown) {
			t.Errorf("written without the lock: %v", err)
		}
	}
	open()
	if !within(5*time.Second, func() bool { return s.Ready(t.Context()) == nil && write(t, s) == nil }) {
		t.Fatal("the lock does not come back")
	}
	var now int
	if err := db.QueryRow(`SELECT pid FROM pg_locks WHERE ` + holding).Scan(&now); err != nil || now == pid {
		t.Errorf("the lock is held by %d, as before: %v", now, err)
	}
	if _, _, err := alone(t, dsn); !errors.Is(err, ErrServed) {
		t.Errorf("a second server afterwards: %v", err)
	}
	select {
	case err := <-ousted:
		t.Errorf("it ends though nobody else came: %v", err)
	default:
	}
}

// Another server gets the lock while it is lost: the first one ends, and has nothing
// stored since.
func TestAServerEndsWhenAnotherHasTheLock(t *testing.T) {
	dsn := cluster.Database(t)
	s, ousted := onlyServer(t, dsn)
	other, db := raw(t, dsn), raw(t, dsn)
	got := make(chan error, 1)
	go func() {
		_, err := other.Exec(`SELECT pg_advisory_lock(` + claimKey + `)`) // waits for it
		got <- err
	}()
	if !within(5*time.Second, func() bool {
		var waits int
		return db.QueryRow(`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`).Scan(&waits) == nil && waits == 1
	}) {
		t.Fatal("nobody waits")
	}
	endHolder(t, db)
	if err := <-got; err != nil {
		t.Fatal(err)
	}
	heard(t, ousted)
	if err := write(t, s); !chat.Is(err, chat.StoreDown) {
		t.Errorf("it writes on: %v", err)
	}
	if s.Ready(t.Context()) == nil {
		t.Error("it is ready")
	}
}

// Another server has come and gone while the lock was lost.
func TestAServerEndsWhenAnotherHasServedMeanwhile(t *testing.T) {
	dsn := cluster.Database(t)
	_, ousted := onlyServer(t, dsn)
	db := raw(t, dsn)
	open := shut(t, db)
	endHolder(t, db)
	if _, err := db.Exec(`UPDATE setting SET value = 'another' WHERE name = $1`, servedBy); err != nil {
		t.Fatal(err)
	}
	open()
	heard(t, ousted)
}

// A session of our own that Postgres still believes in is no other server.
func TestAServersOwnLostSessionIsEnded(t *testing.T) {
	conf, err := readDSN(cluster.Database(t))
	if err != nil {
		t.Fatal(err)
	}
	c := &claim{conf: conf, log: slog.New(slog.DiscardHandler)}
	before, err := c.take(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer before.Close(context.Background())
	left := c.last
	c.lose() // as when silence falls: only this side knows
	after, err := c.retake(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer after.Close(context.Background())
	if c.last == left || !c.holds() {
		t.Errorf("the lock is held by %v, and was by %v", c.last, left)
	}
	if before.Ping(t.Context()) == nil {
		t.Error("the session that was lost goes on")
	}
}
