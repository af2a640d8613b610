package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

// rewriteGuide runs fn between units of work, as exclusive does; the writer
// reads the site's prompts again after it.
func (s *Store) rewriteGuide(ctx context.Context, siteID string, fn func(q querier, now chat.Time) error) error {
	return s.writer.submit(ctx, func(t *tx) error {
		t.changed(siteID)
		return fn(watched{t}, t.Now())
	})
}

const promptColumns = `id, site_id, key, step, text, help, evidence, fit, position, origin, by_id, version, updated_at`

// Prompts in the order of steps: the names sort by this CASE on both databases.
const promptOrder = ` ORDER BY CASE step WHEN 'greeting' THEN 0 WHEN 'understanding' THEN 1 WHEN 'agreeing' THEN 2 WHEN 'delivering' THEN 3 ELSE 4 END, position, key`

func scanPrompt(row scanner) (chat.Prompt, error) {
	var p chat.Prompt
	var fit string
	err := row.Scan(&p.ID, &p.SiteID, &p.Key, &p.Step, &p.Text, &p.Help, &p.Evidence, &fit, &p.Position, &p.Origin, &p.ByID, &p.Version, &p.UpdatedAt)
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(fit), &p.Fit)
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

// SavePrompt stores a new prompt, or a new version of the one of this id on its
// site; what it said before is kept. The key of a prompt that exists stays: ticks refer to it. Conflict when
// a new one's key is taken.
func (s *Store) SavePrompt(ctx context.Context, p *chat.Prompt) error {
	return s.rewriteGuide(ctx, p.SiteID, func(q querier, now chat.Time) error {
		changed, err := updatePrompt(q, p, now)
		if err != nil || changed {
			return err
		}
		if _, err := scanPrompt(q.QueryRow(`SELECT `+promptColumns+` FROM prompt WHERE site_id = $1 AND key = $2`, p.SiteID, p.Key)); err == nil {
			return chat.Fail(chat.Conflict, "There is a prompt with the key %q already.", p.Key)
		}
		return insertPrompt(q, p, now)
	})
}

// OrderPrompts puts a site's prompts into the order of ids, which names each once;
// Conflict when it does not, since somebody else added or removed one. Prompts stay
// within their step.
func (s *Store) OrderPrompts(ctx context.Context, siteID string, ids []string) error {
	return s.rewriteGuide(ctx, siteID, func(q querier, _ chat.Time) error {
		list, err := prompts(q, siteID)
		if err != nil {
			return err
		}
		return putInOrder(q, "prompt", "prompts", list, func(v *chat.Prompt) string { return v.ID }, ids)
	})
}

// DeletePrompt takes a prompt out; ticks of it stay in their matters.
// ErrNotFound if the site has none of this id.
func (s *Store) DeletePrompt(ctx context.Context, siteID, id string) error {
	return s.rewriteGuide(ctx, siteID, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(`DELETE FROM prompt_version WHERE prompt_id IN (SELECT id FROM prompt WHERE id = $1 AND site_id = $2)`, id, siteID); err != nil {
			return err
		}
		res, err := q.Exec(`DELETE FROM prompt WHERE id = $1 AND site_id = $2`, id, siteID)
		return gone(res, err)
	})
}

func insertPrompt(q querier, p *chat.Prompt, now chat.Time) error {
	fit, err := json.Marshal(p.Fit)
	if err != nil {
		return err
	}
	p.Version, p.UpdatedAt = 1, now
	_, err = q.Exec(`INSERT INTO prompt (`+promptColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		p.ID, p.SiteID, p.Key, p.Step, p.Text, p.Help, p.Evidence, string(fit), p.Position, p.Origin, p.ByID, p.Version, now)
	if err != nil {
		return fmt.Errorf("insert prompt: %w", err)
	}
	return nil
}

// updatePrompt keeps what the prompt said and reports whether there was one.
func updatePrompt(q querier, p *chat.Prompt, now chat.Time) (bool, error) {
	fit, err := json.Marshal(p.Fit)
	if err != nil {
		return false, err
	}
	_, err = q.Exec(`INSERT INTO prompt_version (prompt_id, version, step, text, help, evidence, fit, by_id, at)
		SELECT id, version, step, text, help, evidence, fit, by_id, updated_at FROM prompt WHERE id = $1 AND site_id = $2`, p.ID, p.SiteID)
	if err != nil {
		return false, fmt.Errorf("keep version of prompt: %w", err)
	}
	res, err := q.Exec(`UPDATE prompt SET step = $1, text = $2, help = $3, evidence = $4, fit = $5, position = $6, by_id = $7, version = version + 1, updated_at = $8
		WHERE id = $9 AND site_id = $10`, p.Step, p.Text, p.Help, p.Evidence, string(fit), p.Position, p.ByID, now, p.ID, p.SiteID)
	if err != nil {
		return false, fmt.Errorf("update prompt: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	p.Version, p.UpdatedAt = p.Version+1, now
	_, err = q.Exec(`DELETE FROM prompt_version WHERE prompt_id = $1 AND version < $2`, p.ID, p.Version-maxVersions)
	return true, err
}

// PromptVersions returns what a prompt said before, latest first.
func (s *Store) PromptVersions(ctx context.Context, id string) ([]chat.PromptVersion, error) {
	rows, err := s.read(ctx).Query(`SELECT v.version, v.step, v.text, v.help, v.evidence, v.fit, v.by_id, coalesce(a.name, ''), v.at
		FROM prompt_version v LEFT JOIN agent a ON a.id = v.by_id WHERE v.prompt_id = $1 ORDER BY v.version DESC`, id)
	return collect(rows, err, func(row scanner) (chat.PromptVersion, error) {
		var v chat.PromptVersion
		var fit string
		if err := row.Scan(&v.Version, &v.Step, &v.Text, &v.Help, &v.Evidence, &fit, &v.ByID, &v.ByName, &v.At); err != nil {
			return v, err
		}
		return v, json.Unmarshal([]byte(fit), &v.Fit)
	})
}
