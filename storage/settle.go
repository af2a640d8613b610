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
	// A transaction, which Postgres ends by itself where its server is frozen or gone.
	if _, err := conn.ExecContext(ctx, settleBegin); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // it may hold the lock all the same
		return nil, reader{ctx, s}.told(fmt.Errorf("wait for who changes settings: %w", err))
	}
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
		defer cancel()
		if _, err := conn.ExecContext(ctx, `ROLLBACK`); err != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn }) // the lock ends with the connection
			return
		}
		_ = conn.Close()
	}, nil
}

// settleBegin bounds how long one may hold the lock without a word, and wait for it.
const settleBegin = `BEGIN; SET LOCAL idle_in_transaction_session_timeout = 15000; SET LOCAL lock_timeout = 20000; SELECT pg_advisory_xact_lock(` + settleKey + `)`
