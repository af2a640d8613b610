package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// Hands returns what everybody who has something on a site has, and what waits in its
// queue. It reads all of the site's conversations that go on.
func (s *Store) Hands(ctx context.Context, siteID string) ([]chat.Hands, error) {
	rows, err := s.read(ctx).Query(`SELECT c.assignee_id, count(*), coalesce(sum(CASE WHEN c.waiting_since > 0 THEN 1 ELSE 0 END), 0),
		coalesce(min(CASE WHEN c.waiting_since > 0 THEN c.waiting_since END), 0)
		FROM conversation c WHERE c.site_id = $1 AND c.live = 1 GROUP BY c.assignee_id`, siteID)
	list, err := collect(rows, err, func(row scanner) (h chat.Hands, err error) {
		return h, row.Scan(&h.AgentID, &h.Has, &h.Unanswered, &h.Since)
	})
	if err != nil {
		return nil, fmt.Errorf("read what everybody has: %w", err)
	}
	return list, nil
}
