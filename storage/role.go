package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

const roleColumns = `id, name, permissions, made_at`

func scanRole(row scanner) (chat.OwnRole, error) {
	var v chat.OwnRole
	var words string
	if err := row.Scan(&v.ID, &v.Name, &words, &v.MadeAt); err != nil {
		return v, err
	}
	var err error
	v.Rights, err = readRights(words)
	return v, err
}

// readRights is a stored set of permissions. A word that this version does not know
// allows nothing.
func readRights(words string) (chat.Rights, error) {
	var list []chat.Permission
	err := json.Unmarshal([]byte(words), &list)
	return chat.RightsOf(list...), err
}

func roleByID(q querier, id string) (*chat.OwnRole, error) {
	v, err := scanRole(q.QueryRow(`SELECT `+roleColumns+` FROM agent_role WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// rightsOf is what a role allows. ErrNotFound for one that does not exist.
func rightsOf(q querier, role chat.Role) (chat.Rights, error) {
	if role.BuiltIn() {
		return role.Rights(), nil
	}
	v, err := roleByID(q, string(role))
	if err != nil {
		return 0, err
	}
	return v.Rights, nil
}

// ownRights is what an agent of this role has beside what every installation gives
// it; Invalid for a role that does not exist.
func ownRights(q querier, role chat.Role) (chat.Rights, error) {
	if role.BuiltIn() {
		return 0, nil
	}
	may, err := rightsOf(q, role)
	if chat.Is(err, chat.NotFound) {
		return 0, chat.FailField("role", "This role is not here any more. Choose another one.")
	}
	return may, err
}

// Role returns a role of the installation's own. ErrNotFound if there is none.
func (s *Store) Role(ctx context.Context, id string) (*chat.OwnRole, error) {
	return roleByID(s.read(ctx), id)
}

// Roles returns those of the installation's own, oldest first.
func (s *Store) Roles(ctx context.Context) ([]chat.OwnRole, error) {
	return roles(s.read(ctx))
}

func roles(q querier) ([]chat.OwnRole, error) {
	rows, err := q.Query(`SELECT ` + roleColumns + ` FROM agent_role ORDER BY id`)
	list, err := collect(rows, err, scanRole)
	if err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	return list, nil
}

// InsertRole stores a new role. Conflict if its name is taken, Invalid for one too
// many.
func (s *Store) InsertRole(ctx context.Context, v *chat.OwnRole) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		list, err := roles(q)
		if err != nil {
			return err
		}
		if len(list) >= chat.MaxRoles {
			return chat.FailField("name", "There are %d roles, as many as fit.", chat.MaxRoles)
		}
		if err := roleNameIsFree(list, v); err != nil {
			return err
		}
		words, err := json.Marshal(v.Rights.List())
		if err != nil {
			return err
		}
		v.MadeAt = now
		if _, err := q.Exec(`INSERT INTO agent_role (`+roleColumns+`) VALUES ($1,$2,$3,$4)`, v.ID, v.Name, string(words), v.MadeAt); err != nil {
			return fmt.Errorf("insert role: %w", err)
		}
		return nil
	})
}

func roleNameIsFree(list []chat.OwnRole, v *chat.OwnRole) error {
	if slices.ContainsFunc(list, func(other chat.OwnRole) bool { return other.ID != v.ID && chat.SameName(other.Name, v.Name) }) {
		return &chat.Failure{Code: chat.Conflict, Field: "name", Message: "There is a role of this name already."}
	}
	return nil
}

// SaveRole stores a role's name and permissions. Where these are others, it ends
// the sign-ins of all who have the role and returns their ids; and where they answer no
// customers any more, they leave no open question behind, as in SaveAgent. ErrNotFound if
// there is no such role, Conflict if its name is taken.
func (s *Store) SaveRole(ctx context.Context, v *chat.OwnRole) ([]string, error) {
	var ended []string
	err := s.writer.submit(ctx, func(t *tx) error {
		before, err := roleByID(t.q, v.ID)
		if err != nil {
			return err
		}
		list, err := roles(t.q)
		if err != nil {
			return err
		}
		if err := roleNameIsFree(list, v); err != nil {
			return err
		}
		words, err := json.Marshal(v.Rights.List())
		if err != nil {
			return err
		}
		if err := t.exec(`UPDATE agent_role SET name = $1, permissions = $2 WHERE id = $3`, v.Name, string(words), v.ID); err != nil {
			return fmt.Errorf("save role: %w", err)
		}
		v.MadeAt = before.MadeAt
		if v.Rights == before.Rights {
			return nil
		}
		t.changedAll()
		if before.Rights.Has(chat.AnswerCustomers) && !v.Rights.Has(chat.AnswerCustomers) {
			if err := dropConsultsOfRole(t, v.ID); err != nil {
				return err
			}
		}
		rows, err := t.q.Query(`UPDATE agent_session SET revoked_at = $1 WHERE agent_id IN (SELECT id FROM agent WHERE role = $2) AND revoked_at = 0 RETURNING id`, t.now, v.ID)
		ended, err = collect(rows, err, scanString)
		return err
	})
	return ended, err
}

// DeleteRole takes a role away. ErrNotFound if there is none, Conflict while
// somebody has it or is invited to it.
func (s *Store) DeleteRole(ctx context.Context, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		var held int
		err := q.QueryRow(`SELECT (SELECT count(*) FROM agent WHERE role = $1) + (SELECT count(*) FROM invitation WHERE role = $2 AND used_at = 0 AND expires_at > $3)`, id, id, now).Scan(&held)
		if err != nil {
			return err
		}
		if held > 0 {
			return chat.Fail(chat.Conflict, "Somebody has this role, or is invited to it. Give them another one first.")
		}
		res, err := q.Exec(`DELETE FROM agent_role WHERE id = $1`, id)
		return gone(res, err)
	})
}
