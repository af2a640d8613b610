package storage

import (
	"context"
	"errors"
	"fmt"

	"rapport/hub/chat"
)

// behind runs fn in a transaction of its own, which no message waits for: for long
// work on rows that the writer hardly touches. SQLite has one writer, so that fn is one
// of its units there, and has to be short all the same. fn may run more than once.
func (s *Store) behind(ctx context.Context, fn func(q querier, now chat.Time) error) error {
	if _, ok := s.dialect.(sqlite); ok {
		return s.exclusive(ctx, fn)
	}
	for clashes := 0; ; {
		err := s.besideWriter(ctx, fn)
		if err == nil {
			return nil
		}
		if clashes++; clashes == maxClashes || !s.dialect.clashed(err) {
			return s.writer.explain(err)
		}
	}
}

func (s *Store) besideWriter(ctx context.Context, fn func(q querier, now chat.Time) error) (err error) {
	conn, err := s.writers.Conn(ctx)
	if err != nil {
		return err
	}
	q := newConnQuerier(conn, s.dialect)
	defer func() {
		if failed := q.close(); err == nil && failed != nil {
			err = fmt.Errorf("give back a connection: %w", failed)
		}
	}()
	if _, err := q.Exec(s.dialect.begin()); err != nil {
		return err
	}
	if err := fn(q, s.opt.Clock()); err != nil {
		q.forget()
		_, undone := q.Exec("ROLLBACK")
		return errors.Join(err, undone)
	}
	return q.commit()
}
