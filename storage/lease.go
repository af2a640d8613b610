package storage

import (
	"fmt"

	"rapport/hub/chat"
)

// leaseTime is the time that leases are counted in: the database's where several
// servers share it, for their clocks may differ by more than a lease is long, and now,
// the caller's own, where a server is alone.
func (s *Store) leaseTime(q querier, now chat.Time) (chat.Time, error) {
	if !s.claim.together() {
		return now, nil
	}
	if err := q.QueryRow(`SELECT ` + s.dialect.clock()).Scan(&now); err != nil {
		return 0, fmt.Errorf("read the database's clock: %w", err)
	}
	return now, nil
}
