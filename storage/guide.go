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
		if t.w.cache != nil {
			delete(t.w.cache.guides, siteID)
		}
		return fn(watched{t}, t.Now())
	})
}

const promptColumns = `id, site_id, key, step, text, help, evidence, fit, position, origin`

// Prompts in the order of steps: the names sort by this CASE on both databases.
const promptOrder = ` ORDER BY CASE step WHEN 'greeting' THEN 0 WHEN 'understanding' THEN 1 WHEN 'agreeing' THEN 2 WHEN 'delivering' THEN 3 ELSE 4 END, position, key`

func scanPrompt(row scanner) (chat.Prompt, error) {
	var p chat.Prompt
	var fit string
	err := row.Scan(&p.ID, &p.SiteID, &p.Key, &p.Step, &p.Text, &p.Help, &p.Evidence, &fit, &p.Position, &p.Origin)
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

// SavePrompt stores a new prompt, or a new text for the one of this id on its
// site. The key of a prompt that exists stays: ticks refer to it. Conflict when
// a new one's key is taken.
func (s *Store) SavePrompt(ctx context.Context, p *chat.Prompt) error {
	return s.rewriteGuide(ctx, p.SiteID, func(q querier, _ chat.Time) error {
		changed, err := updatePrompt(q, p)
		if err != nil || changed {
			return err
		}
		if _, err := scanPrompt(q.QueryRow(`SELECT `+promptColumns+` FROM prompt WHERE site_id = $1 AND key = $2`, p.SiteID, p.Key)); err == nil {
			return chat.Fail(chat.Conflict, "There is a prompt with the key %q already.", p.Key)
		}
		return insertPrompt(q, p)
	})
}

// DeletePrompt takes a prompt out; ticks of it stay in their matters.
// ErrNotFound if the site has none of this id.
func (s *Store) DeletePrompt(ctx context.Context, siteID, id string) error {
	return s.rewriteGuide(ctx, siteID, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`DELETE FROM prompt WHERE id = $1 AND site_id = $2`, id, siteID)
		return gone(res, err)
	})
}

func insertPrompt(q querier, p *chat.Prompt) error {
	fit, err := json.Marshal(p.Fit)
	if err != nil {
		return err
	}
	_, err = q.Exec(`INSERT INTO prompt (`+promptColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
		p.ID, p.SiteID, p.Key, p.Step, p.Text, p.Help, p.Evidence, string(fit), p.Position, p.Origin)
	if err != nil {
		return fmt.Errorf("insert prompt: %w", err)
	}
	return nil
}

// updatePrompt reports whether there was such a prompt.
func updatePrompt(q querier, p *chat.Prompt) (bool, error) {
	fit, err := json.Marshal(p.Fit)
	if err != nil {
		return false, err
	}
	res, err := q.Exec(`UPDATE prompt SET step = $1, text = $2, help = $3, evidence = $4, fit = $5, position = $6 WHERE id = $7 AND site_id = $8`,
		p.Step, p.Text, p.Help, p.Evidence, string(fit), p.Position, p.ID, p.SiteID)
	if err != nil {
		return false, fmt.Errorf("update prompt: %w", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
