package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const matterColumns = `id, conversation_id, number, step, why, type, mood, need, evidence, opened_at`

func scanMatter(row scanner) (chat.Matter, error) {
	var m chat.Matter
	err := row.Scan(&m.ID, &m.ConversationID, &m.Number, &m.Step, &m.Why, &m.Type, &m.Mood, &m.Need, &m.Evidence, &m.OpenedAt)
	return m, err
}

func matterByID(q querier, id, lock string) (*chat.Matter, error) {
	m, err := scanMatter(q.QueryRow(`SELECT `+matterColumns+` FROM matter WHERE id = $1`+lock, id))
	if err != nil {
		return nil, absent(err)
	}
	return &m, nil
}

func mattersOf(q querier, conversationID string) ([]chat.Matter, error) {
	rows, err := q.Query(`SELECT `+matterColumns+` FROM matter WHERE conversation_id = $1 ORDER BY number`, conversationID)
	list, err := collect(rows, err, scanMatter)
	if err != nil {
		return nil, fmt.Errorf("read matters: %w", err)
	}
	return list, nil
}

func (t *tx) Matters(conversationID string) ([]chat.Matter, error) {
	return mattersOf(t.q, conversationID)
}

// Matters returns the matters of a conversation for showing, in their order.
func (s *Store) Matters(ctx context.Context, conversationID string) ([]chat.Matter, error) {
	return mattersOf(s.read(ctx), conversationID)
}

func (t *tx) Matter(id string) (*chat.Matter, error) {
	if m, ok := t.matters[id]; ok {
		return &m, nil
	}
	if t.w.cache != nil {
		if m, ok := t.w.cache.matters[id]; ok {
			return &m, nil
		}
	}
	m, err := matterByID(t.q, id, t.w.s.dialect.forUpdate())
	if err != nil {
		return nil, err
	}
	t.matters[id] = *m
	return m, nil
}

func (t *tx) InsertMatter(m *chat.Matter) error {
	err := t.exec(`INSERT INTO matter (`+matterColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		m.ID, m.ConversationID, m.Number, m.Step, m.Why, m.Type, m.Mood, m.Need, m.Evidence, m.OpenedAt)
	if err != nil {
		return fmt.Errorf("insert matter: %w", err)
	}
	t.touch(m.ID)
	t.matters[m.ID] = *m
	return nil
}

func (t *tx) SaveMatter(m *chat.Matter) error {
	err := t.exec(`UPDATE matter SET step = $1, why = $2, type = $3, mood = $4, need = $5, evidence = $6 WHERE id = $7`,
		m.Step, m.Why, m.Type, m.Mood, m.Need, m.Evidence, m.ID)
	if err != nil {
		return fmt.Errorf("save matter: %w", err)
	}
	t.touch(m.ID)
	t.matters[m.ID] = *m
	return nil
}

// Matter returns a matter for showing.
func (s *Store) Matter(ctx context.Context, id string) (*chat.Matter, error) {
	return matterByID(s.read(ctx), id, "")
}

const progressColumns = `id, matter_id, what, from_state, state, by_kind, by_id, cause, why, at, undone_by, undone_at`

func scanProgress(row scanner) (chat.Progress, error) {
	var p chat.Progress
	err := row.Scan(&p.ID, &p.MatterID, &p.What, &p.From, &p.State, &p.By, &p.ByID, &p.Cause, &p.Why, &p.At, &p.UndoneBy, &p.UndoneAt)
	return p, err
}

func progressByID(q querier, id string) (*chat.Progress, error) {
	p, err := scanProgress(q.QueryRow(`SELECT `+progressColumns+` FROM progress WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &p, nil
}

func (t *tx) Progress(id string) (*chat.Progress, error) { return progressByID(t.q, id) }

func (t *tx) InsertProgress(p *chat.Progress) error {
	err := t.exec(`INSERT INTO progress (`+progressColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		p.ID, p.MatterID, p.What, p.From, p.State, p.By, p.ByID, p.Cause, p.Why, p.At, p.UndoneBy, p.UndoneAt)
	if err != nil {
		return fmt.Errorf("insert progress: %w", err)
	}
	return nil
}

func (t *tx) SaveProgress(p *chat.Progress) error {
	return t.exec(`UPDATE progress SET undone_by = $1, undone_at = $2 WHERE id = $3`, p.UndoneBy, p.UndoneAt, p.ID)
}

func (t *tx) CausedProgress(matterID, messageID string) ([]chat.Progress, error) {
	rows, err := t.q.Query(`SELECT `+progressColumns+` FROM progress WHERE matter_id = $1 AND cause = $2 AND by_kind = 'system' AND undone_at = 0 ORDER BY id`, matterID, messageID)
	list, err := collect(rows, err, scanProgress)
	if err != nil {
		return nil, fmt.Errorf("read progress: %w", err)
	}
	return list, nil
}

// NamedProgress is a progress with the name of the agent who made it.
type NamedProgress struct {
	chat.Progress
	ByName string
}

// StandingProgress returns what stands of a matter's progress (nothing undone),
// oldest first.
func (s *Store) StandingProgress(ctx context.Context, matterID string) ([]NamedProgress, error) {
	rows, err := s.read(ctx).Query(standingProgress, matterID)
	list, err := collect(rows, err, scanProgress)
	if err != nil {
		return nil, fmt.Errorf("read progress: %w", err)
	}
	names := newNames(ctx, s)
	out := make([]NamedProgress, 0, len(list))
	for _, p := range list {
		card, err := names.of(p.By, p.ByID)
		if err != nil {
			return nil, fmt.Errorf("read progress: %w", err)
		}
		out = append(out, NamedProgress{p, card.Name})
	}
	return out, nil
}
