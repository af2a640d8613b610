package storage

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const consultSelect = `SELECT q.id, q.site_id, q.conversation_id, q.by_id, q.agent_id, q.team_id, q.question_id, q.answer_id, q.answered_by,
	q.asked_at, q.ended_at, q.state, b.id, b.name, b.picture, coalesce(a.id, ''), coalesce(a.name, ''), coalesce(a.picture, ''), coalesce(t.name, ''), coalesce(n.text, ''),
	coalesce((SELECT w.text FROM message w WHERE w.conversation_id = q.conversation_id AND w.by_kind = 'person' ORDER BY w.seq DESC LIMIT 1), ''),
	coalesce(s.id, p.id), coalesce(s.name, p.name), ` + nameVerified + `
	FROM consult q JOIN conversation c ON c.id = q.conversation_id JOIN person p ON p.id = c.person_id LEFT JOIN person s ON s.id = p.merged_into JOIN agent b ON b.id = q.by_id LEFT JOIN agent a ON a.id = q.agent_id LEFT JOIN team t ON t.id = q.team_id
	LEFT JOIN message n ON n.conversation_id = q.conversation_id AND n.id = q.question_id WHERE `

func scanConsult(row scanner) (c chat.Consult, err error) {
	err = row.Scan(&c.ID, &c.SiteID, &c.ConversationID, &c.ByID, &c.AgentID, &c.TeamID, &c.QuestionID, &c.AnswerID, &c.AnsweredBy,
		&c.AskedAt, &c.EndedAt, &c.State, &c.By.ID, &c.By.Name, &c.By.Picture, &c.To.ID, &c.To.Name, &c.To.Picture, &c.Team, &c.Question, &c.Said, &c.PersonID, &c.PersonName, &c.PersonVerified)
	c.Question = chat.Asked(c.Question)
	return c, err
}

func (t *tx) Consult(id string) (*chat.Consult, error) {
	c, err := scanConsult(t.q.QueryRow(consultSelect+`q.id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &c, nil
}

func (t *tx) OpenConsults(conversationID string) (int64, error) {
	return t.number(`SELECT count(*) FROM consult WHERE conversation_id = $1 AND state = 'open'`, conversationID)
}

func (t *tx) TeamMembers(teamID string) (name string, ids []string, err error) {
	if err = t.q.QueryRow(`SELECT name FROM team WHERE id = $1`, teamID).Scan(&name); err != nil {
		return "", nil, absent(err)
	}
	rows, err := t.q.Query(`SELECT agent_id FROM team_member WHERE team_id = $1`, teamID)
	ids, err = collect(rows, err, scanString)
	return name, ids, err
}

func (t *tx) InsertConsult(c *chat.Consult) error {
	err := t.exec(`INSERT INTO consult (id, site_id, conversation_id, by_id, agent_id, team_id, question_id, answer_id, answered_by, asked_at, ended_at, state)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`,
		c.ID, c.SiteID, c.ConversationID, c.ByID, c.AgentID, c.TeamID, c.QuestionID, c.AnswerID, c.AnsweredBy, c.AskedAt, c.EndedAt, c.State)
	if err != nil {
		return fmt.Errorf("insert consult: %w", err)
	}
	return nil
}

func (t *tx) SaveConsult(c *chat.Consult) error {
	err := t.exec(`UPDATE consult SET answer_id = $1, answered_by = $2, ended_at = $3, state = $4 WHERE id = $5`,
		c.AnswerID, c.AnsweredBy, c.EndedAt, c.State, c.ID)
	if err != nil {
		return fmt.Errorf("save consult: %w", err)
	}
	return nil
}

// dropConsultsOf drops the open questions that an agent asked, and those for them alone.
func dropConsultsOf(q querier, agentID string, now chat.Time) error {
	if _, err := q.Exec(returnQuestionsOf, now, agentID, agentID); err != nil {
		return fmt.Errorf("end questions of an agent: %w", err)
	}
	_, err := q.Exec(`UPDATE consult SET state = 'dropped', ended_at = $1 WHERE state = 'open' AND (by_id = $2 OR agent_id = $3)`, now, agentID, agentID)
	if err != nil {
		return fmt.Errorf("drop consults of an agent: %w", err)
	}
	return nil
}

// dropConsultsOfRole is dropConsultsOf for all who have a role.
func dropConsultsOfRole(t *tx, role string) error {
	rows, err := t.q.Query(`SELECT id FROM agent WHERE role = $1`, role)
	agents, err := collect(rows, err, scanString)
	if err != nil {
		return fmt.Errorf("read agents of a role: %w", err)
	}
	for _, id := range agents {
		if err := dropConsultsOf(watched{t}, id, t.now); err != nil {
			return err
		}
	}
	return nil
}

// dropConsultsFor drops the open questions to a team.
func dropConsultsFor(q querier, teamID string, now chat.Time) error {
	if _, err := q.Exec(returnQuestionsFor, now, teamID); err != nil {
		return fmt.Errorf("end questions for a team: %w", err)
	}
	_, err := q.Exec(`UPDATE consult SET state = 'dropped', ended_at = $1 WHERE state = 'open' AND team_id = $2`, now, teamID)
	if err != nil {
		return fmt.Errorf("drop consults for a team: %w", err)
	}
	return nil
}

// MaxConsultsRead is how many open questions one agent is shown, of each side.
const MaxConsultsRead = 50

// ConsultsFor returns the open questions that an agent may answer, asked of them or of
// a team of theirs by somebody else, the oldest first, MaxConsultsRead at most.
func (s *Store) ConsultsFor(ctx context.Context, agentID string) ([]chat.Consult, error) {
	return s.consults(ctx, `q.state = 'open' AND q.by_id <> $1 AND (q.agent_id = $2 OR EXISTS (SELECT 1 FROM team_member m WHERE m.agent_id = $3 AND m.team_id = q.team_id))
		ORDER BY q.asked_at, q.id LIMIT $4`, agentID, agentID, agentID, MaxConsultsRead)
}

// ConsultsBy returns the open questions that an agent has asked, the oldest first,
// MaxConsultsRead at most.
func (s *Store) ConsultsBy(ctx context.Context, agentID string) ([]chat.Consult, error) {
	return s.consults(ctx, `q.state = 'open' AND q.by_id = $1 ORDER BY q.asked_at, q.id LIMIT $2`, agentID, MaxConsultsRead)
}

// ConsultsAbout returns the open questions about a conversation, the oldest first:
// chat.MaxConsults at most.
func (s *Store) ConsultsAbout(ctx context.Context, conversationID string) ([]chat.Consult, error) {
	list, err := s.consults(ctx, `q.conversation_id = $1 AND q.state = 'open'`, conversationID)
	sorted.By(list, func(a, b chat.Consult) int {
		return cmp.Or(cmp.Compare(a.AskedAt, b.AskedAt), strings.Compare(a.ID, b.ID))
	})
	return list, err
}

func (s *Store) consults(ctx context.Context, where string, args ...any) ([]chat.Consult, error) {
	rows, err := s.read(ctx).Query(consultSelect+where, args...)
	list, err := collect(rows, err, scanConsult)
	if err != nil {
		return nil, fmt.Errorf("read consults: %w", err)
	}
	return list, nil
}
