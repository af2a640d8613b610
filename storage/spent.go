package storage

import (
	"context"
	"fmt"
	"time"

	"rapport/hub/chat"
)

// Spend takes one of what a key may spend, burst at once and one more for each every,
// over all servers, by the clock of the database. Where nothing is left it takes nothing
// and returns how long to wait. key must tell nothing of who it stands for.
func (s *Store) Spend(ctx context.Context, key string, burst int, every time.Duration) (wait time.Duration, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		if now, err = s.ownTime(q, now); err != nil {
			return err
		}
		if _, err := q.Exec(`INSERT INTO spent (key, full_at) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, key, now); err != nil {
			return err
		}
		var fullAt chat.Time
		if err := q.QueryRow(`SELECT full_at FROM spent WHERE key = $1`+s.dialect.forUpdate(), key).Scan(&fullAt); err != nil {
			return err
		}
		empty := now.Add(time.Duration(burst) * every)
		full := min(max(fullAt, now), empty).Add(every)
		if wait = full.Sub(empty); wait > 0 {
			return nil
		}
		_, err := q.Exec(`UPDATE spent SET full_at = $1 WHERE key = $2`, full, key)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("spend: %w", err)
	}
	return max(wait, 0), nil
}

// ownTime is the database's time where several servers, whose clocks may differ, share
// it.
func (s *Store) ownTime(q querier, now chat.Time) (chat.Time, error) {
	if !isPostgres(s.opt.DSN) {
		return now, nil
	}
	err := q.QueryRow(`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint`).Scan(&now)
	return now, err
}

// ForgetShared removes what servers keep for each other and what is over by now: at
// most some of each, so that more of it is left when that is reported.
func (s *Store) ForgetShared(ctx context.Context, partsBefore chat.Time) (more bool, err error) {
	const some = 1000
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		if err := forgetGlimpses(q, now); err != nil {
			return err
		}
		if now, err = s.ownTime(q, now); err != nil {
			return err
		}
		gone, err := q.Exec(`DELETE FROM spent WHERE key IN (SELECT key FROM spent WHERE full_at <= $1 LIMIT `+fmt.Sprint(some)+`) AND full_at <= $2`, now, now)
		if err != nil {
			return err
		}
		n, err := gone.RowsAffected()
		if err != nil {
			return err
		}
		more = n == some
		_, err = q.Exec(`DELETE FROM page_part WHERE used_at < $1`, partsBefore)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("forget what is over: %w", err)
	}
	return more, nil
}
