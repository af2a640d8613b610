package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const grantColumns = `id, site_id, conversation_id, matter_id, person_id, client_id, kind, name, unit, currency, amount, reason, note, summary, state, by_id, own,
	asked_of, passed, answer_by, decided_by, words, promise_id, asked_at, at`

const grantSelect = `SELECT g.id, g.site_id, g.conversation_id, g.matter_id, g.person_id, g.client_id, g.kind, g.name, g.unit, g.currency, g.amount, g.reason, g.note,
	g.summary, g.state, g.by_id, b.name, b.picture, g.asked_of, coalesce(a.name, ''), coalesce(a.picture, ''), g.passed, g.answer_by,
	g.decided_by, coalesce(d.name, ''), coalesce(d.picture, ''), g.words, g.promise_id, g.asked_at, g.at,
	coalesce(s.name, v.name), coalesce(s.verified - s.name_given, v.verified - v.name_given)
	FROM goodwill g JOIN agent b ON b.id = g.by_id LEFT JOIN agent a ON a.id = g.asked_of LEFT JOIN agent d ON d.id = g.decided_by
	JOIN person v ON v.id = g.person_id LEFT JOIN person s ON s.id = v.merged_into`

func scanGrant(row scanner) (g chat.Grant, err error) {
	var passed string
	err = row.Scan(&g.ID, &g.SiteID, &g.ConversationID, &g.MatterID, &g.PersonID, &g.ClientID, &g.Kind, &g.Name, &g.Unit, &g.Currency, &g.Amount, &g.Reason, &g.Note,
		&g.Summary, &g.State, &g.By.ID, &g.By.Name, &g.By.Picture, &g.AskedOf.ID, &g.AskedOf.Name, &g.AskedOf.Picture, &passed, &g.AnswerBy,
		&g.DecidedBy.ID, &g.DecidedBy.Name, &g.DecidedBy.Picture, &g.Words, &g.PromiseID, &g.AskedAt, &g.At, &g.PersonName, &g.PersonVerified)
	if err != nil {
		return g, err
	}
	return g, json.Unmarshal([]byte(passed), &g.Passed)
}

