package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"rapport/hub/chat"
)

// ErrServed is returned by Open, and told to Options.Ousted, when another server
// serves the database.
var ErrServed = errors.New("another Rapport server serves this database")

// errUnclaimed refuses to write while nothing keeps other servers off.
var errUnclaimed = errors.New("the lock that keeps other servers off is not held")

// claimKey is the advisory lock's number as SQL has it; any fixed one does.
const claimKey = `7261707072`

const (
	// writeKey is the number of a second one, which every session that writes shares.
	// Those of servers that serve together share togetherKey instead.
	writeKey    = `7261707073`
	togetherKey = `7261707075`
	// jobsKey is that of the one that the foreman holds.
	jobsKey = `7261707074`
	// turnKey is that of the one that each transaction of servers together holds.
	turnKey = `7261707076`
)

// errLingering means that sessions of an earlier server, or of this one's, are about to
// end: a moment later they have.
var errLingering = errors.New("sessions that wrote to this database are still ending")

const (
	// claimPatience is how long a start waits for the lock: what an earlier server
	// has left behind is gone by then.
	claimPatience = 2 * time.Second
	// lookEvery is how often the session that holds the lock is asked whether it
	// lives, and answerWithin how long it may take to answer.
	lookEvery    = 2 * time.Second
	answerWithin = 2 * time.Second
	// retakeAtMost lies between two tries to get a lost lock back.
	retakeAtMost = time.Second
)

// claim is the right to be the only server on a Postgres database: an advisory lock,
// held by a session of its own until this process ends or loses that session.
//
// A session is lost in one of two ways. Postgres ends it (it was restarted or killed,
// somebody terminated the session): then we hear of it at once. Or silence falls
// between us: then we take it for lost after lookEvery and answerWithin, 4 seconds,
// while Postgres gives a silent session up after 25 (see lasting) and only then may
// somebody else have the lock. Whichever it is, the connections that write are cut
// at once, and a new one is only made while the lock is held and only used when it
// has seen the lock held itself, at the server that it has reached: after a failover
// that need not be the one that the lock was taken at. So nothing is acknowledged
// without the lock but what was committed in the moment between Postgres ending the
// session and the word of it reaching us, or in a transaction that was cut after it
// had asked to commit; that is in the database before another server has begun to
// read, under the same row locks and unique ids that keep two writers in order, so
// it is neither lost nor contradicted.
//
// What was on its way when a connection was cut could arrive later, and with it the end
// of a transaction that everybody has been told did not happen. So each session that
// writes shares a second lock, and nobody takes the first without having ended those of
// its own that are left, or while somebody else's are.
//
// Once the lock is held again, a name that each server leaves in the database when it
// begins tells whether another one has served meanwhile: what this one keeps in
// memory would then be of before, and it has to end.
//
// Servers that serve together share the lock, which keeps off whoever wants to be alone
// and is kept off by them. What they hold in memory is right although others write (see
// turns), so that it does not matter who has; each ends sessions of its own only. One of
// them at a time is the foreman: it holds a third lock, on the same session, so that the
// right ends with it, and the others try for it every lookEvery.
type claim struct {
	conf   *pgx.ConnConfig
	log    *slog.Logger
	ousted func(error)
	name   string // of this server's stay
	shared bool   // with servers that share it too

	mu      sync.Mutex
	held    session     // that holds the lock; zero while none does
	foreman bool        // it holds that of the foreman as well
	last    session     // the latest that held it
	signed  bool        // the name stands in the database
	writing []*pgx.Conn // connections that write
	reading []*pgx.Conn
	wrote   []session // of connections that wrote, and may not have ended

	cancel context.CancelFunc
	ended  chan struct{}
}

// session is a connection as its server knows it. Numbers of processes are used
// again; together with the time of its beginning one is unique.
type session struct {
	pid   int64
	began int64 // microseconds
}

// claimDatabase takes the lock, shared or not, and keeps it until close. It returns
// ErrServed where another server has it.
func claimDatabase(ctx context.Context, conf *pgx.ConnConfig, shared bool, log *slog.Logger, ousted func(error)) (*claim, error) {
	c := &claim{conf: conf, shared: shared, log: log, ousted: ousted, name: chat.NewID(), ended: make(chan struct{})}
	conn, err := c.first(ctx)
	if err != nil {
		return nil, err
	}
	ctx, c.cancel = context.WithCancel(context.WithoutCancel(ctx))
	go c.keep(ctx, conn)
	return c, nil
}

