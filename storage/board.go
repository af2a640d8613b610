package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// Hands returns what everybody who has something on a site has, and what waits in its
// queue, in no order. It reads all of the site's conversations that go on.
func (s *Store) Hands(ctx context.Context, siteID string) ([]chat.Hands, error) {
	rows, err := s.read(ctx).Query(`SELECT c.assignee_id, c.waiting_since FROM conversation c WHERE c.site_id = $1 AND c.live = 1`, siteID)
	list, err := collect(rows, err, func(row scanner) (h chat.Hands, err error) {
		return h, row.Scan(&h.AgentID, &h.Since)
	})
	if err != nil {
		return nil, fmt.Errorf("read what everybody has: %w", err)
	}
	byAgent := map[string]*chat.Hands{}
	for _, one := range list {
		if byAgent[one.AgentID] == nil {
			byAgent[one.AgentID] = &chat.Hands{AgentID: one.AgentID}
		}
		byAgent[one.AgentID].Add(one.Since)
	}
	out := make([]chat.Hands, 0, len(byAgent))
	for _, h := range byAgent {
		out = append(out, *h)
	}
	return out, nil
}
