package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

// sealedSecond binds a sealed secret to its agent.
func sealedSecond(agentID string) string { return "second step " + agentID }

// SecondStep returns what an agent signs in with beside their password, begun or
// on. ErrNotFound where there is nothing.
func (s *Store) SecondStep(ctx context.Context, agentID string) (*chat.SecondStep, error) {
	v := chat.SecondStep{AgentID: agentID}
	var sealed string
	err := s.read(ctx).QueryRow(`SELECT sealed, on_at, last_step, (SELECT count(*) FROM recovery_code c WHERE c.agent_id = second_step.agent_id) FROM second_step WHERE agent_id = $1`, agentID).
		Scan(&sealed, &v.OnAt, &v.LastStep, &v.CodesLeft)
	if err != nil {
		return nil, absent(err)
	}
	if v.Missed, err = missedCodes(s.read(ctx), agentID); err != nil {
		return nil, err
	}
	v.Secret, err = s.seal.open(sealed, sealedSecond(agentID))
	return &v, err
}

// secondStepSince is since when an agent's second step is on, zero where it is not.
func secondStepSince(q querier, agentID string) (at chat.Time, err error) {
	err = absent(q.QueryRow(`SELECT on_at FROM second_step WHERE agent_id = $1`, agentID).Scan(&at))
	if chat.Is(err, chat.NotFound) {
		return 0, nil
	}
	return at, err
}

// BeginSecondStep keeps a secret that is to be proven by a first code. One that was
// begun before is forgotten; Conflict where one is on.
func (s *Store) BeginSecondStep(ctx context.Context, agentID, secret string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(`DELETE FROM second_step WHERE agent_id = $1 AND on_at = 0`, agentID); err != nil {
			return fmt.Errorf("forget second step: %w", err)
		}
		res, err := q.Exec(`INSERT INTO second_step (agent_id, sealed, on_at, last_step) VALUES ($1,$2,0,0) ON CONFLICT (agent_id) DO NOTHING`,
			agentID, s.seal.close(secret, sealedSecond(agentID)))
		if err != nil {
			return fmt.Errorf("begin second step: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.Fail(chat.Conflict, "The second step is on already.")
		}
		return nil
	})
}

// TurnOnSecondStep says that the first code of a secret, of half minute step, was
// right. It keeps the hashes of the recovery codes, ends the agent's sign-ins but
// keep, and returns those that it ended. Conflict where none was begun, or another
// secret since.
func (s *Store) TurnOnSecondStep(ctx context.Context, agentID, secret string, step int64, hashes []string, keep string) ([]string, error) {
	return s.changeSecondStep(ctx, agentID, keep, func(t *tx) error {
		sealed, err := s.begunWith(t.q, agentID, secret)
		if err != nil {
			return err
		}
		res, err := watched{t}.Exec(`UPDATE second_step SET on_at = $1, last_step = $2 WHERE agent_id = $3 AND on_at = 0 AND sealed = $4`, t.now, step, agentID, sealed)
		if err := gone(res, err); chat.Is(err, chat.NotFound) {
			return beginAnew()
		} else if err != nil {
			return err
		}
		return keepRecoveryCodes(watched{t}, agentID, hashes)
	})
}

func beginAnew() error { return chat.Fail(chat.Conflict, "Begin with the second step anew.") }

// begunWith returns the sealed form of the secret that was begun with, if it is this
// one: what another window has begun since has been shown to nobody here.
func (s *Store) begunWith(q querier, agentID, secret string) (sealed string, err error) {
	err = absent(q.QueryRow(`SELECT sealed FROM second_step WHERE agent_id = $1 AND on_at = 0`, agentID).Scan(&sealed))
	if chat.Is(err, chat.NotFound) {
		return "", beginAnew()
	}
	if err != nil {
		return "", err
	}
	if begun, err := s.seal.open(sealed, sealedSecond(agentID)); err != nil || begun != secret {
		return "", errors.Join(err, beginAnew())
	}
	return sealed, nil
}

// TurnOffSecondStep takes the second step away, ends the agent's sign-ins but keep,
// and returns those that it ended. ErrNotFound where there is none.
func (s *Store) TurnOffSecondStep(ctx context.Context, agentID, keep string, lines ...chat.AuditEntry) ([]string, error) {
	return s.changeSecondStep(ctx, agentID, keep, func(t *tx) error {
		if err := keepRecoveryCodes(watched{t}, agentID, nil); err != nil {
			return err
		}
		res, err := watched{t}.Exec(`DELETE FROM second_step WHERE agent_id = $1`, agentID)
		if err := gone(res, err); err != nil {
			return err
		}
		return appendLines(watched{t}, t.now, lines)
	})
}

