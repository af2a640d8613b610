package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const agentColumns = `id, email, name, picture, role, complaints, work, password_hash, created_at, disabled_at`

// selectAgent reads agents with what a role of the installation's own allows them,
// and whether they sign in with a second step.
const selectAgent = `SELECT ` + agentColumns + `, coalesce((SELECT r.permissions FROM agent_role r WHERE r.id = agent.role), ''),
	EXISTS (SELECT 1 FROM second_step x WHERE x.agent_id = agent.id AND x.on_at > 0) FROM agent `

func scanAgent(row scanner) (chat.Agent, error) {
	var a chat.Agent
	var work, own string
	err := row.Scan(&a.ID, &a.Email, &a.Name, &a.Picture, &a.Role, &a.Complaints, &work, &a.PasswordHash, &a.CreatedAt, &a.DisabledAt, &own, &a.Second)
	if err == nil && own != "" {
		a.Own, err = readRights(own)
	}
	if err != nil || work == "{}" {
		return a, err
	}
	return a, json.Unmarshal([]byte(work), &a.Work)
}

func agentWhere(q querier, where string, arg any) (*chat.Agent, error) {
	a, err := scanAgent(q.QueryRow(selectAgent+`WHERE `+where, arg))
	if err != nil {
		return nil, absent(err)
	}
	return &a, nil
}

// Agent returns an agent, disabled or not.
func (s *Store) Agent(ctx context.Context, id string) (*chat.Agent, error) {
	return agentWhere(s.read(ctx), `id = $1`, id)
}

// AgentByEmail finds an agent by address, in lower case.
func (s *Store) AgentByEmail(ctx context.Context, email string) (*chat.Agent, error) {
	return agentWhere(s.read(ctx), `email = $1`, email)
}

// Agents returns everybody, oldest first.
func (s *Store) Agents(ctx context.Context) ([]chat.Agent, error) {
	rows, err := s.read(ctx).Query(selectAgent + `ORDER BY id`)
	return collect(rows, err, scanAgent)
}

// OwnerExists reports whether the set-up is done.
func (s *Store) OwnerExists(ctx context.Context) (bool, error) {
	var n int
	err := s.read(ctx).QueryRow(`SELECT count(*) FROM agent WHERE role = 'owner'`).Scan(&n)
	return n > 0, err
}

func (t *tx) Agent(id string) (*chat.Agent, error) {
	if t.w.cache != nil {
		if a, ok := t.w.cache.agents[id]; ok {
			return &a, nil
		}
	}
	a, err := agentWhere(t.q, `id = $1`, id)
	if err == nil && t.w.cache != nil {
		keep(t.w.cache.agents, id, *a)
	}
	return a, err
}

// InsertAgent stores a new agent, with the lines of the audit log that tell of it.
// Conflict if the address is taken or the name is too near to a colleague's,
// SetupDone if a second owner would come to be.
func (s *Store) InsertAgent(ctx context.Context, a *chat.Agent, lines ...chat.AuditEntry) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		a.CreatedAt = now
		if err := insertAgent(q, a); err != nil {
			return err
		}
		return appendLines(q, now, lines)
	})
}

func insertAgent(q querier, a *chat.Agent) error {
	if a.Role == chat.Owner {
		var n int
		if err := q.QueryRow(`SELECT count(*) FROM agent WHERE role = 'owner'`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return chat.Fail(chat.SetupDone, "This installation already has its owner. Sign in, or ask them for an invitation.")
		}
	}
	work, err := json.Marshal(a.Work)
	if err != nil {
		return err
	}
	res, err := q.Exec(`INSERT INTO agent (`+agentColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,0) ON CONFLICT (email) DO NOTHING`,
		a.ID, a.Email, a.Name, a.Picture, a.Role, truth(a.Complaints), string(work), a.PasswordHash, a.CreatedAt)
	if err != nil {
		return fmt.Errorf("insert agent: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return &chat.Failure{Code: chat.Conflict, Field: "email", Message: "Somebody with this address is here already."}
	}
	return nameIsFree(q, a)
}

// nameIsFree is Conflict when customers could take the agent for a colleague who
// may sign in.
func nameIsFree(q querier, a *chat.Agent) error {
	rows, err := q.Query(selectAgent+`WHERE disabled_at = 0 AND id <> $1`, a.ID)
	colleagues, err := collect(rows, err, scanAgent)
	if err != nil {
		return fmt.Errorf("read names: %w", err)
	}
	for i := range colleagues {
		if chat.SameName(colleagues[i].Name, a.Name) {
			return &chat.Failure{Code: chat.Conflict, Field: "name", Message: "Customers would mistake this name for a colleague's, " + colleagues[i].Name + ". Add an initial or a second name."}
		}
	}
	return nil
}

// SaveAgent stores name, picture, role, work and whether they may sign in; the password
// has its own ways in, since another process may change it at any time. Who answers no
// customers any more leaves no open question behind, neither their own nor one for them
// alone.
// Conflict if they get a name, or come back with one, that is too near to a
// colleague's; Invalid for a role that does not exist.
func (s *Store) SaveAgent(ctx context.Context, a *chat.Agent) error {
	return s.writer.submit(ctx, func(t *tx) error {
		before, err := agentWhere(t.q, `id = $1`, a.ID)
		if err != nil {
			return err
		}
		if a.DisabledAt == 0 && (a.Name != before.Name || before.DisabledAt > 0) {
			if err := nameIsFree(t.q, a); err != nil {
				return err
			}
		}
		if a.Role != before.Role {
			if a.Own, err = ownRights(t.q, a.Role); err != nil {
				return err
			}
		}
		if before.Answers() && !a.Answers() {
			if err := dropConsultsOf(watched{t}, a.ID, t.Now()); err != nil {
				return err
			}
		}
		t.changed(a.ID)
		work, err := json.Marshal(a.Work)
		if err != nil {
			return err
		}
		return t.exec(`UPDATE agent SET name = $1, picture = $2, role = $3, complaints = $4, work = $5, disabled_at = $6 WHERE id = $7`,
			a.Name, a.Picture, a.Role, truth(a.Complaints), string(work), a.DisabledAt, a.ID)
	})
}

// Rehash stores the same password in another form, fresh for proven. It reports
// false, and leaves everything, where they have another password meanwhile.
func (s *Store) Rehash(ctx context.Context, agentID, proven, fresh string) (bool, error) {
	same := false
	err := s.writer.submit(ctx, func(t *tx) error {
		t.changed(agentID)
		res, err := watched{t}.Exec(`UPDATE agent SET password_hash = $1 WHERE id = $2 AND password_hash = $3`, fresh, agentID, proven)
		if err != nil {
			return fmt.Errorf("rehash: %w", err)
		}
		n, err := res.RowsAffected()
		same = n == 1
		return err
	})
	return same, err
}

// SetPassword gives an agent another password and ends all their sign-ins, with
// the line of the audit log that tells of it.
func (s *Store) SetPassword(ctx context.Context, agentID, hash string, line chat.AuditEntry) error {
	return s.writer.submit(ctx, func(t *tx) error {
		t.changed(agentID)
		if err := t.exec(`UPDATE agent SET password_hash = $1 WHERE id = $2`, hash, agentID); err != nil {
			return fmt.Errorf("set password: %w", err)
		}
		if err := t.exec(`UPDATE agent_session SET revoked_at = $1 WHERE agent_id = $2 AND revoked_at = 0`, t.Now(), agentID); err != nil {
			return fmt.Errorf("end sign-ins: %w", err)
		}
		return appendLines(watched{t}, t.Now(), []chat.AuditEntry{line})
	})
}
