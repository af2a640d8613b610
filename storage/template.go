package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

const templateColumns = `id, site_id, agent_id, team_id, title, shortcut, body, steps, fit, uses, origin, by_id, version, updated_at, deleted_at`

// selectTemplate reads templates with the name of their team.
const selectTemplate = `SELECT ` + templateColumns + `, coalesce((SELECT g.name FROM team g WHERE g.id = template.team_id), '') FROM template `

func scanTemplate(row scanner) (chat.Template, error) {
	var v chat.Template
	var steps, fit string
	err := row.Scan(&v.ID, &v.SiteID, &v.AgentID, &v.TeamID, &v.Title, &v.Shortcut, &v.Body, &steps, &fit, &v.Uses, &v.Origin, &v.ByID, &v.Version, &v.UpdatedAt, &v.DeletedAt, &v.TeamName)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(fit), &v.Fit); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(steps), &v.Steps)
}

func (t *tx) Template(id string) (*chat.Template, error) {
	v, err := scanTemplate(t.q.QueryRow(selectTemplate+`WHERE id = $1 AND deleted_at = 0`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// Templates returns those that an agent may use on a site: the site's, those of
// their teams and their own, most used first, with their files and outcomes.
func (s *Store) Templates(ctx context.Context, siteID, agentID string) ([]chat.Template, error) {
	q := s.read(ctx)
	list, err := templates(q, siteID, agentID)
	if err != nil {
		return nil, err
	}
	if err := fillTemplates(q, siteID, list); err != nil {
		return nil, err
	}
	return list, outcomes(q, siteID, list)
}

func templates(q querier, siteID, agentID string) ([]chat.Template, error) {
	rows, err := q.Query(selectTemplate+`
		WHERE site_id = $1 AND deleted_at = 0 AND (agent_id = '' AND team_id = '' OR agent_id = $2 AND agent_id <> ''
		OR team_id IN (SELECT m.team_id FROM team_member m WHERE m.agent_id = $3)) ORDER BY uses DESC, title`, siteID, agentID, agentID)
	return collect(rows, err, scanTemplate)
}

// TeamTemplates returns those of all teams on a site, most used first, with their
// files and outcomes.
func (s *Store) TeamTemplates(ctx context.Context, siteID string) ([]chat.Template, error) {
	q := s.read(ctx)
	list, err := teamTemplates(q, siteID)
	if err != nil {
		return nil, err
	}
	if err := fillTemplates(q, siteID, list); err != nil {
		return nil, err
	}
	return list, outcomes(q, siteID, list)
}

func teamTemplates(q querier, siteID string) ([]chat.Template, error) {
	rows, err := q.Query(selectTemplate+`
		WHERE site_id = $1 AND deleted_at = 0 AND team_id <> '' ORDER BY uses DESC, title`, siteID)
	return collect(rows, err, scanTemplate)
}

// Template returns one template that is not deleted, with its files.
func (s *Store) Template(ctx context.Context, id string) (*chat.Template, error) {
	q := s.read(ctx)
	v, err := scanTemplate(q.QueryRow(selectTemplate+`WHERE id = $1 AND deleted_at = 0`, id))
	if err != nil {
		return nil, absent(err)
	}
	v.Files, err = filesOf(q, id)
	return &v, err
}

// SaveTemplate stores a new template or a new version of one; what it said
// before is kept. Version must be the one that was read, 0 for a new one;
// another one in the store is a Conflict. Files names by id what it keeps from now
// on; ErrFile for one that is neither its own nor just uploaded by the writer.
func (s *Store) SaveTemplate(ctx context.Context, v *chat.Template) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		save := updateTemplate
		if v.Version == 0 {
			save = insertTemplate
		}
		if err := save(q, v, now); err != nil {
			return err
		}
		return keepFiles(q, v)
	})
}

