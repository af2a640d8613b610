package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const promptColumns = `id, site_id, key, step, text, help, evidence, position, origin`

// Prompts in the order of steps: the names sort by this CASE on both databases.
const promptOrder = ` ORDER BY CASE step WHEN 'greeting' THEN 0 WHEN 'understanding' THEN 1 WHEN 'agreeing' THEN 2 WHEN 'delivering' THEN 3 ELSE 4 END, position`

func scanPrompt(row scanner) (chat.Prompt, error) {
	var p chat.Prompt
	err := row.Scan(&p.ID, &p.SiteID, &p.Key, &p.Step, &p.Text, &p.Help, &p.Evidence, &p.Position, &p.Origin)
	return p, err
}

func prompts(q querier, siteID string) ([]chat.Prompt, error) {
	rows, err := q.Query(`SELECT `+promptColumns+` FROM prompt WHERE site_id = $1`+promptOrder, siteID)
	return collect(rows, err, scanPrompt)
}

// Prompts returns a site's prompts in the order of step and position.
func (s *Store) Prompts(ctx context.Context, siteID string) ([]chat.Prompt, error) {
	return prompts(s.read(ctx), siteID)
}

func (t *tx) Guide(siteID string) ([]chat.Prompt, error) {
	if t.w.cache != nil {
		if list, ok := t.w.cache.guides[siteID]; ok {
			return list, nil
		}
	}
	list, err := prompts(t.q, siteID)
	if err == nil && t.w.cache != nil {
		keep(t.w.cache.guides, siteID, list)
	}
	return list, err
}

const templateColumns = `id, site_id, agent_id, title, shortcut, body, steps, uses, origin, version, updated_at, deleted_at`

func scanTemplate(row scanner) (chat.Template, error) {
	var v chat.Template
	var steps string
	err := row.Scan(&v.ID, &v.SiteID, &v.AgentID, &v.Title, &v.Shortcut, &v.Body, &steps, &v.Uses, &v.Origin, &v.Version, &v.UpdatedAt, &v.DeletedAt)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(steps), &v.Steps)
}

func (t *tx) Template(id string) (*chat.Template, error) {
	v, err := scanTemplate(t.q.QueryRow(`SELECT `+templateColumns+` FROM template WHERE id = $1 AND deleted_at = 0`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

func (t *tx) CountUse(templateID string) error {
	return t.exec(`UPDATE template SET uses = uses + 1 WHERE id = $1`, templateID)
}

// Templates returns those that an agent may use on a site: the site's and the
// agent's own, most used first.
func (s *Store) Templates(ctx context.Context, siteID, agentID string) ([]chat.Template, error) {
	rows, err := s.read(ctx).Query(`SELECT `+templateColumns+` FROM template
		WHERE site_id = $1 AND deleted_at = 0 AND (agent_id = '' OR agent_id = $2) ORDER BY uses DESC, title`, siteID, agentID)
	return collect(rows, err, scanTemplate)
}

// Template returns one template that is not deleted.
func (s *Store) Template(ctx context.Context, id string) (*chat.Template, error) {
	v, err := scanTemplate(s.read(ctx).QueryRow(`SELECT `+templateColumns+` FROM template WHERE id = $1 AND deleted_at = 0`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// SaveTemplate stores a new template or a new version of one. Version must be
// the one that was read, 0 for a new one; another one in the store is a Conflict.
func (s *Store) SaveTemplate(ctx context.Context, v *chat.Template) error {
	steps, err := json.Marshal(v.Steps)
	if err != nil {
		return err
	}
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		v.UpdatedAt = now
		if v.Version == 0 {
			_, err := q.Exec(`INSERT INTO template (`+templateColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,0,$8,1,$9,0)`,
				v.ID, v.SiteID, v.AgentID, v.Title, v.Shortcut, v.Body, string(steps), v.Origin, now)
			return err
		}
		res, err := q.Exec(`UPDATE template SET title = $1, shortcut = $2, body = $3, steps = $4, agent_id = $5, version = version + 1, updated_at = $6
			WHERE id = $7 AND version = $8 AND deleted_at = 0`, v.Title, v.Shortcut, v.Body, string(steps), v.AgentID, now, v.ID, v.Version)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.Fail(chat.Conflict, "Somebody else changed this template in the meantime. Reload it and look.")
		}
		return nil
	})
}

// DeleteTemplate takes a template out of use; what was sent from it stays.
func (s *Store) DeleteTemplate(ctx context.Context, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE template SET deleted_at = $1 WHERE id = $2`, now, id)
		return err
	})
}

func insertPrompt(q querier, p *chat.Prompt) error {
	_, err := q.Exec(`INSERT INTO prompt (`+promptColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		p.ID, p.SiteID, p.Key, p.Step, p.Text, p.Help, p.Evidence, p.Position, p.Origin)
	if err != nil {
		return fmt.Errorf("insert prompt: %w", err)
	}
	return nil
}
