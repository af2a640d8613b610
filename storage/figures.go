package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// What is read for figures reads ranges of fact_day; what came after a fact is found in
// fact_conversation, where a conversation has a handful.

// FactCounts returns how many conversations of a site began since a day, how many ended
// by themselves, and what became of promises, in no order.
func (s *Store) FactCounts(ctx context.Context, siteID, day string) ([]chat.FactCount, error) {
	rows, err := s.read(ctx).Query(`SELECT kind, agent_id, day, count(*) FROM fact WHERE site_id = $1 AND day >= $2
		AND kind IN ('conversation.started', 'conversation.no_answer', 'promise.made', 'promise.moved', 'promise.kept', 'promise.broken', 'promise.dropped')
		GROUP BY kind, agent_id, day`, siteID, day)
	list, err := collect(rows, err, func(row scanner) (c chat.FactCount, err error) {
		return c, row.Scan(&c.Kind, &c.AgentID, &c.Day, &c.N)
	})
	if err != nil {
		return nil, fmt.Errorf("count facts: %w", err)
	}
	return list, nil
}

// FactTimes returns the first responses of a site since a day, and the closings, the
// shortest first of each kind. Of a conversation that was closed again only the last
// closing counts.
func (s *Store) FactTimes(ctx context.Context, siteID, day string) ([]chat.FactTime, error) {
	rows, err := s.read(ctx).Query(`SELECT kind, agent_id, day, value / 1000, count(*) FROM fact f WHERE site_id = $1 AND day >= $2
		AND kind IN ('first.response', 'conversation.closed') AND NOT EXISTS (SELECT 1 FROM fact l
			WHERE l.conversation_id = f.conversation_id AND l.kind = f.kind AND (l.at > f.at OR l.at = f.at AND l.id > f.id))
		GROUP BY kind, agent_id, day, value / 1000 ORDER BY kind, value / 1000`, siteID, day)
	list, err := collect(rows, err, func(row scanner) (x chat.FactTime, err error) {
		return x, row.Scan(&x.Kind, &x.AgentID, &x.Day, &x.Seconds, &x.N)
	})
	if err != nil {
		return nil, fmt.Errorf("read times of facts: %w", err)
	}
	return list, nil
}

// FactsSaid returns what customers of a site said since a day, the latest of each kind
// for each conversation and agent, in no order.
func (s *Store) FactsSaid(ctx context.Context, siteID, day string) ([]chat.FactSaid, error) {
	rows, err := s.read(ctx).Query(`SELECT kind, agent_id, value, count(*) FROM fact f WHERE site_id = $1 AND day >= $2
		AND kind IN ('feedback.rating', 'feedback.solved') AND `+lastSaid+`
		GROUP BY kind, agent_id, value`, siteID, day)
	list, err := collect(rows, err, func(row scanner) (x chat.FactSaid, err error) {
		return x, row.Scan(&x.Kind, &x.AgentID, &x.Value, &x.N)
	})
	if err != nil {
		return nil, fmt.Errorf("read what customers said: %w", err)
	}
	return list, nil
}

const lastSaid = `NOT EXISTS (SELECT 1 FROM fact l WHERE l.conversation_id = f.conversation_id AND l.kind = f.kind
	AND l.agent_id = f.agent_id AND (l.at > f.at OR l.at = f.at AND l.id > f.id))`

// Unanswered returns how many conversations of a site were closed, since a day, in which
// no person ever answered, and the ids of the last of them, the newest first. Erased ones
// count, and are not among the ids.
func (s *Store) Unanswered(ctx context.Context, siteID, day string, limit int) (n int64, ids []string, err error) {
	q := s.read(ctx)
	err = q.QueryRow(`SELECT count(DISTINCT conversation_id) FROM fact f WHERE site_id = $1 AND day >= $2 AND kind = 'conversation.closed' AND `+neverAnswered, siteID, day).Scan(&n)
	if err != nil {
		return 0, nil, fmt.Errorf("count what nobody answered: %w", err)
	}
	rows, err := q.Query(`SELECT c.id FROM conversation c WHERE c.id IN (SELECT f.conversation_id FROM fact f WHERE f.site_id = $1 AND f.day >= $2
		AND f.kind = 'conversation.closed' AND `+neverAnswered+`) ORDER BY c.id DESC LIMIT $3`, siteID, day, limit)
	ids, err = collect(rows, err, scanString)
	if err != nil {
		return 0, nil, fmt.Errorf("read what nobody answered: %w", err)
	}
	return n, ids, nil
}

const neverAnswered = `NOT EXISTS (SELECT 1 FROM fact r WHERE r.conversation_id = f.conversation_id AND r.kind = 'first.response')`

// Unhappy returns the ids of the last conversations of a site, the newest first, whose
// customers said 1 or 2 of 5 since a day, or that it is not solved, and nothing better
// afterwards.
func (s *Store) Unhappy(ctx context.Context, siteID, day string, limit int) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT c.id FROM conversation c WHERE c.id IN (SELECT f.conversation_id FROM fact f WHERE f.site_id = $1 AND f.day >= $2
		AND (f.kind = 'feedback.rating' AND f.value <= 2 OR f.kind = 'feedback.solved' AND f.value = 0) AND `+lastSaid+`) ORDER BY c.id DESC LIMIT $3`, siteID, day, limit)
	ids, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read who was unhappy: %w", err)
	}
	return ids, nil
}
