package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"rapport/hub/chat"
)

// maxBatch bounds one transaction, so that the first in it does not wait for
// an endless queue behind.
const maxBatch = 256

// work is one closure that waits for the writer.
type work struct {
	fn   func(*tx) error
	done chan error
}

// writer owns the writing connection. One goroutine takes whatever is queued,
// runs it in one transaction, commits, publishes, and only then acknowledges.
type writer struct {
	s     *Store
	conn  *sql.Conn
	q     *connQuerier
	queue chan work
	cache *cache

	mu     sync.RWMutex
	closed bool
	ended  chan struct{}
}

func newWriter(s *Store, conn *sql.Conn) *writer {
	w := &writer{
		s: s, conn: conn, q: &connQuerier{conn: conn, stmts: map[string]*sql.Stmt{}},
		queue: make(chan work, s.opt.Queue), ended: make(chan struct{}),
	}
	if _, ok := s.dialect.(sqlite); ok {
		w.cache = newCache() // this process is the only one that writes conversations
	}
	go w.run()
	return w
}

// close refuses new work, finishes what is queued and ends the goroutine.
func (w *writer) close() error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.ended
	return w.conn.Close()
}

// submit queues fn and waits until it is committed and published, or refused.
// A full queue refuses at once: waiting longer would only make everyone late.
func (w *writer) submit(ctx context.Context, fn func(*tx) error) error {
	unit := work{fn, make(chan error, 1)}
	w.mu.RLock()
	if w.closed {
		w.mu.RUnlock()
		return unavailable(errors.New("the store is closing"))
	}
	select {
	case w.queue <- unit:
		w.mu.RUnlock()
	default:
		w.mu.RUnlock()
		f := chat.Fail(chat.Overloaded, "The server has too much to do right now. Nothing is lost; it will be tried again in a moment.")
		f.RetryAfter = 1
		return f
	}
	select {
	case err := <-unit.done:
		return err
	case <-ctx.Done():
		// It may still be stored: the caller sends again with the same client id.
		return unavailable(ctx.Err())
	}
}

func (w *writer) run() {
	defer close(w.ended)
	batch := make([]work, 0, maxBatch)
	for first := range w.queue {
		batch = append(batch[:0], first)
	fill:
		for len(batch) < maxBatch {
			select {
			case next, ok := <-w.queue:
				if !ok {
					break fill
				}
				batch = append(batch, next)
			default:
				break fill
			}
		}
		w.commit(batch)
	}
}

// commit runs a batch in one transaction. When one of its closures fails after
// it has written, the transaction is undone and each of the others runs again
// in one of its own: rare, and simple to be sure of.
func (w *writer) commit(batch []work) {
	results := make([]error, len(batch))
	if len(batch) > 1 {
		if w.together(batch, results) {
			answer(batch, results)
			return
		}
	}
	for i := range batch {
		if results[i] == nil {
			w.together(batch[i:i+1], results[i:i+1])
		}
	}
	answer(batch, results)
}

func answer(batch []work, results []error) {
	for i := range batch {
		batch[i].done <- results[i]
	}
}

// together runs the closures in one transaction and reports whether results
// hold the final answer of each. If not, the transaction was undone, and only
// those with an error in results are answered.
func (w *writer) together(batch []work, results []error) bool {
	if _, err := w.q.Exec(w.s.dialect.begin()); err != nil {
		return w.refuse(results, fmt.Errorf("begin: %w", err))
	}
	t := newTx(w)
	for i := range batch {
		t.dirty = false
		err := protect(batch[i].fn, t)
		if err == nil {
			continue
		}
		results[i] = w.explain(err)
		// After an error of the database itself the transaction cannot be trusted:
		// Postgres would answer COMMIT with a silent rollback.
		if t.dirty || !isFailure(err) {
			w.rollback()
			return len(batch) == 1
		}
	}
	if err := t.flush(); err != nil {
		return w.refuseAll(results, fmt.Errorf("flush: %w", err))
	}
	if _, err := w.q.Exec("COMMIT"); err != nil {
		return w.refuseAll(results, fmt.Errorf("commit: %w", err))
	}
	t.settle()
	if len(t.events) > 0 {
		w.s.opt.Publish(t.events)
	}
	return true
}

