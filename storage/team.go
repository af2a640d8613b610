package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

const teamColumns = `id, name, skills, made_at`

func scanTeam(row scanner) (chat.Team, error) {
	var v chat.Team
	var skills string
	if err := row.Scan(&v.ID, &v.Name, &skills, &v.MadeAt); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(skills), &v.Skills)
}

// membership is one row of team_member.
type membership struct{ team, agent string }

func scanMembership(row scanner) (m membership, err error) {
	return m, row.Scan(&m.team, &m.agent)
}

// Teams returns all of them with their members, oldest first.
func (s *Store) Teams(ctx context.Context) ([]chat.Team, error) {
	return teams(s.read(ctx))
}

func teams(q querier) ([]chat.Team, error) {
	rows, err := q.Query(`SELECT ` + teamColumns + ` FROM team ORDER BY id`)
	list, err := collect(rows, err, scanTeam)
	if err != nil {
		return nil, fmt.Errorf("read teams: %w", err)
	}
	rows, err = q.Query(`SELECT team_id, agent_id FROM team_member ORDER BY team_id, agent_id`)
	members, err := collect(rows, err, scanMembership)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	for _, m := range members {
		if i := slices.IndexFunc(list, func(v chat.Team) bool { return v.ID == m.team }); i >= 0 {
			list[i].Members = append(list[i].Members, m.agent)
		}
	}
	return list, nil
}

// Team returns one team with its members. ErrNotFound if there is none.
func (s *Store) Team(ctx context.Context, id string) (*chat.Team, error) {
	q := s.read(ctx)
	v, err := scanTeam(q.QueryRow(`SELECT `+teamColumns+` FROM team WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	v.Members, err = membersOf(q, id)
	return &v, err
}

// TeamsOf returns the ids of the teams that an agent is in.
func (s *Store) TeamsOf(ctx context.Context, agentID string) ([]string, error) {
	return teamsOf(s.read(ctx), agentID)
}

func (t *tx) TeamsOf(agentID string) ([]string, error) { return teamsOf(t.q, agentID) }

func teamsOf(q querier, agentID string) ([]string, error) {
	rows, err := q.Query(`SELECT team_id FROM team_member WHERE agent_id = $1 ORDER BY team_id`, agentID)
	return collect(rows, err, scanString)
}

func membersOf(q querier, teamID string) ([]string, error) {
	rows, err := q.Query(`SELECT agent_id FROM team_member WHERE team_id = $1 ORDER BY agent_id`, teamID)
	list, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	return list, nil
}

func (t *tx) InTeam(agentID, teamID string) (bool, error) {
	var n int
	err := t.q.QueryRow(`SELECT count(*) FROM team_member WHERE team_id = $1 AND agent_id = $2`, teamID, agentID).Scan(&n)
	return n > 0, err
}

// InsertTeam stores a new team. Conflict if its name is taken, Invalid for a
// member or site that is not there, or one team too many.
func (s *Store) InsertTeam(ctx context.Context, v *chat.Team) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		list, err := teams(q)
		if err != nil {
			return err
		}
		if len(list) >= chat.MaxTeams {
			return chat.FailField("name", "There are %d teams, as many as fit.", chat.MaxTeams)
		}
		skills, err := fitTeam(q, list, v)
		if err != nil {
			return err
		}
		v.MadeAt = now
		if _, err := q.Exec(`INSERT INTO team (`+teamColumns+`) VALUES ($1,$2,$3,$4)`, v.ID, v.Name, skills, v.MadeAt); err != nil {
			return fmt.Errorf("insert team: %w", err)
		}
		return addMembers(q, v)
	})
}

// SaveTeam stores name, skills and members, and asks those who joined or left about
// their limits again. was are the members that the caller found. Open questions to a
// team that nobody is in any more are dropped. ErrNotFound if there is no such team,
// Conflict if others are in it by now; else as InsertTeam.
func (s *Store) SaveTeam(ctx context.Context, v *chat.Team, was []string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		list, err := teams(q)
		if err != nil {
			return err
		}
		skills, err := fitTeam(q, list, v)
		if err != nil {
			return err
		}
		res, err := q.Exec(`UPDATE team SET name = $1, skills = $2 WHERE id = $3`, v.Name, skills, v.ID)
		if err := gone(res, err); err != nil {
			return err
		}
		before, err := clearMembers(q, v.ID)
		if err != nil {
			return err
		}
		if !slices.Equal(before, was) {
			return chat.Fail(chat.Conflict, "Somebody else has changed who is in this team. Look at it again.")
		}
		if err := addMembers(q, v); err != nil {
			return err
		}
		if len(v.Members) == 0 {
			if err := dropConsultsFor(q, v.ID, now); err != nil {
				return err
			}
		}
		return askAgain(q, v.ID, v.Moved(before))
	})
}

// clearMembers takes everybody out of a team and returns who that was.
func clearMembers(q querier, teamID string) ([]string, error) {
	before, err := membersOf(q, teamID)
	if err != nil {
		return nil, err
	}
	if _, err := q.Exec(`DELETE FROM team_member WHERE team_id = $1`, teamID); err != nil {
		return nil, fmt.Errorf("clear members: %w", err)
	}
	return before, nil
}

// fitTeam returns a team's skills as they are kept, once its name is its own and
// what it names is there.
func fitTeam(q querier, list []chat.Team, v *chat.Team) (skills string, err error) {
	if slices.ContainsFunc(list, func(other chat.Team) bool { return other.ID != v.ID && chat.SameName(other.Name, v.Name) }) {
		return "", &chat.Failure{Code: chat.Conflict, Field: "name", Message: "There is a team of this name already."}
	}
	for _, part := range []struct {
		field, query, lack string
		ids                []string
	}{
		{"members", `SELECT id FROM agent WHERE id = $1`, "One of these people is not here any more. Look at the list again.", v.Members},
		{"sites", `SELECT id FROM site WHERE id = $1`, "One of these sites is not here any more. Look at the list again.", v.Skills.Sites},
	} {
		for _, id := range part.ids {
			var found string
			if err := absent(q.QueryRow(part.query, id).Scan(&found)); chat.Is(err, chat.NotFound) {
				return "", chat.FailField(part.field, "%s", part.lack)
			} else if err != nil {
				return "", err
			}
		}
	}
	text, err := json.Marshal(v.Skills)
	return string(text), err
}

func addMembers(q querier, v *chat.Team) error {
	for _, id := range v.Members {
		if err := joinTeam(q, v.ID, id); err != nil {
			return err
		}
	}
	return nil
}

func joinTeam(q querier, teamID, agentID string) error {
	if _, err := q.Exec(`INSERT INTO team_member (team_id, agent_id) VALUES ($1,$2)`, teamID, agentID); err != nil {
		return fmt.Errorf("join team: %w", err)
	}
	return nil
}

// DeleteTeam takes a team away; its members stay, are asked about their limits again
// where it had some, open questions to it are dropped, and its templates are from then
// on for everybody on their site. ErrNotFound if there is none.
func (s *Store) DeleteTeam(ctx context.Context, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		if err := dropConsultsFor(q, id, now); err != nil {
			return err
		}
		before, err := clearMembers(q, id)
		if err != nil {
			return err
		}
		if err := askAgain(q, id, before); err != nil {
			return err
		}
		if _, err := q.Exec(`UPDATE template SET team_id = '' WHERE team_id = $1 AND team_id <> ''`, id); err != nil {
			return fmt.Errorf("leave templates: %w", err)
		}
		res, err := q.Exec(`DELETE FROM team WHERE id = $1`, id)
		return gone(res, err)
	})
}
