package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const feedbackColumns = `id, site_id, conversation_id, person_id, agent_id, round, closed_at, solved, rating, comment, thanks, changes, at`

func scanFeedback(row scanner) (f chat.Feedback, err error) {
	var thanks int64
	err = row.Scan(&f.ID, &f.SiteID, &f.ConversationID, &f.PersonID, &f.AgentID, &f.Round, &f.ClosedAt, &f.Solved, &f.Rating, &f.Comment, &thanks, &f.Changes, &f.At)
	f.Thanks = thanks != 0
	return f, err
}

func oneFeedback(q querier, where string, args ...any) (*chat.Feedback, error) {
	f, err := scanFeedback(q.QueryRow(`SELECT `+feedbackColumns+` FROM feedback WHERE `+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &f, nil
}

// maxRounds is how many stretches of a conversation are read.
const maxRounds = 100

// FeedbackIn returns what a customer said of a conversation, one for each stretch
// of it, in their order.
func (s *Store) FeedbackIn(ctx context.Context, conversationID string) ([]chat.Feedback, error) {
	rows, err := s.read(ctx).Query(`SELECT `+feedbackColumns+` FROM feedback WHERE conversation_id = $1 ORDER BY round LIMIT $2`, conversationID, maxRounds)
	list, err := collect(rows, err, scanFeedback)
	if err != nil {
		return nil, fmt.Errorf("read feedback: %w", err)
	}
	return list, nil
}

func (t *tx) Round(conversationID string) (int64, error) {
	return t.number(`SELECT seq FROM event WHERE conversation_id = $1 AND type IN ('conversation.closed', 'conversation.reopened') ORDER BY seq DESC LIMIT 1`, conversationID)
}

func (t *tx) Feedback(conversationID string, round int64) (*chat.Feedback, error) {
	return oneFeedback(t.q, `conversation_id = $1 AND round = $2`, conversationID, round)
}

func (t *tx) SaveFeedback(f *chat.Feedback) error {
	err := t.exec(`INSERT INTO feedback (`+feedbackColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)
		ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, solved = excluded.solved, rating = excluded.rating, comment = excluded.comment, thanks = excluded.thanks,
			changes = excluded.changes, at = excluded.at`,
		f.ID, f.SiteID, f.ConversationID, f.PersonID, f.AgentID, f.Round, f.ClosedAt, f.Solved, f.Rating, f.Comment, truth(f.Thanks), f.Changes, f.At)
	if err != nil {
		return fmt.Errorf("save feedback: %w", err)
	}
	return nil
}

// Feedback returns what was said, by its id.
func (s *Store) Feedback(ctx context.Context, id string) (*chat.Feedback, error) {
	return oneFeedback(s.read(ctx), `id = $1`, id)
}
