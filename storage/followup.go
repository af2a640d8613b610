package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const followUpColumns = `id, site_id, conversation_id, agent_id, by_rule, text, due_at, state, made_at, ended_at`

func scanFollowUp(row scanner) (f chat.FollowUp, err error) {
	var byRule int64
	err = row.Scan(&f.ID, &f.SiteID, &f.ConversationID, &f.AgentID, &byRule, &f.Text, &f.DueAt, &f.State, &f.MadeAt, &f.EndedAt)
	f.ByRule = byRule != 0
	return f, err
}

func oneFollowUp(q querier, where string, args ...any) (*chat.FollowUp, error) {
	f, err := scanFollowUp(q.QueryRow(`SELECT `+followUpColumns+` FROM follow_up WHERE `+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &f, nil
}

const waitingFollowUp = `conversation_id = $1 AND state = 'waiting'`

func (t *tx) FollowUp(id string) (*chat.FollowUp, error) { return oneFollowUp(t.q, `id = $1`, id) }

func (t *tx) WaitingFollowUp(conversationID string) (*chat.FollowUp, error) {
	return oneFollowUp(t.q, waitingFollowUp, conversationID)
}

// WaitingFollowUp returns the follow-up that waits in a conversation.
func (s *Store) WaitingFollowUp(ctx context.Context, conversationID string) (*chat.FollowUp, error) {
	return oneFollowUp(s.read(ctx), waitingFollowUp, conversationID)
}

func (t *tx) InsertFollowUp(f *chat.FollowUp) error {
	err := t.exec(`INSERT INTO follow_up (`+followUpColumns+`, claimed_until) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,0)`,
		f.ID, f.SiteID, f.ConversationID, f.AgentID, truth(f.ByRule), f.Text, f.DueAt, f.State, f.MadeAt, f.EndedAt)
	if err != nil {
		return fmt.Errorf("insert follow-up: %w", err)
	}
	return nil
}

func (t *tx) SaveFollowUp(f *chat.FollowUp) error {
	if err := t.exec(`UPDATE follow_up SET state = $1, ended_at = $2 WHERE id = $3`, f.State, f.EndedAt, f.ID); err != nil {
		return fmt.Errorf("save follow-up: %w", err)
	}
	return nil
}

// ClaimFollowUps returns the ids of follow-ups that are due, longest due first,
// and keeps other servers from them for as long as a claim of reminders holds.
func (s *Store) ClaimFollowUps(ctx context.Context) (list []string, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		rows, err := q.Query(`SELECT id FROM follow_up WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2 ORDER BY due_at LIMIT $3`, now, now, remindersAtOnce)
		due, err := collect(rows, err, scanString)
		if err != nil {
			return err
		}
		list = nil
		for _, id := range due {
			res, err := q.Exec(`UPDATE follow_up SET claimed_until = $1 WHERE id = $2 AND claimed_until <= $3`, now.Add(reminderLease), id, now)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err == nil && n == 1 {
				list = append(list, id)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("claim follow-ups: %w", err)
	}
	return list, nil
}
