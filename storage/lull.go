package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"rapport/hub/chat"
)

func (t *tx) Lull(c *chat.Conversation) (*chat.Lull, error) {
	l := chat.Lull{ConversationID: c.ID, SiteID: c.SiteID}
	err := absent(t.q.QueryRow(`SELECT since, said_at, opens_at, stages, reminded, asked_at, held_at, due_at FROM lull WHERE conversation_id = $1`, c.ID).
		Scan(&l.Since, &l.SaidAt, &l.OpensAt, &l.Stages, &l.Reminded, &l.AskedAt, &l.HeldAt, &l.DueAt))
	if err != nil && !chat.Is(err, chat.NotFound) {
		return nil, fmt.Errorf("read lull: %w", err)
	}
	return &l, nil
}

func (t *tx) SaveLull(l *chat.Lull) error {
	err := t.exec(`INSERT INTO lull (conversation_id, site_id, since, said_at, opens_at, stages, reminded, asked_at, held_at, due_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)
		ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since, said_at = excluded.said_at, opens_at = excluded.opens_at,
		stages = excluded.stages, reminded = excluded.reminded, asked_at = excluded.asked_at, held_at = excluded.held_at, due_at = excluded.due_at`,
		l.ConversationID, l.SiteID, l.Since, l.SaidAt, l.OpensAt, l.Stages, l.Reminded, l.AskedAt, l.HeldAt, l.DueAt)
	if err != nil {
		return fmt.Errorf("save lull: %w", err)
	}
	return nil
}

func (t *tx) StirLull(conversationID string, heldAt chat.Time) error {
	if err := t.exec(`UPDATE lull SET due_at = $1, reminded = 0, held_at = $2 WHERE conversation_id = $3`, t.Now(), heldAt, conversationID); err != nil {
		return fmt.Errorf("stir lull: %w", err)
	}
	return nil
}

func (t *tx) Ahead(c *chat.Conversation) (int, error) {
	rows, err := t.q.Query(`SELECT id FROM conversation WHERE site_id = $1 AND state = $2 AND (rank, id) < ($3, $4) AND channel = 'chat' ORDER BY rank, id LIMIT $5`,
		c.SiteID, chat.Waiting, c.Rank(), c.ID, chat.MaxAhead)
	ids, err := collect(rows, err, scanString)
	if err != nil {
		return 0, fmt.Errorf("count the queue: %w", err)
	}
	return len(ids), nil
}

func (t *tx) Waits(siteID, day string) ([]chat.Wait, error) {
	rows, err := t.q.Query(`SELECT at, value FROM fact WHERE site_id = $1 AND kind = $2 AND day >= $3 ORDER BY day DESC LIMIT $4`,
		siteID, chat.FactFirstResponse, day, chat.MaxWaits)
	list, err := collect(rows, err, func(row scanner) (w chat.Wait, err error) { return w, row.Scan(&w.EndedAt, &w.For) })
	if err != nil {
		return nil, fmt.Errorf("read waits: %w", err)
	}
	return list, nil
}

func (t *tx) Owner() (*chat.Agent, error) {
	var id string
	if err := t.q.QueryRow(`SELECT id FROM agent WHERE role = 'owner'`).Scan(&id); err != nil {
		return nil, absent(err)
	}
	return t.Agent(id)
}

// LullsAtOnce bounds what is found at a time; the rest is found by the next look.
const LullsAtOnce = 500

// waitingRank is above the rank of all that wait or are snoozed and below that of
// all others.
const waitingRank = 4_000_000_000_000

const (
	newLulls = `SELECT c.id FROM conversation c LEFT JOIN lull l ON l.conversation_id = c.id
		WHERE c.site_id = $1 AND c.live = 1 AND c.rank < $2 AND c.channel = 'chat' AND (l.since IS NULL OR l.since <> c.waiting_since) ORDER BY c.rank, c.id LIMIT $3`
	newAmong = `SELECT c.id FROM conversation c LEFT JOIN lull l ON l.conversation_id = c.id
		WHERE c.live = 1 AND c.waiting_since > 0 AND c.channel = 'chat' AND (l.since IS NULL OR l.since <> c.waiting_since) AND c.id IN `
	dueLulls = `SELECT conversation_id FROM lull WHERE due_at > 0 AND due_at <= $1 ORDER BY due_at LIMIT $2`
	// Latest talk first: rank counts down from the last word.
	silentLulls = `SELECT c.id FROM conversation c LEFT JOIN lull l ON l.conversation_id = c.id
		WHERE c.site_id = $1 AND c.live = 1 AND c.rank >= $2 AND c.rank <= $3 AND c.state = 'open' AND c.last_by = 'agent' AND c.channel = 'chat'
		AND (l.since IS NULL OR l.due_at = 0) ORDER BY c.rank, c.id LIMIT $4`
)

// FreshLulls returns the conversations of a site whose customers have begun to
// wait since they were looked at, and those who wait longest first.
func (s *Store) FreshLulls(ctx context.Context, siteID string) ([]string, error) {
	rows, err := s.read(ctx).Query(newLulls, siteID, int64(waitingRank), LullsAtOnce)
	return lulls(rows, err)
}

// FreshAmong returns those of the conversations whose customers have begun to wait
// since they were looked at.
func (s *Store) FreshAmong(ctx context.Context, conversations []string) (fresh []string, err error) {
	for some := range slices.Chunk(conversations, maxMarks) {
		marks, args := marksOf(some, nil)
		rows, err := s.read(ctx).Query(newAmong+marks, args...)
		found, err := lulls(rows, err)
		if err != nil {
			return fresh, err
		}
		fresh = append(fresh, found...)
	}
	return fresh, nil
}

// DueLulls returns the conversations, of all sites, that are to be looked at again
// by now.
func (s *Store) DueLulls(ctx context.Context, now chat.Time) ([]string, error) {
	rows, err := s.read(ctx).Query(dueLulls, now, LullsAtOnce)
	return lulls(rows, err)
}

// SilentLulls returns the conversations of a site in which an agent had the last
// word so long ago, but not more than a day longer: who falls silent after a rule
// was switched on is asked, and nobody of last year.
func (s *Store) SilentLulls(ctx context.Context, siteID string, now chat.Time, after time.Duration) ([]string, error) {
	latest := chat.Conversation{LastAt: now.Add(-after)}
	oldest := chat.Conversation{LastAt: now.Add(-after - 24*time.Hour)}
	rows, err := s.read(ctx).Query(silentLulls, siteID, latest.Rank(), oldest.Rank(), LullsAtOnce)
	return lulls(rows, err)
}

func lulls(rows *sql.Rows, err error) ([]string, error) {
	ids, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("find lulls: %w", err)
	}
	return ids, nil
}
