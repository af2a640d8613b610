package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

// missed begins the name of the setting that counts an agent's wrong codes, as JSON.
const missed = "missed codes "

func missedCodes(q querier, agentID string) (m chat.MissedCodes, err error) {
	var text string
	err = absent(q.QueryRow(`SELECT value FROM setting WHERE name = $1`, missed+agentID).Scan(&text))
	if chat.Is(err, chat.NotFound) {
		return m, nil
	}
	if err != nil {
		return m, fmt.Errorf("read missed codes: %w", err)
	}
	return m, json.Unmarshal([]byte(text), &m)
}

// MissCode counts a wrong code of an agent's, with a line in the audit log: whoever
// typed it knows the password.
func (s *Store) MissCode(ctx context.Context, agentID string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		if err := s.holdAgent(q, agentID); err != nil {
			return err
		}
		m, err := missedCodes(q, agentID)
		if err != nil {
			return err
		}
		m.Add(now)
		text, err := json.Marshal(m)
		if err != nil {
			return err
		}
		if _, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, missed+agentID, string(text)); err != nil {
			return fmt.Errorf("count a missed code: %w", err)
		}
		return appendAudit(q, now, "", "second_step.wrong_code", agentID, "")
	})
}

// forgetMissedCodes begins the count anew, since those who have typed them cannot get
// so far any more.
func forgetMissedCodes(q querier, agentID string) error {
	if _, err := q.Exec(`DELETE FROM setting WHERE name = $1`, missed+agentID); err != nil {
		return fmt.Errorf("forget missed codes: %w", err)
	}
	return nil
}

// holdAgent holds an agent's row until the unit of work ends. ErrNotFound for nobody.
func (s *Store) holdAgent(q querier, agentID string) error {
	var id string
	return absent(q.QueryRow(`SELECT id FROM agent WHERE id = $1`+s.dialect.forUpdate(), agentID).Scan(&id))
}
