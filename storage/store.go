package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"rapport/hub/chat"
	"rapport/hub/trace"
)

// Options of Open.
type Options struct {
	// DSN is a path to the SQLite file, or a postgres:// URL.
	DSN string
	// Key seals secrets at rest: 32 bytes.
	Key []byte
	// Publish gets the events of each commit, in order, before anybody is told
	// that it happened. It must return fast. Nil publishes to nobody.
	Publish func([]chat.Event)
	// Fatal is called once when the disk can no longer be trusted (a failed
	// fsync): the process must end, since what a second try would say is a guess.
	Fatal func(error)
	Clock chat.Clock
	Log   *slog.Logger
	// Guest means that another process may be serving from this database: a
	// command for scripts.
	Guest bool
	// Alone keeps every other server off a Postgres database, before anything is
	// changed and until Close: for who serves, and for whoever writes conversations.
	// What a command does as a Guest goes on beside it. A SQLite file is guarded by
	// its folder.
	Alone bool
	// Together keeps off, as Alone does, whoever wants the database for themselves,
	// and nobody else: for each of several servers that tell each other of what they
	// write. One of them at a time is the foreman (see Store.Leads). Such a server goes on
	// with tables that a newer one has added to, so that they can be upgraded in turn.
	Together bool
	// Ousted is called when Alone or Together ends for good: the connection that kept others off was
	// lost, and another server has come meanwhile (ErrServed), the database is behind
	// what it had acknowledged (ErrBehind), or lets this server in no more (Unopened).
	// Nothing is stored any more, and this process must end. Nil tells nobody.
	Ousted func(error)
	// Mail means that somebody sends what customers are to be told by e-mail;
	// without it nothing of that is queued.
	Mail bool
	// Acked hears how long each unit of work took until its answer, and Committed
	// each transaction with how many units shared it. Both are called by the writer
	// and must return at once; nil measures nothing.
	Acked     func(time.Duration)
	Committed func(units int, took time.Duration)
	// Traces is told of the transactions that store what is followed; nil follows nothing.
	Traces *trace.Tracer
	// Queue bounds how many units of work may wait for the writer; 0 means 4096.
	Queue int

	target bool // opened to be moved to
}

// Store is the database of one installation.
type Store struct {
	opt     Options
	dialect dialect
	seal    sealer
	claim   *claim // nil without Alone and Together
	readers *sql.DB
	writers *sql.DB // one connection for SQLite; a few for Postgres
	stmts   sync.Map
	writer  *writer
	epoch   string
	log     *slog.Logger
}

// ErrNewer is returned by Open when the database was written by newer code.
var ErrNewer = errors.New("the database was written by a newer version of rapport")

// ErrOtherKey is returned by Open when another key has sealed what the database holds.
var ErrOtherKey = errors.New("the database belongs to another key")

