package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

const promiseColumns = `id, site_id, conversation_id, matter_id, card_id, message_id, client_id, made_by, kind, whose, owner_id, text,
	due_at, zone, words, next_at, state, moved, why, handed_at, made_at, ended_at, told, remind_at, absence_id, anyone, claimed_until, delay, place, minutes, sequence`

const promiseFields = `p.id, p.site_id, p.conversation_id, p.matter_id, p.card_id, p.message_id, p.client_id, p.made_by, p.kind, p.whose, coalesce(o.id, ''), p.text,
	p.due_at, p.zone, p.words, p.next_at, p.state, p.moved, p.why, p.handed_at, p.made_at, p.ended_at, p.told, p.remind_at, p.delay, p.place, p.minutes, p.sequence,
	p.absence_id, coalesce(o.name, ''), coalesce(o.picture, ''), coalesce(w.id, ''), coalesce(w.name, ''), coalesce(w.picture, '')`

// promiseNames joins who answers for a promise, nobody where anyone does, and for
// whose absence it was handed on.
const promiseNames = ` LEFT JOIN agent o ON o.id = p.owner_id AND p.anyone = 0
	LEFT JOIN absence h ON h.id = p.absence_id LEFT JOIN agent w ON w.id = h.agent_id`

const promiseSelect = `SELECT ` + promiseFields + ` FROM promise p` + promiseNames

func promiseTargets(p *chat.Promise) []any {
	return []any{&p.ID, &p.SiteID, &p.ConversationID, &p.MatterID, &p.CardID, &p.MessageID, &p.ClientID, &p.MadeBy, &p.Kind, &p.Whose, &p.Owner.ID, &p.Text,
		&p.DueAt, &p.Zone, &p.Words, &p.NextAt, &p.State, &p.Moved, &p.Why, &p.HandedAt, &p.MadeAt, &p.EndedAt, &p.Told, &p.RemindAt, &p.Delay, &p.Place, &p.Minutes, &p.Sequence,
		&p.AbsenceID, &p.Owner.Name, &p.Owner.Picture, &p.Away.ID, &p.Away.Name, &p.Away.Picture}
}

func scanPromise(row scanner) (p chat.Promise, err error) {
	return p, row.Scan(promiseTargets(&p)...)
}

func onePromise(q querier, where string, args ...any) (*chat.Promise, error) {
	p, err := scanPromise(q.QueryRow(promiseSelect+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &p, nil
}

func (t *tx) Promise(id string) (*chat.Promise, error) {
	return onePromise(t.q, ` WHERE p.id = $1`, id)
}

func (t *tx) PromiseByClientID(conversationID, agentID, clientID string) (*chat.Promise, error) {
	return onePromise(t.q, ` WHERE p.client_id = $1 AND p.made_by = $2 AND p.conversation_id = $3`, clientID, agentID, conversationID)
}

const openPromises = ` WHERE p.conversation_id = $1 AND p.state = 'open' ORDER BY p.due_at, p.id`

func (t *tx) OpenPromises(conversationID string) ([]chat.Promise, error) {
	rows, err := t.q.Query(promiseSelect+openPromises, conversationID)
	return collect(rows, err, scanPromise)
}

func (t *tx) InsertPromise(p *chat.Promise) error {
	err := t.exec(`INSERT INTO promise (`+promiseColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,0,$27,$28,$29,$30)`,
		p.ID, p.SiteID, p.ConversationID, p.MatterID, p.CardID, p.MessageID, p.ClientID, p.MadeBy, p.Kind, p.Whose, cmp.Or(p.Owner.ID, p.MadeBy), p.Text,
		p.DueAt, p.Zone, p.Words, p.NextAt, p.State, truth(p.Moved), p.Why, p.HandedAt, p.MadeAt, p.EndedAt, p.Told, p.RemindAt, p.AbsenceID, truth(p.Owner.ID == ""), p.Delay, p.Place, p.Minutes, p.Sequence)
	if err != nil {
		return fmt.Errorf("insert promise: %w", err)
	}
	return nil
}

// SavePromise leaves a claim on its reminder behind: whoever holds it finds that
// the reminder is another one now.
func (t *tx) SavePromise(p *chat.Promise) error {
	err := t.exec(`UPDATE promise SET owner_id = coalesce(nullif($1, ''), owner_id), anyone = $2, due_at = $3, next_at = $4, state = $5, moved = $6, why = $7, handed_at = $8, ended_at = $9,
		told = $10, remind_at = $11, absence_id = $12, claimed_until = 0, delay = $13, sequence = $14 WHERE id = $15`,
		p.Owner.ID, truth(p.Owner.ID == ""), p.DueAt, p.NextAt, p.State, truth(p.Moved), p.Why, p.HandedAt, p.EndedAt, p.Told, p.RemindAt, p.AbsenceID, p.Delay, p.Sequence, p.ID)
	if err != nil {
		return fmt.Errorf("save promise: %w", err)
	}
	return nil
}

// MaxPromises is how many promises of a conversation are read at most, the
// latest.
const MaxPromises = 100

// Promises returns the promises of a conversation, of all its matters, oldest
// first.
func (s *Store) Promises(ctx context.Context, conversationID string) ([]chat.Promise, error) {
	return s.promises(ctx, ` WHERE p.conversation_id = $1 ORDER BY p.id DESC LIMIT $2`, conversationID, MaxPromises)
}

// promises reads those that a condition finds, the latest first, and turns them round.
func (s *Store) promises(ctx context.Context, where string, args ...any) ([]chat.Promise, error) {
	rows, err := s.read(ctx).Query(promiseSelect+where, args...)
	list, err := collect(rows, err, scanPromise)
	if err != nil {
		return nil, fmt.Errorf("read promises: %w", err)
	}
	slices.Reverse(list)
	return list, nil
}

// Promise returns one promise.
func (s *Store) Promise(ctx context.Context, id string) (*chat.Promise, error) {
	return onePromise(s.read(ctx), ` WHERE p.id = $1`, id)
}
