package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const statusColumns = `agent_id, status, reason, auto, no_new_until, at`

func scanStatus(row scanner) (s chat.AgentStatus, err error) {
	return s, row.Scan(&s.AgentID, &s.Status, &s.Reason, &s.Auto, &s.NoNewUntil, &s.At)
}

// AgentStatus returns what an agent has said of themselves. ErrNotFound for one
// who never has: they take part whenever they are here.
func (s *Store) AgentStatus(ctx context.Context, agentID string) (*chat.AgentStatus, error) {
	a, err := scanStatus(s.read(ctx).QueryRow(`SELECT `+statusColumns+` FROM agent_status WHERE agent_id = $1`, agentID))
	if err != nil {
		return nil, absent(err)
	}
	return &a, nil
}

// SaveAgentStatus stores what an agent says of themselves now, and sets At.
func (s *Store) SaveAgentStatus(ctx context.Context, a *chat.AgentStatus) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		a.At = now
		_, err := q.Exec(`INSERT INTO agent_status (`+statusColumns+`) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (agent_id) DO UPDATE SET status = excluded.status, reason = excluded.reason, auto = excluded.auto,
			no_new_until = excluded.no_new_until, at = excluded.at`,
			a.AgentID, a.Status, a.Reason, truth(a.Auto), a.NoNewUntil, a.At)
		if err != nil {
			return fmt.Errorf("save status: %w", err)
		}
		return nil
	})
}

// AgentStatusesSince returns what agents have said of themselves at or after a time: how
// a server hears of those who said it at another one.
func (s *Store) AgentStatusesSince(ctx context.Context, since chat.Time) ([]chat.AgentStatus, error) {
	rows, err := s.read(ctx).Query(`SELECT `+statusColumns+` FROM agent_status WHERE at >= $1`, since)
	list, err := collect(rows, err, scanStatus)
	if err != nil {
		return nil, fmt.Errorf("read statuses: %w", err)
	}
	return list, nil
}