// Open opens the database, brings its tables up to date and starts the writer.
// It refuses a database of a newer version (ErrNewer; but see Together), one that another key has
// sealed (ErrOtherKey), one that a Move has not filled to its end (ErrMoving) and one
// whose durability settings do not read back as asked;
// of Postgres a server that is too old (ErrOld), and with Alone one that another
// server serves (ErrServed). What else keeps a Postgres database from being opened is
// an Unopened.
func Open(ctx context.Context, opt Options) (*Store, error) {
	if opt.Clock == nil {
		opt.Clock = chat.SystemClock
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Publish == nil {
		opt.Publish = func([]chat.Event) {}
	}
	if opt.Fatal == nil {
		opt.Fatal = func(err error) { panic(err) }
	}
	if opt.Ousted == nil {
		opt.Ousted = func(error) {}
	}
	if opt.Queue == 0 {
		opt.Queue = 4096
	}
	seal, err := newSealer(opt.Key)
	if err != nil {
		return nil, err
	}
	s := &Store{opt: opt, seal: seal, log: opt.Log}
	if !isPostgres(opt.DSN) {
		if err := s.open(ctx, sqlite{}); err != nil {
			return nil, err
		}
		return s, nil
	}
	conf, err := readDSN(opt.DSN)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	if opt.Alone || opt.Together {
		if s.claim, err = claimDatabase(ctx, conf, opt.Together, s.log, opt.Ousted); err != nil {
			return nil, unopened(err, conf)
		}
	}
	if err := s.open(ctx, postgres{conf, s.claim}); err != nil {
		s.claim.close()
		return nil, unopened(err, conf)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, d dialect) (err error) {
	s.dialect = d
	if s.writers, s.readers, err = d.open(s.opt.DSN); err != nil {
		return fmt.Errorf("open database: %w", err)
	}
	if err := s.start(ctx); err != nil {
		return errors.Join(err, s.closePools())
	}
	return nil
}

func (s *Store) start(ctx context.Context) error {
	if err := s.dialect.check(ctx, s.writers); err != nil {
		return err
	}
	// Before anything is changed; what fails here on a database without tables is
	// seen again behind the migrations.
	if err := s.ownKey(ctx, s.writers); errors.Is(err, ErrOtherKey) {
		return err
	}
	if err := s.whole(ctx); errors.Is(err, ErrMoving) {
		return err
	}
	if !s.opt.Guest {
		if err := s.dialect.settle(ctx, s.writers); err != nil {
			return err
		}
	}
	if err := migrate(ctx, s.writers, s.dialect, s.opt.Together); err != nil {
		return err
	}
	if err := errors.Join(s.ownKey(ctx, s.writers), s.whole(ctx)); err != nil {
		return err
	}
	conn, err := s.writers.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open writer: %w", err)
	}
	folding, err := s.dialect.openFolder(s.opt.DSN)
	if err != nil {
		return errors.Join(fmt.Errorf("open folder of the log: %w", err), conn.Close())
	}
	var fold *folder
	if folding != nil {
		fold = startFolder(folding, s.log)
	}
	s.writer = newWriter(s, conn, fold)
	if s.epoch, err = s.setting(ctx, "epoch", chat.NewSecret); err == nil && !s.opt.Guest {
		err = s.keyAddresses(ctx)
	}
	if err == nil {
		err = s.claim.sign(ctx, s)
	}
	if err != nil {
		return errors.Join(err, s.writer.close())
	}
	return nil
}

// Epoch names this history of the database. Restoring a backup renews it, so
// that clients do not resume into a history that never was.
func (s *Store) Epoch() string { return s.epoch }

// OwnKey returns ErrOtherKey when the newest of the sites' secrets, of which each has
// one, does not open.
func (s *Store) OwnKey(ctx context.Context) error { return s.ownKey(ctx, s.readers) }

func (s *Store) ownKey(ctx context.Context, db *sql.DB) error {
	var kid, sealed string
	err := db.QueryRowContext(ctx, `SELECT kid, sealed FROM identity_secret ORDER BY created_at DESC, kid LIMIT 1`).Scan(&kid, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a sealed secret: %w", err)
	}
	if _, err := s.seal.open(sealed, kid); err != nil {
		return ErrOtherKey
	}
	return nil
}

// Ready reports whether the database answers and may be written.
func (s *Store) Ready(ctx context.Context) error {
	if !s.claim.holds() {
		return errUnclaimed
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	if s.writer.failing.Load() {
		if err := s.writer.submit(ctx, func(*tx) error { return nil }); err != nil {
			return err
		}
	}
	return s.readers.PingContext(ctx)
}

// Leads reports whether what one server of an installation has to do is for this one:
// always where it is alone, else while it is the foreman. A server that has just lost
// the right may not have heard of it yet, so that whatever depends on it is settled by
// the rows that it changes as well.
func (s *Store) Leads() bool { return s.claim.leads() }

// QueueLength is how many units of work wait for the writer.
func (s *Store) QueueLength() int { return len(s.writer.queue) }

// Close lets the writer finish what is queued and closes the database.
func (s *Store) Close() error {
	err := errors.Join(s.writer.close(), s.closePools())
	s.claim.close() // the last: whoever comes next finds nobody
	return err
}

func (s *Store) closePools() error {
	return errors.Join(s.readers.Close(), s.writers.Close())
}

// setting returns the named setting, storing fresh() the first time. Of two
// servers that start at once the first stores it and both read that.
func (s *Store) setting(ctx context.Context, name string, fresh func() string) (string, error) {
	var value string
	err := s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, fresh()); err != nil {
			return err
		}
		return q.QueryRow(`SELECT value FROM setting WHERE name = $1`, name).Scan(&value)
	})
	return value, err
}
