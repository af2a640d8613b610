package storage

import (
	"context"
	"fmt"
	"time"

	"rapport/hub/chat"
)

const sessionColumns = `id, agent_id, generation, rotated_at, user_agent, ip, created_at, seen_at, expires_at, revoked_at, confirmed_at`

func scanSession(row scanner) (chat.AgentSession, error) {
	var v chat.AgentSession
	err := row.Scan(&v.ID, &v.AgentID, &v.Generation, &v.RotatedAt, &v.UserAgent, &v.IP, &v.CreatedAt, &v.SeenAt, &v.ExpiresAt, &v.RevokedAt, &v.ConfirmedAt)
	return v, err
}

// InsertSession stores a new sign-in of an agent who has shown what proven says.
// Unauthorized where they got another password or another second step meanwhile, or
// may not sign in any more: whatever ended their sessions has ended this one before
// it began.
func (s *Store) InsertSession(ctx context.Context, v *chat.AgentSession, proven chat.Proof) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if err := s.stillProven(q, v.AgentID, proven.Password); err != nil {
			return err
		}
		on, err := secondStepSince(q, v.AgentID)
		if err != nil {
			return err
		}
		if on != proven.Second {
			return chat.Fail(chat.Unauthorized, "Their second step is another by now.")
		}
		return insertSession(q, v)
	})
}

// stillProven holds the agent's row until the unit of work ends, so that none of
// what it asks for changes before.
func (s *Store) stillProven(q querier, agentID, proven string) error {
	var id string
	err := absent(q.QueryRow(`SELECT id FROM agent WHERE id = $1 AND password_hash = $2 AND disabled_at = 0`+s.dialect.forUpdate(), agentID, proven).Scan(&id))
	if chat.Is(err, chat.NotFound) {
		return chat.Fail(chat.Unauthorized, "This password is not theirs any more.")
	}
	return err
}

// ChangePassword replaces the password that was checked against the hash proven,
// ends all sign-ins of the agent and opens next in their place. It returns the
// ids of those that it ended. Unauthorized as InsertSession; NotFound where the
// sign-in of id asked, in which it was asked for, has ended meanwhile.
func (s *Store) ChangePassword(ctx context.Context, next *chat.AgentSession, asked, proven, hash string) ([]string, error) {
	var ended []string
	err := s.writer.submit(ctx, func(t *tx) error {
		if err := s.stillProven(t.q, next.AgentID, proven); err != nil {
			return err
		}
		if err := s.stillLive(t.q, next.AgentID, asked); err != nil {
			return err
		}
		t.changed(next.AgentID)
		if err := t.exec(`UPDATE agent SET password_hash = $1 WHERE id = $2`, hash, next.AgentID); err != nil {
			return fmt.Errorf("change password: %w", err)
		}
		if err := forgetMissedCodes(t.q, next.AgentID); err != nil {
			return err
		}
		var err error
		if ended, err = revokeSessions(t.q, t.now, next.AgentID, ""); err != nil {
			return err
		}
		return insertSession(t.q, next)
	})
	return ended, err
}

// stillLive is NotFound for a sign-in that has ended, and holds one that has not.
func (s *Store) stillLive(q querier, agentID, id string) error {
	var found string
	return absent(q.QueryRow(`SELECT id FROM agent_session WHERE id = $1 AND agent_id = $2 AND revoked_at = 0`+s.dialect.forUpdate(), id, agentID).Scan(&found))
}

func insertSession(q querier, v *chat.AgentSession) error {
	_, err := q.Exec(`INSERT INTO agent_session (`+sessionColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
		v.ID, v.AgentID, v.Generation, v.RotatedAt, v.UserAgent, v.IP, v.CreatedAt, v.SeenAt, v.ExpiresAt, v.RevokedAt, v.ConfirmedAt)
	if err != nil {
		return fmt.Errorf("insert session: %w", err)
	}
	return nil
}

