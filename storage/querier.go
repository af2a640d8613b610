package storage

import (
	"context"
	"database/sql"
	"errors"

	"rapport/hub/chat"
)

// querier runs SQL on the writer's connection or on the readers' pool.
type querier interface {
	Exec(query string, args ...any) (sql.Result, error)
	Query(query string, args ...any) (*sql.Rows, error)
	QueryRow(query string, args ...any) scanner
}

// read returns a querier over the readers' pool, with statements prepared once.
func (s *Store) read(ctx context.Context) reader { return reader{ctx, s} }

type reader struct {
	ctx context.Context
	s   *Store
}

func (r reader) stmt(query string) (*sql.Stmt, error) {
	if st, ok := r.s.stmts.Load(query); ok {
		return st.(*sql.Stmt), nil
	}
	st, err := r.s.readers.PrepareContext(context.WithoutCancel(r.ctx), query)
	if err != nil {
		return nil, err
	}
	if old, loaded := r.s.stmts.LoadOrStore(query, st); loaded {
		_ = st.Close()
		return old.(*sql.Stmt), nil
	}
	return st, nil
}

func (r reader) Exec(string, ...any) (sql.Result, error) {
	return nil, errors.New("the readers' pool does not write")
}

func (r reader) Query(query string, args ...any) (*sql.Rows, error) {
	st, err := r.stmt(query)
	if err != nil {
		return nil, r.told(err)
	}
	rows, err := st.QueryContext(r.ctx, args...)
	return rows, r.told(err)
}

func (r reader) QueryRow(query string, args ...any) scanner {
	st, err := r.stmt(query)
	if err != nil {
		// A statement that cannot be prepared fails again here, with its error.
		return readRow{r, r.s.readers.QueryRowContext(r.ctx, query, args...)}
	}
	return readRow{r, st.QueryRowContext(r.ctx, args...)}
}

// told lets people see that it is the database which is away, where it is.
func (r reader) told(err error) error {
	if err == nil || errors.Is(err, sql.ErrNoRows) || r.ctx.Err() != nil || isFailure(err) || !r.s.dialect.unavailable(err) {
		return err
	}
	f := chat.Fail(chat.StoreDown, "This cannot be read just now. Please try again in a moment.")
	f.RetryAfter = 2
	return errors.Join(f, err)
}

type readRow struct {
	r   reader
	row *sql.Row
}

func (r readRow) Scan(dest ...any) error { return r.r.told(r.row.Scan(dest...)) }

// collect scans every row with scan.
func collect[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

type scanner interface{ Scan(dest ...any) error }

// absent turns "no rows" into the failure that people may see.
func absent(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return chat.ErrNotFound
	}
	return err
}

// connQuerier runs SQL on one connection with statements prepared once. It has
// no context: the writer never gives up half-way.
type connQuerier struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
	pipe  *pipeline // nil where each statement goes out at once
}

func newConnQuerier(conn *sql.Conn, d dialect) *connQuerier {
	c := &connQuerier{conn: conn, stmts: map[string]*sql.Stmt{}}
	if _, ok := d.(postgres); ok {
		c.pipe = &pipeline{}
	}
	return c
}

const commit = "COMMIT"

// later writes without asking what came of it: at once, or with what comes next.
func (c *connQuerier) later(query string, args ...any) error {
	if c.pipe != nil {
		return c.pipe.hold(c.conn, query, args)
	}
	_, err := c.Exec(query, args...)
	return err
}

// settle tells what is held back, and returns why the transaction is of no use any
// more, if it is not.
func (c *connQuerier) settle() error {
	if c.pipe == nil {
		return nil
	}
	return c.pipe.send(c.conn)
}

// sound returns what a unit of work has ended with, or why the transaction that it
// was part of is of no use any more.
func (c *connQuerier) sound(err error) error {
	if c.pipe != nil && c.pipe.failed != nil {
		return c.pipe.failed
	}
	return err
}

// forget drops what is held back.
func (c *connQuerier) forget() {
	if c.pipe != nil {
		c.pipe.forget()
	}
}

// commit ends the transaction.
func (c *connQuerier) commit() error {
	if err := c.later(commit); err != nil {
		return err
	}
	return c.settle()
}

// close ends the statements and gives the connection back. database/sql does not
// know the statements of a single connection: one left open would keep SQLite's
// file open after its pool is closed.
func (c *connQuerier) close() error {
	var errs []error
	for _, st := range c.stmts {
		errs = append(errs, st.Close())
	}
	clear(c.stmts)
	return errors.Join(append(errs, c.conn.Close())...)
}

// stmt is the statement, prepared, behind all that was to come before it.
func (c *connQuerier) stmt(query string) (*sql.Stmt, error) {
	if err := c.settle(); err != nil {
		return nil, err
	}
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

func (c *connQuerier) QueryRow(query string, args ...any) scanner {
	st, err := c.stmt(query)
	if err != nil {
		return c.conn.QueryRowContext(context.Background(), query, args...)
	}
	return st.QueryRow(args...)
}

// watched is the transaction's querier for a unit of work that writes its own
// SQL. It notes that something was written; one row that is read alone, as every
// check before a write is, does not count.
type watched struct{ t *tx }

func (w watched) Exec(query string, args ...any) (sql.Result, error) {
	w.t.dirty = true
	return w.t.q.Exec(query, args...)
}

func (w watched) Query(query string, args ...any) (*sql.Rows, error) {
	w.t.dirty = true // it may be an UPDATE that returns rows
	return w.t.q.Query(query, args...)
}

func (w watched) QueryRow(query string, args ...any) scanner { return w.t.q.QueryRow(query, args...) }
