package storage

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// settleKey is the number of the lock of who changes settings.
const settleKey = `7261707077`

// Settle waits until no other server of the installation is between reading something
// that people set and saving it, and keeps them waiting until done is called. It costs a
// server that is alone nothing.
func (s *Store) Settle(ctx context.Context) (done func(), err error) {
	if !s.claim.together() {
		return func() {}, nil
	}
	conn, err := s.readers.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("wait for who changes settings: %w", err)
	}
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock(`+settleKey+`)`); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // it may hold the lock all the same
		return nil, fmt.Errorf("wait for who changes settings: %w", err)
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
		defer cancel()
		if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_unlock(`+settleKey+`)`); err != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // the lock ends with the connection
			return
		}
		_ = conn.Close()
	}, nil
}
