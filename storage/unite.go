package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

func (t *tx) MovePromise(p *chat.Promise) error {
	err := t.exec(`UPDATE promise SET conversation_id = $1, matter_id = $2, client_id = $3 WHERE id = $4`, p.ConversationID, p.MatterID, p.ClientID, p.ID)
	if err != nil {
		return fmt.Errorf("move promise: %w", err)
	}
	return nil
}

func (t *tx) MoveTrack(k *chat.Track) error {
	err := t.exec(`UPDATE complaint SET conversation_id = $1, matter_id = $2 WHERE id = $3`, k.ConversationID, k.MatterID, k.ID)
	if err != nil {
		return fmt.Errorf("move complaint: %w", err)
	}
	return nil
}

const standingProgress = `SELECT ` + progressColumns + ` FROM progress WHERE matter_id = $1 AND undone_at = 0 ORDER BY id`

func (t *tx) StandingProgress(matterID string) ([]chat.Progress, error) {
	rows, err := t.q.Query(standingProgress, matterID)
	list, err := collect(rows, err, scanProgress)
	if err != nil {
		return nil, fmt.Errorf("read progress: %w", err)
	}
	return list, nil
}

const countTalk = `SELECT count(*) FROM message m WHERE m.conversation_id = $1 AND m.kind <> 'note'`

func (t *tx) CountTalk(conversationID string) (int64, error) {
	return t.number(countTalk, conversationID)
}

// CountTalk returns how many messages customer and team have sent each other.
func (s *Store) CountTalk(ctx context.Context, conversationID string) (n int64, err error) {
	return n, s.read(ctx).QueryRow(countTalk, conversationID).Scan(&n)
}

// OpenPromises returns what is promised in a conversation and open, due first.
func (s *Store) OpenPromises(ctx context.Context, conversationID string) ([]chat.Promise, error) {
	rows, err := s.read(ctx).Query(promiseSelect+openPromises, conversationID)
	return collect(rows, err, scanPromise)
}