// first takes the lock at the start, patiently.
func (c *claim) first(ctx context.Context) (*pgx.Conn, error) {
	for end := time.Now().Add(claimPatience); ; {
		conn, err := c.take(ctx)
		if errors.Is(err, errLingering) && time.Now().After(end) {
			err = fmt.Errorf("%w, or vanished a moment ago: half a minute later its sessions have ended", ErrServed)
		}
		if err == nil || !waits(err) || time.Now().After(end) {
			return conn, err
		}
		if !idle(ctx, claimPatience/20) {
			return nil, ctx.Err()
		}
	}
}

// waits reports whether the lock may be free in a moment.
func waits(err error) bool { return errors.Is(err, ErrServed) || errors.Is(err, errLingering) }

// close gives the lock back.
func (c *claim) close() {
	if c == nil {
		return
	}
	c.cancel()
	<-c.ended
}

// holds reports whether the lock is held; there is none to hold where nobody asked
// to be alone.
func (c *claim) holds() bool {
	if c == nil {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held != session{}
}

// leads reports whether this server is the foreman; who is alone always is.
func (c *claim) leads() bool {
	if c == nil {
		return true
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.held != session{} && (c.foreman || !c.shared)
}

// together reports whether other servers serve the database too.
func (c *claim) together() bool { return c != nil && c.shared }

// lead tries to become the foreman, on the session that holds the lock.
func (c *claim) lead(ctx context.Context, conn *pgx.Conn) error {
	c.mu.Lock()
	idle := c.shared && !c.foreman
	c.mu.Unlock()
	if !idle {
		return nil
	}
	var got bool
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock(`+jobsKey+`)`).Scan(&got); err != nil {
		return fmt.Errorf("try to become the foreman: %w", err)
	}
	if got {
		c.mu.Lock()
		c.foreman = true
		c.mu.Unlock()
		c.log.Info("this server does now what one of several has to do")
	}
	return nil
}

// keep watches over the session that holds the lock, and gets the lock back when it
// was lost, until close or until another server has it.
func (c *claim) keep(ctx context.Context, conn *pgx.Conn) {
	defer close(c.ended)
	for {
		err := c.watch(ctx, conn)
		if ctx.Err() != nil {
			c.giveBack(conn)
			return
		}
		c.lose()
		_ = conn.Close(ctx) // it is lost; this only frees what it held here
		c.log.Warn("the connection that keeps other servers off the database is lost: nothing is stored until it is back", "err", oneLine(innermost(err)))
		if conn, err = c.retake(ctx); err != nil {
			if ctx.Err() == nil {
				c.ousted(err)
			}
			return
		}
		c.log.Info("the connection that keeps other servers off the database is back")
	}
}

// watch returns when the session is lost, or when ctx ends.
func (c *claim) watch(ctx context.Context, conn *pgx.Conn) error {
	for {
		asked, cancel := context.WithTimeout(ctx, answerWithin)
		err := c.lead(asked, conn)
		cancel()
		if err != nil {
			return err
		}
		// Nobody notifies us: this reads, so that the end of the session is heard.
		quiet, cancel := context.WithTimeout(ctx, lookEvery)
		_, err = conn.WaitForNotification(quiet)
		cancel()
		if err != nil && (!pgconn.Timeout(err) || ctx.Err() != nil) {
			return err
		}
		asked, cancel = context.WithTimeout(ctx, answerWithin)
		err = conn.Ping(asked)
		cancel()
		if err != nil {
			return err
		}
	}
}

// giveBack lets the next server in at once: a session that is only closed keeps the
// lock for a moment longer.
func (c *claim) giveBack(conn *pgx.Conn) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	c.lose()
	_, _ = conn.Exec(ctx, `SELECT pg_advisory_unlock_all()`)
	_ = conn.Close(ctx)
}

// lose ends what was allowed by the lock: a transaction under way fails. Who reads is
// cut as well: the server that they hang on may never answer again.
func (c *claim) lose() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held, c.foreman = session{}, false
	for _, conn := range slices.Concat(c.writing, c.reading) {
		cut(conn)
	}
	c.writing, c.reading = nil, nil
}

// cut ends a connection that somebody may be using: theirs is to close it. TLS would
// write a farewell first, which may take seconds, and what was not sent yet must not be.
func cut(conn *pgx.Conn) {
	nc := conn.PgConn().Conn()
	if t, ok := nc.(interface{ NetConn() net.Conn }); ok {
		nc = t.NetConn()
	}
	if t, ok := nc.(*net.TCPConn); ok {
		_ = t.SetLinger(0) // it is closed in any case
	}
	_ = nc.Close()
}

// retake gets a lost lock back. The error is ErrServed, what waiting does not heal, or
// ctx has ended.
func (c *claim) retake(ctx context.Context) (*pgx.Conn, error) {
	pause, said := retakeAtMost/16, ""
	var served time.Time // since when another server seems to have it
	for {
		conn, err := c.take(ctx)
		if err == nil {
			return conn, nil
		}
		if !errors.Is(err, ErrServed) {
			served = time.Time{}
		} else if served.IsZero() {
			served = time.Now()
		} else if time.Since(served) > claimPatience {
			return nil, err
		}
		var why *Unopened
		if errors.As(unopened(err, c.conf), &why) && !why.Passing && ctx.Err() == nil {
			return nil, why
		}
		if text := oneLine(innermost(err)); text != said && ctx.Err() == nil {
			said = text
			c.log.Warn("the lock on the database cannot be had yet", "why", said)
		}
		if !idle(ctx, pause/2+rand.N(pause/2)) {
			return nil, ctx.Err()
		}
		pause = min(2*pause, retakeAtMost)
	}
}

// idle waits and reports whether ctx still runs.
func idle(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// take tries for the lock once, on a session of its own.
func (c *claim) take(ctx context.Context) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectsWithin(c.conf)+connectTime)
	defer cancel()
	conn, err := pgx.ConnectConfig(ctx, c.conf)
	if err != nil {
		return nil, err
	}
	s, err := c.lock(ctx, conn)
	if err != nil {
		_ = conn.Close(ctx)
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held, c.last = s, s
	return conn, nil
}

// lock gets the lock for a session, or says who has it.
func (c *claim) lock(ctx context.Context, conn *pgx.Conn) (s session, err error) {
	if err := lasting(ctx, conn); err != nil {
		return s, err
	}
	try := `pg_try_advisory_lock(`
	if c.shared {
		try = `pg_try_advisory_lock_shared(`
	}
	var got bool
	err = conn.QueryRow(ctx, `SELECT `+try+claimKey+`), pid, `+began+` FROM pg_stat_activity WHERE pid = pg_backend_pid()`).Scan(&got, &s.pid, &s.began)
	if err != nil {
		return s, fmt.Errorf("lock database: %w", err)
	}
	if !got {
		return s, c.holder(ctx, conn)
	}
	if err := c.alone(ctx, conn); err != nil {
		return s, err
	}
	return s, c.unseen(ctx, conn)
}

// alone ends the sessions of this server's that wrote before the lock was lost, and
// returns errLingering while any are left that this server must not write beside: its
// own, those of one that was alone, and where it wants to be, everybody's.
func (c *claim) alone(ctx context.Context, conn *pgx.Conn) error {
	c.mu.Lock()
	wrote := c.wrote
	c.mu.Unlock()
	left := 0
	for _, s := range wrote {
		_, err := conn.Exec(ctx, `SELECT pg_terminate_backend(pid, $1) FROM pg_stat_activity WHERE pid = $2 AND `+began+` = $3`, lookEvery.Milliseconds(), s.pid, s.began)
		if err != nil {
			return fmt.Errorf("end a session of before: %w", err)
		}
		var own int
		if err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND `+began+` = $2`, s.pid, s.began).Scan(&own); err != nil {
			return fmt.Errorf("look for a session of before: %w", err)
		}
		left += own
	}
	keys := []string{writeKey}
	if !c.shared {
		keys = append(keys, togetherKey)
	}
	for _, key := range keys {
		var others int
		if err := conn.QueryRow(ctx, `SELECT count(*) FROM pg_locks WHERE `+advisory+key).Scan(&others); err != nil {
			return fmt.Errorf("look for sessions that write: %w", err)
		}
		left += others
	}
	if left > 0 {
		return errLingering
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrote = nil
	return nil
}

// lasting readies a session that locks something. Postgres gives it up when its
// machine has vanished: after 10 seconds of silence it asks three times, 5 seconds
// apart, or 25 seconds after it has sent something that nobody has confirmed. By itself
// it would wait for hours, with everything locked.
func lasting(ctx context.Context, conn *pgx.Conn) error {
	// A setting that was changed since the server began is not for what it acknowledges.
	_, err := conn.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local')`)
	if err != nil {
		return err
	}
	_, err = conn.Exec(ctx, `SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 25000; SET idle_in_transaction_session_timeout = 30000`)
	return err
}

// began is since when a session of pg_stat_activity lives; holding is which of
// pg_locks holds ours.
const (
	began    = `(extract(epoch FROM backend_start) * 1000000)::bigint`
	advisory = `locktype = 'advisory' AND granted AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
		AND classid::bigint << 32 | objid::bigint = `
	holding = advisory + claimKey
)

// holder says which server has the lock. Where it is a session of our own, which
// Postgres believes to be alive, that is ended.
func (c *claim) holder(ctx context.Context, conn *pgx.Conn) error {
	var s session
	var name, from, since string
	err := conn.QueryRow(ctx, `SELECT pid, coalesce(`+began+`, 0), coalesce(application_name, ''), coalesce(host(client_addr), ''),
		coalesce(to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), '')
		FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE `+holding).Scan(&s.pid, &s.began, &name, &from, &since)
	if errors.Is(err, pgx.ErrNoRows) {
		return errLingering // it was given back between the two looks
	}
	if err != nil {
		return fmt.Errorf("find who has the lock: %w", err)
	}
	c.mu.Lock()
	own := s == c.last
	c.mu.Unlock()
	if own {
		_, err := conn.Exec(ctx, `SELECT pg_terminate_backend($1)`, s.pid)
		return errors.Join(errors.New("an earlier session of this server still has the lock"), err)
	}
	who := ""
	for _, part := range []struct{ before, text string }{{"", name}, {"from ", from}, {"since ", since}} {
		if part.text != "" {
			who += ", " + part.before + part.text
		}
	}
	if c.shared {
		return fmt.Errorf("%w%s, alone. Stop it first, and start it again as one of several", ErrServed, who)
	}
	return fmt.Errorf("%w%s. Stop it first, or start both with --nats", ErrServed, who)
}

// servedBy is the setting with the name of the latest server's stay.
const servedBy = "served_by"

// unseen returns ErrServed when another server has served since this one began.
func (c *claim) unseen(ctx context.Context, conn *pgx.Conn) error {
	c.mu.Lock()
	signed := c.signed
	c.mu.Unlock()
	if !signed { // as servers that share the lock never have
		return nil
	}
	var name string
	err := conn.QueryRow(ctx, `SELECT value FROM setting WHERE name = $1`, servedBy).Scan(&name)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("read who served: %w", err)
	}
	if name != c.name {
		return fmt.Errorf("%w, or did while this one had lost it, and what this one remembers is of before. Start it again", ErrServed)
	}
	return nil
}

// sign leaves the name of this server's stay in the database.
func (c *claim) sign(ctx context.Context, s *Store) error {
	if c == nil || c.shared {
		return nil
	}
	err := s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, servedBy, c.name)
		return err
	})
	if err != nil {
		return fmt.Errorf("note who serves: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.signed = true
	return nil
}

// guards let connections that write be made and used only under the lock.
func (c *claim) guards() []stdlib.OptionOpenDB {
	return []stdlib.OptionOpenDB{
		stdlib.OptionBeforeConnect(func(context.Context, *pgx.ConnConfig) error {
			if !c.holds() {
				return errUnclaimed
			}
			return nil
		}),
		afterConnect(func(ctx context.Context, conn *pgx.Conn) error {
			if err := lasting(ctx, conn); err != nil || c == nil {
				return err
			}
			return c.admit(ctx, conn)
		}),
	}
}

// watches lets connections that read be cut with the others.
func (c *claim) watches() stdlib.OptionOpenDB {
	return afterConnect(func(_ context.Context, conn *pgx.Conn) error {
		if c == nil {
			return nil
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.reading = append(slices.DeleteFunc(c.reading, over), conn)
		return nil
	})
}

// afterConnect lets a connection be used where ready finds nothing against it.
func afterConnect(ready func(context.Context, *pgx.Conn) error) stdlib.OptionOpenDB {
	return stdlib.OptionAfterConnect(func(ctx context.Context, conn *pgx.Conn) error {
		err := ready(ctx, conn)
		if err != nil {
			_ = conn.Close(ctx)
		}
		return err
	})
}

// admit lets a connection write that sees the lock held by our session, and shares the
// second one from then on.
func (c *claim) admit(ctx context.Context, conn *pgx.Conn) error {
	c.mu.Lock()
	held := c.held
	c.mu.Unlock()
	own, there, shared := session{pid: int64(conn.PgConn().PID())}, false, false
	key := writeKey
	if c.shared {
		key = togetherKey
	}
	err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock_shared(`+key+`), `+began+`,
		EXISTS (SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE `+holding+` AND pid = $1 AND `+began+` = $2)
		FROM pg_stat_activity WHERE pid = pg_backend_pid()`, held.pid, held.began).Scan(&shared, &own.began, &there)
	if err != nil {
		return fmt.Errorf("look for the lock: %w", err)
	}
	if c.shared {
		// Whoever stops in the middle of their turn keeps all others waiting.
		if _, err := conn.Exec(ctx, `SET idle_in_transaction_session_timeout = 5000`); err != nil {
			return fmt.Errorf("bound a turn: %w", err)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !there || !shared || c.held != held {
		return errUnclaimed
	}
	c.writing = append(slices.DeleteFunc(c.writing, over), conn)
	c.wrote = append(c.wrote, own)
	return nil
}

// over reports whether a connection is closed, whoever uses it.
func over(conn *pgx.Conn) bool {
	select {
	case <-conn.PgConn().CleanupDone():
		return true
	default:
		return false
	}
}