// protect turns a panic inside a closure into an error, so that one bad request
// does not take the writer with it.
func protect(fn func(*tx) error, t *tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			t.dirty = true
			err = fmt.Errorf("panic in a unit of work: %v", p)
		}
	}()
	return fn(t)
}

func (w *writer) refuseAll(results []error, err error) bool {
	w.rollback()
	return w.refuse(results, err)
}

// refuse answers everybody in the batch that has no answer of their own yet.
func (w *writer) refuse(results []error, err error) bool {
	w.s.log.Error("store cannot write", "err", err)
	explained := w.explain(err)
	for i := range results {
		if results[i] == nil {
			results[i] = explained
		}
	}
	return true
}

// explain turns a database's error into what a person may see. A failed fsync
// ends the process: what a second try would say is a guess.
func (w *writer) explain(err error) error {
	if isFailure(err) {
		return err
	}
	if w.s.dialect.untrusted(err) {
		w.s.opt.Fatal(fmt.Errorf("the disk did not keep what was written: %w", err))
		return unavailable(err)
	}
	if w.s.dialect.unavailable(err) {
		return unavailable(err)
	}
	return err
}

func isFailure(err error) bool {
	var f *chat.Failure
	return errors.As(err, &f)
}

func (w *writer) rollback() {
	if w.cache != nil {
		w.cache.clear()
	}
	// SQLite may have rolled back by itself (disk full, I/O error): then this
	// fails and there is nothing to undo.
	_, _ = w.q.Exec("ROLLBACK")
}

// unavailable wraps a cause that only the log may see into the failure that
// people see.
func unavailable(cause error) error {
	f := chat.Fail(chat.StoreDown, "This could not be stored just now. Nothing is lost; it will be tried again.")
	f.RetryAfter = 2
	return errors.Join(f, cause)
}

// connQuerier runs SQL on one connection with statements prepared once. It has
// no context: the writer never gives up half-way.
type connQuerier struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func (c *connQuerier) stmt(query string) (*sql.Stmt, error) {
	if st, ok := c.stmts[query]; ok {
		return st, nil
	}
	st, err := c.conn.PrepareContext(context.Background(), query)
	if err == nil {
		c.stmts[query] = st
	}
	return st, err
}

func (c *connQuerier) Exec(query string, args ...any) (sql.Result, error) {
	st, err := c.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.Exec(args...)
}

func (c *connQuerier) Query(query string, args ...any) (*sql.Rows, error) {
	st, err := c.stmt(query)
	if err != nil {
		return nil, err
	}
	return st.Query(args...)
}

func (c *connQuerier) QueryRow(query string, args ...any) *sql.Row {
	st, err := c.stmt(query)
	if err != nil {
		return c.conn.QueryRowContext(context.Background(), query, args...)
	}
	return st.QueryRow(args...)
}

// Write runs fn as one unit of work in the writer's transaction. It returns
// when what fn wrote is on disk and its events are published, or with the
// error of fn or of the store, and then nothing of fn is stored. The error is a
// chat.Failure wherever a person may see it. fn may run more than once.
func (s *Store) Write(ctx context.Context, fn func(chat.Tx) error) error {
	return s.writer.submit(ctx, func(t *tx) error { return fn(t) })
}

// exclusive runs fn between units of work: for rows that no conversation owns.
func (s *Store) exclusive(ctx context.Context, fn func(q querier, now chat.Time) error) error {
	return s.writer.submit(ctx, func(t *tx) error {
		t.dirty = true
		return fn(t.q, t.Now())
	})
}