// Session returns a sign-in, ended or not.
func (s *Store) Session(ctx context.Context, id string) (*chat.AgentSession, error) {
	v, err := scanSession(s.read(ctx).QueryRow(`SELECT `+sessionColumns+` FROM agent_session WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// LiveSessions returns an agent's sign-ins that have not ended, latest first.
func (s *Store) LiveSessions(ctx context.Context, agentID string) ([]chat.AgentSession, error) {
	rows, err := s.read(ctx).Query(`SELECT `+sessionColumns+` FROM agent_session WHERE agent_id = $1 AND revoked_at = 0 AND expires_at > $2 ORDER BY id DESC`,
		agentID, s.opt.Clock())
	return collect(rows, err, scanSession)
}

// RotateSession raises a session's generation from the one that was read and
// puts off its end. It reports false if somebody else rotated it first, which is
// fine: their cookie is the newer one.
func (s *Store) RotateSession(ctx context.Context, id string, generation int64, expires chat.Time) (bool, error) {
	rotated := false
	err := s.exclusive(ctx, func(q querier, now chat.Time) error {
		res, err := q.Exec(`UPDATE agent_session SET generation = generation + 1, confirmed_at = 0, rotated_at = $1, seen_at = $2, expires_at = $3
			WHERE id = $4 AND generation = $5 AND revoked_at = 0`, now, now, expires, id, generation)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		rotated = n == 1
		return err
	})
	return rotated, err
}

// ConfirmSession notes that the browser has shown this generation: it has the
// cookie, and the one before has done its duty.
func (s *Store) ConfirmSession(ctx context.Context, id string, generation int64) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE agent_session SET confirmed_at = $1 WHERE id = $2 AND generation = $3 AND confirmed_at = 0`, now, id, generation)
		return err
	})
}

// RevokeSessions ends an agent's sign-ins but the one to keep ("" for none) and
// returns the ids of those that it ended.
func (s *Store) RevokeSessions(ctx context.Context, agentID, keep string) ([]string, error) {
	var ended []string
	err := s.exclusive(ctx, func(q querier, now chat.Time) (err error) {
		ended, err = revokeSessions(q, now, agentID, keep)
		return err
	})
	return ended, err
}

func revokeSessions(q querier, now chat.Time, agentID, keep string) ([]string, error) {
	rows, err := q.Query(`UPDATE agent_session SET revoked_at = $1 WHERE agent_id = $2 AND id <> $3 AND revoked_at = 0 RETURNING id`, now, agentID, keep)
	ended, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("revoke sessions: %w", err)
	}
	return ended, nil
}

// RevokeSession ends one of an agent's sign-ins; NotFound if it is not theirs.
func (s *Store) RevokeSession(ctx context.Context, agentID, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		res, err := q.Exec(`UPDATE agent_session SET revoked_at = $1 WHERE id = $2 AND agent_id = $3 AND revoked_at = 0`, now, id, agentID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}

// keepSessions is how long a sign-in that ended is remembered, with the address and
// the browser that it came from: 30 days.
const keepSessions = 30 * 24 * time.Hour

// PruneSessions forgets sign-ins that ended or ran out long ago, and the browsers
// that were told under them.
func (s *Store) PruneSessions(ctx context.Context) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		before := now.Add(-keepSessions)
		if _, err := q.Exec(`DELETE FROM agent_session WHERE expires_at < $1 OR (revoked_at > 0 AND revoked_at < $2)`, before, before); err != nil {
			return fmt.Errorf("prune sessions: %w", err)
		}
		if _, err := q.Exec(`DELETE FROM push_device WHERE NOT EXISTS (SELECT 1 FROM agent_session v WHERE v.id = push_device.session_id)`); err != nil {
			return fmt.Errorf("prune push devices: %w", err)
		}
		return nil
	})
}

// SessionsRevokedSince returns the sign-ins that ended at or after a time: how a
// running server hears of those that another process ended.
func (s *Store) SessionsRevokedSince(ctx context.Context, since chat.Time) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT id FROM agent_session WHERE revoked_at > 0 AND revoked_at >= $1`, since)
	return collect(rows, err, scanString)
}

func scanString(row scanner) (string, error) {
	var v string
	err := row.Scan(&v)
	return v, err
}