func insertTemplate(q querier, v *chat.Template, now chat.Time) error {
	steps, fit, err := marshal(v.Steps, v.Fit)
	if err != nil {
		return err
	}
	v.UpdatedAt = now
	_, err = q.Exec(`INSERT INTO template (`+templateColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,0,$10,$11,1,$12,0)`,
		v.ID, v.SiteID, v.AgentID, v.TeamID, v.Title, v.Shortcut, v.Body, steps, fit, v.Origin, v.ByID, now)
	if err != nil {
		return fmt.Errorf("insert template: %w", err)
	}
	return nil
}

// maxVersions is how many earlier versions are kept of a template.
const maxVersions = 50

func updateTemplate(q querier, v *chat.Template, now chat.Time) error {
	steps, fit, err := marshal(v.Steps, v.Fit)
	if err != nil {
		return err
	}
	files, err := filesOf(q, v.ID)
	if err != nil {
		return err
	}
	_, err = q.Exec(`INSERT INTO template_version (template_id, version, title, shortcut, body, steps, fit, by_id, at, files)
		SELECT id, version, title, shortcut, body, steps, fit, by_id, updated_at, CAST($1 AS TEXT) FROM template WHERE id = $2 AND version = $3 AND deleted_at = 0`,
		idsOf(files), v.ID, v.Version)
	if err != nil {
		return fmt.Errorf("keep version: %w", err)
	}
	res, err := q.Exec(`UPDATE template SET title = $1, shortcut = $2, body = $3, steps = $4, fit = $5, agent_id = $6, team_id = $7, by_id = $8, version = version + 1, updated_at = $9
		WHERE id = $10 AND version = $11 AND deleted_at = 0`, v.Title, v.Shortcut, v.Body, steps, fit, v.AgentID, v.TeamID, v.ByID, now, v.ID, v.Version)
	if err != nil {
		return fmt.Errorf("update template: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return chat.Fail(chat.Conflict, "Somebody else changed this template in the meantime. Reload it and look.")
	}
	v.UpdatedAt = now
	_, err = q.Exec(`DELETE FROM template_version WHERE template_id = $1 AND version <= $2`, v.ID, v.Version-maxVersions)
	return err
}

// TemplateVersions returns what a template said before, latest first, with the files
// that each kept.
func (s *Store) TemplateVersions(ctx context.Context, id string) ([]chat.TemplateVersion, error) {
	q := s.read(ctx)
	rows, err := q.Query(`SELECT v.version, v.title, v.shortcut, v.body, v.steps, v.fit, v.files, v.by_id, coalesce(a.name, ''), v.at
		FROM template_version v LEFT JOIN agent a ON a.id = v.by_id WHERE v.template_id = $1 ORDER BY v.version DESC`, id)
	list, err := collect(rows, err, scanVersion)
	if err != nil {
		return nil, err
	}
	files, err := everyFileOf(q, id)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].Files = slices.DeleteFunc(slices.Clone(files), func(f chat.File) bool { return !named(list[i].Files, f.ID) })
	}
	return list, nil
}

func scanVersion(row scanner) (chat.TemplateVersion, error) {
	var v chat.TemplateVersion
	var steps, fit, files string
	if err := row.Scan(&v.Version, &v.Title, &v.Shortcut, &v.Body, &steps, &fit, &files, &v.ByID, &v.ByName, &v.At); err != nil {
		return v, err
	}
	v.Files = filesNamed(files)
	if err := json.Unmarshal([]byte(fit), &v.Fit); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(steps), &v.Steps)
}

// DeleteTemplate takes a template out of use and forgets its files; what was sent
// from it stays.
func (s *Store) DeleteTemplate(ctx context.Context, id string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		if _, err := q.Exec(`UPDATE template SET deleted_at = $1 WHERE id = $2`, now, id); err != nil {
			return err
		}
		_, err := q.Exec(`DELETE FROM file WHERE template_id = $1 AND template_id <> ''`, id)
		return err
	})
}

// marshal makes two values JSON; lists that are nil become [].
func marshal[T any, U any](list []T, v U) (string, string, error) {
	if list == nil {
		list = []T{}
	}
	a, err := json.Marshal(list)
	if err != nil {
		return "", "", err
	}
	b, err := json.Marshal(v)
	return string(a), string(b), err
}

// gone turns a statement that met no row into ErrNotFound.
func gone(res sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return chat.ErrNotFound
}
