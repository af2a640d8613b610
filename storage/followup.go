package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

const followUpColumns = `id, site_id, conversation_id, agent_id, by_rule, text, due_at, state, made_at, ended_at, template_id, lacks`

func followUpTargets(f *chat.FollowUp) []any {
	return []any{&f.ID, &f.SiteID, &f.ConversationID, &f.AgentID, &f.ByRule, &f.Text, &f.DueAt, &f.State, &f.MadeAt, &f.EndedAt, &f.TemplateID, &f.Lacks}
}

func scanFollowUp(row scanner) (f chat.FollowUp, err error) {
	return f, row.Scan(followUpTargets(&f)...)
}

func oneFollowUp(q querier, where string, args ...any) (*chat.FollowUp, error) {
	f, err := scanFollowUp(q.QueryRow(`SELECT `+followUpColumns+` FROM follow_up WHERE `+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &f, nil
}

const standingFollowUp = `conversation_id = $1 AND state IN ('waiting', 'held')`

func (t *tx) FollowUp(id string) (*chat.FollowUp, error) { return oneFollowUp(t.q, `id = $1`, id) }

func (t *tx) StandingFollowUp(conversationID string) (*chat.FollowUp, error) {
	return oneFollowUp(t.q, standingFollowUp, conversationID)
}

// StandingFollowUp returns the follow-up that waits in a conversation or is held
// back.
func (s *Store) StandingFollowUp(ctx context.Context, conversationID string) (*chat.FollowUp, error) {
	return oneFollowUp(s.read(ctx), standingFollowUp, conversationID)
}

// HeldFollowUp is a follow-up that was held back, with the customer it was for.
type HeldFollowUp struct {
	chat.FollowUp
	PersonID       string
	PersonName     string
	PersonVerified bool
}

const heldSelect = `SELECT f.id, f.site_id, f.conversation_id, f.agent_id, f.by_rule, f.text, f.due_at, f.state, f.made_at, f.ended_at, f.template_id, f.lacks,
	coalesce(s.id, v.id), coalesce(s.name, v.name), ` + heldVerified + `
	FROM follow_up f JOIN conversation c ON c.id = f.conversation_id
	JOIN person v ON v.id = c.person_id LEFT JOIN person s ON s.id = v.merged_into WHERE f.state = 'held' AND `

const heldVerified = `coalesce(s.verified - s.name_given, v.verified - v.name_given)`

// maxHeld bounds how many follow-ups that were held back are read at once.
const maxHeld = 50

// HeldFollowUps returns what was held back of an agent's on a site, longest due
// first.
func (s *Store) HeldFollowUps(ctx context.Context, siteID, agentID string) ([]HeldFollowUp, error) {
	rows, err := s.read(ctx).Query(heldSelect+`f.agent_id = $1 AND f.site_id = $2 ORDER BY f.due_at, f.id LIMIT $3`, agentID, siteID, maxHeld)
	list, err := collect(rows, err, scanHeld)
	if err != nil {
		return nil, fmt.Errorf("read held follow-ups: %w", err)
	}
	return list, nil
}

// HeldFollowUp returns one that is held back.
func (s *Store) HeldFollowUp(ctx context.Context, id string) (*HeldFollowUp, error) {
	h, err := scanHeld(s.read(ctx).QueryRow(heldSelect+`f.id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &h, nil
}

func scanHeld(row scanner) (h HeldFollowUp, err error) {
	return h, row.Scan(append(followUpTargets(&h.FollowUp), &h.PersonID, &h.PersonName, &h.PersonVerified)...)
}

func (t *tx) InsertFollowUp(f *chat.FollowUp) error {
	err := t.exec(`INSERT INTO follow_up (`+followUpColumns+`, claimed_until) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,0)`,
		f.ID, f.SiteID, f.ConversationID, f.AgentID, truth(f.ByRule), f.Text, f.DueAt, f.State, f.MadeAt, f.EndedAt, f.TemplateID, f.Lacks)
	if err != nil {
		return fmt.Errorf("insert follow-up: %w", err)
	}
	return nil
}

func (t *tx) SaveFollowUp(f *chat.FollowUp) error {
	if err := t.exec(`UPDATE follow_up SET state = $1, ended_at = $2, lacks = $3 WHERE id = $4`, f.State, f.EndedAt, f.Lacks, f.ID); err != nil {
		return fmt.Errorf("save follow-up: %w", err)
	}
	return nil
}

const (
	followUpsDue = `SELECT id FROM follow_up WHERE state = 'waiting' AND due_at <= $1 AND claimed_until <= $2 ORDER BY due_at LIMIT $3`
	heldOfNobody = `SELECT id FROM follow_up WHERE state = 'held' AND agent_id IN (SELECT id FROM agent WHERE disabled_at > 0) AND claimed_until <= $1 LIMIT $2`
)

// ClaimFollowUps returns the ids of follow-ups that are due, longest due first, and
// of those that are held back for an agent who may not sign in any more. It keeps other servers from them for as long as a claim of reminders holds.
func (s *Store) ClaimFollowUps(ctx context.Context) (list []string, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		at, err := s.leaseTime(q, now)
		if err != nil {
			return err
		}
		rows, err := q.Query(followUpsDue, now, at, remindersAtOnce)
		due, err := collect(rows, err, scanString)
		if err != nil {
			return err
		}
		rows, err = q.Query(heldOfNobody, at, remindersAtOnce)
		left, err := collect(rows, err, scanString)
		if err != nil {
			return err
		}
		list = nil
		for _, id := range append(due, left...) {
			res, err := q.Exec(`UPDATE follow_up SET claimed_until = $1 WHERE id = $2 AND claimed_until <= $3`, at.Add(reminderLease), id, at)
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