// changeSecondStep runs a change after which the agent signs in another way. It holds
// the agent's row, as a sign-in does: of the two one is first.
func (s *Store) changeSecondStep(ctx context.Context, agentID, keep string, change func(*tx) error) (ended []string, err error) {
	err = s.writer.submit(ctx, func(t *tx) error {
		if err := s.holdAgent(t.q, agentID); err != nil {
			return err
		}
		if err := change(t); err != nil {
			return err
		}
		if err := forgetMissedCodes(watched{t}, agentID); err != nil {
			return err
		}
		t.changed(agentID)
		ended, err = revokeSessions(t.q, t.now, agentID, keep)
		return err
	})
	return ended, err
}

// UseSecondStep takes the code of a half minute, and reports false for one that is
// not later than the last: a code is good for one sign-in. While too many wrong ones
// were typed it takes none.
func (s *Store) UseSecondStep(ctx context.Context, agentID string, step int64) (taken bool, err error) {
	err = s.exclusive(ctx, func(q querier, now chat.Time) error {
		missed, err := missedCodes(q, agentID)
		if err != nil {
			return err
		}
		if missed.Wait(now) > 0 {
			taken = false
			return nil
		}
		taken, err = takes(q, `UPDATE second_step SET last_step = $1 WHERE agent_id = $2 AND last_step < $3 AND on_at > 0`, step, agentID, step)
		return err
	})
	return taken, err
}

// UseRecoveryCode takes one and reports false for one that there is not, or not any
// more.
func (s *Store) UseRecoveryCode(ctx context.Context, agentID, hash string) (taken bool, err error) {
	err = s.exclusive(ctx, func(q querier, _ chat.Time) error {
		taken, err = takes(q, `DELETE FROM recovery_code WHERE agent_id = $1 AND hash = $2`, agentID, hash)
		return err
	})
	return taken, err
}

// takes reports whether a statement changed a row.
func takes(q querier, query string, args ...any) (bool, error) {
	res, err := q.Exec(query, args...)
	if err != nil {
		return false, fmt.Errorf("take a code: %w", err)
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// SaveRecoveryCodes keeps these hashes in place of those before.
func (s *Store) SaveRecoveryCodes(ctx context.Context, agentID string, hashes []string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error { return keepRecoveryCodes(q, agentID, hashes) })
}

func keepRecoveryCodes(q querier, agentID string, hashes []string) error {
	if _, err := q.Exec(`DELETE FROM recovery_code WHERE agent_id = $1`, agentID); err != nil {
		return fmt.Errorf("forget recovery codes: %w", err)
	}
	for _, hash := range hashes {
		if _, err := q.Exec(`INSERT INTO recovery_code (agent_id, hash) VALUES ($1,$2)`, agentID, hash); err != nil {
			return fmt.Errorf("keep recovery code: %w", err)
		}
	}
	return nil
}

// secondRoles is the setting that holds the roles that take a second step, as JSON.
const secondRoles = "second_step_roles"

// SecondStepRoles are the roles whose people sign in with a second step.
func (s *Store) SecondStepRoles(ctx context.Context) ([]chat.Role, error) {
	var text string
	err := s.read(ctx).QueryRow(`SELECT value FROM setting WHERE name = $1`, secondRoles).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read roles of the second step: %w", err)
	}
	var roles []chat.Role
	return roles, json.Unmarshal([]byte(text), &roles)
}

// SaveSecondStepRoles says which roles take a second step, ends the sign-ins of those
// who have one of them and no second step, and returns these. Invalid for a role that
// does not exist.
func (s *Store) SaveSecondStepRoles(ctx context.Context, roles []chat.Role) ([]string, error) {
	var ended []string
	err := s.exclusive(ctx, func(q querier, now chat.Time) error {
		for _, role := range roles {
			if _, err := ownRights(q, role); err != nil {
				return err
			}
		}
		text, err := json.Marshal(append([]chat.Role{}, roles...))
		if err != nil {
			return err
		}
		if _, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1,$2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, secondRoles, string(text)); err != nil {
			return fmt.Errorf("save roles of the second step: %w", err)
		}
		rows, err := q.Query(selectAgent + `ORDER BY id`)
		agents, err := collect(rows, err, scanAgent)
		if err != nil {
			return err
		}
		for i := range agents {
			if agents[i].Second || !slices.Contains(roles, agents[i].Role) {
				continue
			}
			more, err := revokeSessions(q, now, agents[i].ID, "")
			if err != nil {
				return err
			}
			ended = append(ended, more...)
		}
		return nil
	})
	return ended, err
}
