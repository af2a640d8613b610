package storage

import (
	"context"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

const viewColumns = `id, agent_id, by_id, name, query, position, changed_at`

func scanView(row scanner) (v chat.SavedView, err error) {
	return v, row.Scan(&v.ID, &v.AgentID, &v.ByID, &v.Name, &v.Query, &v.Position, &v.ChangedAt)
}

// viewsOf are an agent's own views, or the team's for "", in their order.
func viewsOf(q querier, agentID string) ([]chat.SavedView, error) {
	rows, err := q.Query(`SELECT `+viewColumns+` FROM saved_view WHERE agent_id = $1 ORDER BY position, id`, agentID)
	return collect(rows, err, scanView)
}

// Views returns the views that an agent has: the team's, then their own.
func (s *Store) Views(ctx context.Context, agentID string) ([]chat.SavedView, error) {
	shared, err := viewsOf(s.read(ctx), "")
	if err != nil {
		return nil, fmt.Errorf("read views: %w", err)
	}
	own, err := viewsOf(s.read(ctx), agentID)
	if err != nil {
		return nil, fmt.Errorf("read views: %w", err)
	}
	return append(shared, own...), nil
}

// View returns one view; NotFound unless it is the team's or this agent's own.
func (s *Store) View(ctx context.Context, agentID, id string) (*chat.SavedView, error) {
	v, err := scanView(s.read(ctx).QueryRow(`SELECT `+viewColumns+` FROM saved_view WHERE id = $1 AND agent_id IN ('', $2)`, id, agentID))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// SaveView stores a new view behind the others, or a new form of the one with this
// id, which may change whose it is. Invalid when there are as many as may be.
func (s *Store) SaveView(ctx context.Context, v *chat.SavedView) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		list, err := viewsOf(q, v.AgentID)
		if err != nil {
			return err
		}
		v.ChangedAt = now
		if i := slices.IndexFunc(list, func(o chat.SavedView) bool { return o.ID == v.ID }); i >= 0 {
			v.Position = list[i].Position
		} else {
			if len(list) >= chat.MaxViews {
				return chat.FailField("name", "There is room for %d views. Delete one that is not used any more.", chat.MaxViews)
			}
			v.Position = 1
			if len(list) > 0 {
				v.Position = list[len(list)-1].Position + 1
			}
		}
		_, err = q.Exec(`INSERT INTO saved_view (`+viewColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (id) DO UPDATE SET
			agent_id = excluded.agent_id, by_id = excluded.by_id, name = excluded.name, query = excluded.query, position = excluded.position, changed_at = excluded.changed_at`,
			v.ID, v.AgentID, v.ByID, v.Name, v.Query, v.Position, v.ChangedAt)
		return err
	})
}

// OrderViews puts an agent's own views, or the team's, into the order of ids,
// which names each once; Conflict when it does not.
func (s *Store) OrderViews(ctx context.Context, agentID string, ids []string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		list, err := viewsOf(q, agentID)
		if err != nil {
			return err
		}
		return putInOrder(q, "saved_view", "views", list, func(v *chat.SavedView) string { return v.ID }, ids)
	})
}

// DeleteView removes a view of the team's or of this agent's own; NotFound where
// there is none.
func (s *Store) DeleteView(ctx context.Context, agentID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`DELETE FROM saved_view WHERE id = $1 AND agent_id IN ('', $2)`, id, agentID)
		return gone(res, err)
	})
}
