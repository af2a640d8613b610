package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const invitationColumns = `id, token_hash, email, role, teams, created_by, created_at, expires_at, used_at`

func scanInvitation(row scanner) (chat.Invitation, error) {
	var v chat.Invitation
	var teams string
	err := row.Scan(&v.ID, &v.TokenHash, &v.Email, &v.Role, &teams, &v.CreatedBy, &v.CreatedAt, &v.ExpiresAt, &v.UsedAt)
	if err != nil || teams == "[]" {
		return v, err
	}
	return v, json.Unmarshal([]byte(teams), &v.Teams)
}

// InsertInvitation stores an invitation. One for the owner replaces those before it:
// only the latest set-up link works, and of several servers that of each, until one is
// used.
func (s *Store) InsertInvitation(ctx context.Context, v *chat.Invitation) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if v.Role == chat.Owner && !s.claim.together() {
			if _, err := q.Exec(`DELETE FROM invitation WHERE role = 'owner'`); err != nil {
				return err
			}
		}
		teams, err := json.Marshal(append([]string{}, v.Teams...))
		if err != nil {
			return err
		}
		_, err = q.Exec(`INSERT INTO invitation (`+invitationColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,0)`,
			v.ID, v.TokenHash, v.Email, v.Role, string(teams), v.CreatedBy, v.CreatedAt, v.ExpiresAt)
		return err
	})
}

// Invitation finds an invitation that can still be used by its token's hash;
// LinkExpired otherwise.
func (s *Store) Invitation(ctx context.Context, tokenHash string) (*chat.Invitation, error) {
	return usableInvitation(s.read(ctx), tokenHash, s.opt.Clock())
}

func usableInvitation(q querier, tokenHash string, now chat.Time) (*chat.Invitation, error) {
	v, err := scanInvitation(q.QueryRow(`SELECT `+invitationColumns+` FROM invitation WHERE token_hash = $1`, tokenHash))
	if err == nil {
		err = stillAllowed(q, &v)
	}
	err = absent(err)
	if err != nil && !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	if err != nil || v.UsedAt > 0 || v.ExpiresAt <= now {
		return nil, chat.Fail(chat.LinkExpired, "This link was used already or has run out. Ask for a new one.")
	}
	return &v, nil
}

// stillAllowed is NotFound when whoever made the invitation may no longer grant
// its role: a link must not outlive its author's rights. The set-up link has no
// author.
func stillAllowed(q querier, v *chat.Invitation) error {
	if v.CreatedBy == "" {
		return nil
	}
	author, err := agentWhere(q, `id = $1`, v.CreatedBy)
	if err != nil {
		return err
	}
	may, err := rightsOf(q, v.Role)
	if err != nil {
		return err
	}
	if author.DisabledAt > 0 || !author.May(chat.ManagePeople) || !author.Rights().Covers(may) {
		return chat.ErrNotFound
	}
	return nil
}

// Invitations returns those that can still be used, without set-up links,
// latest first.
func (s *Store) Invitations(ctx context.Context) ([]chat.Invitation, error) {
	rows, err := s.read(ctx).Query(`SELECT `+invitationColumns+` FROM invitation WHERE used_at = 0 AND expires_at > $1 AND role <> 'owner' ORDER BY id DESC`, s.opt.Clock())
	return collect(rows, err, scanInvitation)
}

// DeleteInvitation withdraws an invitation.
func (s *Store) DeleteInvitation(ctx context.Context, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`DELETE FROM invitation WHERE id = $1 AND used_at = 0 AND role <> 'owner'`, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}

// AcceptInvitation makes the agent and their first session and uses up the
// invitation, all or nothing. The role is the invitation's, with its rights,
// and so are the teams, as far as they are still there and its author may still let
// somebody in.
func (s *Store) AcceptInvitation(ctx context.Context, tokenHash string, a *chat.Agent, session *chat.AgentSession) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		// Another server may be at it, or at another set-up link: whoever is first has them.
		rows, err := q.Query(`SELECT id FROM invitation WHERE token_hash = $1 OR role = 'owner' ORDER BY id`+s.dialect.forUpdate(), tokenHash)
		if _, err = collect(rows, err, scanString); err != nil {
			return fmt.Errorf("lock invitation: %w", err)
		}
		v, err := usableInvitation(q, tokenHash, now)
		if err != nil {
			return err
		}
		a.Role, a.CreatedAt = v.Role, now
		if v.Email != "" {
			a.Email = v.Email
		}
		if a.Own, err = ownRights(q, a.Role); err != nil {
			return err
		}
		if err := insertAgent(q, a); err != nil {
			return err
		}
		teams, err := joinable(q, v)
		if err != nil {
			return err
		}
		for _, team := range teams {
			if err := joinTeam(q, team, a.ID); err != nil {
				return err
			}
		}
		if _, err := q.Exec(`UPDATE invitation SET used_at = $1 WHERE id = $2 OR role = 'owner' AND role = $3`, now, v.ID, v.Role); err != nil {
			return fmt.Errorf("use invitation: %w", err)
		}
		return insertSession(q, session)
	})
}

// joinable are the teams of an invitation that are still there, without those that have
// limits by now where its author sets none: nobody widens limits by a detour.
func joinable(q querier, v *chat.Invitation) ([]string, error) {
	if len(v.Teams) == 0 {
		return nil, nil
	}
	author, err := agentWhere(q, `id = $1`, v.CreatedBy)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, team := range v.Teams {
		var found string
		err := absent(q.QueryRow(`SELECT id FROM team WHERE id = $1`, team).Scan(&found))
		if chat.Is(err, chat.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		limited, err := sitesLimiting(q, team)
		if err != nil {
			return nil, err
		}
		if len(limited) == 0 || author.May(chat.SetAuthority) {
			out = append(out, team)
		}
	}
	return out, nil
}
