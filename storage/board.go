package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// HeldCounts returns how many conversations everybody who has some has, on all sites.
func (s *Store) HeldCounts(ctx context.Context) (map[string]int64, error) {
	rows, err := s.read(ctx).Query(`SELECT assignee_id, count(*) FROM conversation WHERE live = 1 AND assignee_id > '' GROUP BY assignee_id`)
	list, err := collect(rows, err, func(row scanner) (h chat.Hands, err error) { return h, row.Scan(&h.AgentID, &h.Has) })
	if err != nil {
		return nil, fmt.Errorf("count what everybody has: %w", err)
	}
	out := make(map[string]int64, len(list))
	for _, h := range list {
		out[h.AgentID] = h.Has
	}
	return out, nil
}

// Hands returns what everybody who has something on a site has, and what waits in its
// queue, in no order. It reads all of the site's conversations that go on.
func (s *Store) Hands(ctx context.Context, siteID string) ([]chat.Hands, error) {
	rows, err := s.read(ctx).Query(`SELECT assignee_id, count(*), sum(CASE WHEN waiting_since > 0 THEN 1 ELSE 0 END),
		coalesce(min(CASE WHEN waiting_since > 0 THEN waiting_since END), 0) FROM conversation WHERE site_id = $1 AND live = 1 GROUP BY assignee_id`, siteID)
	list, err := collect(rows, err, func(row scanner) (h chat.Hands, err error) {
		return h, row.Scan(&h.AgentID, &h.Has, &h.Unanswered, &h.Since)
	})
	if err != nil {
		return nil, fmt.Errorf("read what everybody has: %w", err)
	}
	return list, nil
}
