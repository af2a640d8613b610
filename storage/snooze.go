package storage

import (
	"context"

	"rapport/hub/chat"
)

// wakenAtOnce bounds one look for conversations whose sleep is over.
const wakenAtOnce = 100

// DueSnoozes returns the ids of conversations whose sleep is over, the one that
// should have woken first in front. Waking one twice does nothing, so no server
// claims them.
func (s *Store) DueSnoozes(ctx context.Context, now chat.Time) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT id FROM conversation WHERE snoozed_until > 0 AND snoozed_until <= $1 ORDER BY snoozed_until LIMIT $2`, now, wakenAtOnce)
	return collect(rows, err, scanString)
}