func oneGrant(q querier, where string, args ...any) (*chat.Grant, error) {
	g, err := scanGrant(q.QueryRow(grantSelect+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &g, nil
}

func (t *tx) Grant(id string) (*chat.Grant, error) { return oneGrant(t.q, ` WHERE g.id = $1`, id) }

func (t *tx) GrantByClientID(conversationID, agentID, clientID string) (*chat.Grant, error) {
	return oneGrant(t.q, ` WHERE g.client_id = $1 AND g.by_id = $2 AND g.conversation_id = $3`, clientID, agentID, conversationID)
}

func (t *tx) CountWaitingGrants(conversationID string) (n int64, err error) {
	return n, t.q.QueryRow(`SELECT count(*) FROM goodwill WHERE conversation_id = $1 AND state IN ('asked', 'unanswered')`, conversationID).Scan(&n)
}

func (t *tx) WaitingGrants(conversationID string) ([]chat.Grant, error) {
	rows, err := t.q.Query(grantSelect+` WHERE g.conversation_id = $1 AND g.state IN ('asked', 'unanswered') ORDER BY g.id`, conversationID)
	return collect(rows, err, scanGrant)
}

func sumGrants(q querier, a *chat.Authority, agentID, kind string, since chat.Time) (sum int64, err error) {
	unit, currency := a.Measure(kind)
	return sum, q.QueryRow(`SELECT coalesce(sum(amount), 0) FROM goodwill
		WHERE site_id = $1 AND by_id = $2 AND kind = $3 AND at >= $4 AND own = 1 AND state = 'given' AND unit = $5 AND currency = $6`,
		a.SiteID, agentID, kind, since, unit, currency).Scan(&sum)
}

func (t *tx) SumGrants(a *chat.Authority, agentID, kind string, since chat.Time) (int64, error) {
	return sumGrants(t.q, a, agentID, kind, since)
}

// SumGrants adds up what an agent gave of a kind without asking, since then, in
// the unit and currency that the kind has now.
func (s *Store) SumGrants(ctx context.Context, a *chat.Authority, agentID, kind string, since chat.Time) (int64, error) {
	return sumGrants(s.read(ctx), a, agentID, kind, since)
}

func (t *tx) InsertGrant(g *chat.Grant) error {
	passed, err := json.Marshal(nonNil(g.Passed))
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO goodwill (`+grantColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25)`,
		g.ID, g.SiteID, g.ConversationID, g.MatterID, g.PersonID, g.ClientID, g.Kind, g.Name, g.Unit, g.Currency, g.Amount, g.Reason, g.Note, g.Summary, g.State,
		g.By.ID, truth(g.AskedAt == 0), g.AskedOf.ID, string(passed), g.AnswerBy, g.DecidedBy.ID, g.Words, g.PromiseID, g.AskedAt, g.At)
	if err != nil {
		return fmt.Errorf("insert grant: %w", err)
	}
	return nil
}

func (t *tx) SaveGrant(g *chat.Grant) error {
	passed, err := json.Marshal(nonNil(g.Passed))
	if err != nil {
		return err
	}
	err = t.exec(`UPDATE goodwill SET state = $1, asked_of = $2, passed = $3, answer_by = $4, decided_by = $5, words = $6, promise_id = $7, at = $8 WHERE id = $9`,
		g.State, g.AskedOf.ID, string(passed), g.AnswerBy, g.DecidedBy.ID, g.Words, g.PromiseID, g.At, g.ID)
	if err != nil {
		return fmt.Errorf("save grant: %w", err)
	}
	return nil
}

// Grant returns one grant.
func (s *Store) Grant(ctx context.Context, id string) (*chat.Grant, error) {
	return oneGrant(s.read(ctx), ` WHERE g.id = $1`, id)
}

// maxGrants is how many grants a list has at most.
const maxGrants = 100

// WaitingGrants returns the latest of a site's questions without an answer, the
// newest first.
func (s *Store) WaitingGrants(ctx context.Context, siteID string) ([]chat.Grant, error) {
	rows, err := s.read(ctx).Query(grantSelect+` WHERE g.site_id = $1 AND g.state IN ('asked', 'unanswered') ORDER BY g.id DESC LIMIT $2`, siteID, maxGrants)
	return collect(rows, err, scanGrant)
}

// GrantsOfPerson returns what a person, on any profile that was merged into
// theirs, was given or is being asked for, latest first.
func (s *Store) GrantsOfPerson(ctx context.Context, personID string) ([]chat.Grant, error) {
	rows, err := s.read(ctx).Query(grantSelect+` WHERE g.person_id IN `+allProfiles(`$1`, `$2`)+` ORDER BY g.id DESC LIMIT $3`, personID, personID, maxGrants)
	return collect(rows, err, scanGrant)
}

// DueGrants returns the ids of questions whose turn is over at now, the one that
// ended first before the others.
func (s *Store) DueGrants(ctx context.Context, now chat.Time) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT id FROM goodwill WHERE answer_by > 0 AND answer_by <= $1 ORDER BY answer_by LIMIT $2`, now, maxGrants)
	return collect(rows, err, scanString)
}

// GrantTotals sums what was given on a site from one time to before another, per
// agent, kind and reason, by name. agentID narrows it to one agent, "" for all.
func (s *Store) GrantTotals(ctx context.Context, siteID, agentID string, from, to chat.Time) ([]chat.GrantTotal, error) {
	rows, err := s.read(ctx).Query(`SELECT g.by_id, b.name, b.picture, g.kind, g.name, g.unit, g.currency, g.reason, g.amount
		FROM goodwill g JOIN agent b ON b.id = g.by_id WHERE g.site_id = $1 AND g.at >= $2 AND g.at < $3 AND g.state = 'given' ORDER BY g.at`, siteID, from, to)
	given, err := collect(rows, err, func(row scanner) (t chat.GrantTotal, err error) {
		t.Count = 1
		return t, row.Scan(&t.Agent.ID, &t.Agent.Name, &t.Agent.Picture, &t.Kind, &t.Name, &t.Unit, &t.Currency, &t.Reason, &t.Amount)
	})
	if err != nil {
		return nil, fmt.Errorf("read totals: %w", err)
	}
	type place struct {
		agent, kind, currency string
		unit                  chat.GrantUnit
		reason                chat.GrantReason
	}
	sums := map[place]chat.GrantTotal{}
	for _, g := range given {
		if agentID != "" && g.Agent.ID != agentID {
			continue
		}
		at := place{g.Agent.ID, g.Kind, g.Currency, g.Unit, g.Reason}
		g.Count, g.Amount = g.Count+sums[at].Count, g.Amount+sums[at].Amount // the latest name stays
		sums[at] = g
	}
	totals := []chat.GrantTotal{}
	for _, t := range sums {
		totals = append(totals, t)
	}
	sorted.By(totals, func(a, b chat.GrantTotal) int {
		return cmp.Or(strings.Compare(a.Agent.Name, b.Agent.Name), strings.Compare(a.Name, b.Name), strings.Compare(string(a.Reason), string(b.Reason)))
	})
	return totals, nil
}
