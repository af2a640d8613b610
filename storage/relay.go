package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const relayColumns = `id, site_id, conversation_id, kind, from_id, to_id, team_id, outcome, why, waited, turn, day, at, ended_at`

func scanRelay(row scanner) (r chat.Relay, err error) {
	return r, row.Scan(&r.ID, &r.SiteID, &r.ConversationID, &r.Kind, &r.FromID, &r.ToID, &r.TeamID, &r.Outcome, &r.Why, &r.Waited, &r.Turn, &r.Day, &r.At, &r.EndedAt)
}

func (t *tx) InsertRelay(r *chat.Relay) error {
	if r.Turns() {
		var err error
		if r.Turn, err = t.nextTurn(r.ConversationID); err != nil {
			return err
		}
	}
	err := t.exec(`INSERT INTO relay (`+relayColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		r.ID, r.SiteID, r.ConversationID, r.Kind, r.FromID, r.ToID, r.TeamID, r.Outcome, r.Why, r.Waited, r.Turn, r.Day, r.At, r.EndedAt)
	if err != nil {
		return fmt.Errorf("insert relay: %w", err)
	}
	return nil
}

func (t *tx) nextTurn(conversationID string) (int64, error) {
	n, err := t.number(`SELECT coalesce(max(turn), 0) + 1 FROM relay WHERE conversation_id = $1`, conversationID)
	if err != nil {
		return 0, fmt.Errorf("count turns: %w", err)
	}
	return n, nil
}

func (t *tx) EndRelay(id string, end chat.RelayEnd) error {
	return t.endRelays(end, `id = $1 AND outcome = ''`, id)
}

func (t *tx) EndAsk(conversationID string, end chat.RelayEnd) error {
	return t.endRelays(end, `conversation_id = $1 AND outcome = '' AND kind IN ('handover', 'guest')`, conversationID)
}

func (t *tx) endRelays(end chat.RelayEnd, where string, arg any) error {
	rows, err := t.q.Query(`SELECT `+relayColumns+` FROM relay WHERE `+where, arg)
	list, err := collect(rows, err, scanRelay)
	if err != nil {
		return fmt.Errorf("read open relays: %w", err)
	}
	for i := range list {
		if err := t.endRelay(&list[i], end); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) endRelay(r *chat.Relay, end chat.RelayEnd) (err error) {
	r.Outcome, r.Why, r.EndedAt = end.Outcome, end.Why, t.Now()
	if end.ToID != "" {
		r.ToID = end.ToID
	}
	if end.Since != 0 {
		r.Waited = int64(r.EndedAt - max(r.At, end.Since))
	}
	if r.Turns() {
		if r.Turn, err = t.nextTurn(r.ConversationID); err != nil {
			return err
		}
	}
	err = t.exec(`UPDATE relay SET to_id = $1, outcome = $2, why = $3, waited = $4, turn = $5, ended_at = $6 WHERE id = $7`,
		r.ToID, r.Outcome, r.Why, r.Waited, r.Turn, r.EndedAt, r.ID)
	if err != nil {
		return fmt.Errorf("end relay: %w", err)
	}
	return nil
}

// RelayCounts returns what was passed on in a site's conversations since a day, that
// which is alike counted together, in no order. It reads one range of relay_day.
func (s *Store) RelayCounts(ctx context.Context, siteID, day string) ([]chat.RelayCount, error) {
	rows, err := s.read(ctx).Query(`SELECT kind, outcome, why, from_id, to_id, count(*) FROM relay WHERE site_id = $1 AND day >= $2
		GROUP BY kind, outcome, why, from_id, to_id`, siteID, day)
	list, err := collect(rows, err, func(row scanner) (c chat.RelayCount, err error) {
		return c, row.Scan(&c.Kind, &c.Outcome, &c.Why, &c.FromID, &c.ToID, &c.N)
	})
	if err != nil {
		return nil, fmt.Errorf("count relays: %w", err)
	}
	return list, nil
}

// RelayWaits returns how long customers had waited when an ask was accepted that began
// since a day, the shortest first of each kind, without those who did not wait. It reads the range of RelayCounts.
func (s *Store) RelayWaits(ctx context.Context, siteID, day string) ([]chat.RelayWait, error) {
	rows, err := s.read(ctx).Query(`SELECT kind, waited / 1000, count(*) FROM relay WHERE site_id = $1 AND day >= $2
		AND outcome = 'accepted' AND waited > 0 AND kind IN ('handover', 'guest', 'question') GROUP BY kind, waited / 1000 ORDER BY kind, waited / 1000`, siteID, day)
	list, err := collect(rows, err, func(row scanner) (w chat.RelayWait, err error) {
		return w, row.Scan(&w.Kind, &w.Seconds, &w.N)
	})
	if err != nil {
		return nil, fmt.Errorf("read waits of relays: %w", err)
	}
	return list, nil
}

// FarRelayed returns how many conversations, since a day, changed hands for the second
// time or a later one, and the ids of those that did so last, the newest first. Erased
// ones count, and are not among the ids. It reads one range of relay_far, which has no
// more than those.
func (s *Store) FarRelayed(ctx context.Context, siteID, day string, limit int) (n int64, ids []string, err error) {
	q := s.read(ctx)
	if err := q.QueryRow(`SELECT count(DISTINCT conversation_id) FROM relay WHERE site_id = $1 AND day >= $2 AND turn >= 2`, siteID, day).Scan(&n); err != nil {
		return 0, nil, fmt.Errorf("count what changed hands: %w", err)
	}
	rows, err := q.Query(`SELECT r.conversation_id FROM relay r JOIN conversation c ON c.id = r.conversation_id
		WHERE r.site_id = $1 AND r.day >= $2 AND r.turn >= 2 GROUP BY r.conversation_id ORDER BY max(r.at) DESC, r.conversation_id LIMIT $3`, siteID, day, limit)
	ids, err = collect(rows, err, scanString)
	if err != nil {
		return 0, nil, fmt.Errorf("read what changed hands: %w", err)
	}
	return n, ids, nil
}

// What ends the relays of open questions that nobody is left to ask, or to answer; it
// comes before they are dropped.
const (
	returnQuestionsOf = `UPDATE relay SET outcome = 'returned', why = 'gone', ended_at = $1 WHERE outcome = ''
		AND id IN (SELECT id FROM consult WHERE state = 'open' AND (by_id = $2 OR agent_id = $3))`
	returnQuestionsFor = `UPDATE relay SET outcome = 'returned', why = 'gone', ended_at = $1 WHERE outcome = ''
		AND id IN (SELECT id FROM consult WHERE state = 'open' AND team_id = $2)`
)

const (
	endErasedRelays = `UPDATE relay SET outcome = 'returned', why = 'erased', ended_at = $1 WHERE conversation_id = $2 AND outcome = ''`
	eraseRelays     = `UPDATE relay SET conversation_id = $1 WHERE conversation_id = $2`
)

// eraseRelays lets those of a conversation lead nowhere, where nothing can be open any more.
func (t *tx) eraseRelays(conversationID, nowhere string) error {
	if err := t.exec(endErasedRelays, t.Now(), conversationID); err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	if err := t.exec(eraseRelays, nowhere, conversationID); err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	return nil
}
