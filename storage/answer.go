package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const answerColumns = `id, site_id, title, shortcut, text, link, words, pages, quick, origin, by_id, updated_at, position`

func scanAnswer(row scanner) (chat.Answer, error) {
	var v chat.Answer
	var words, pages string
	err := row.Scan(&v.ID, &v.SiteID, &v.Title, &v.Shortcut, &v.Text, &v.Link, &words, &pages, &v.Quick, &v.Origin, &v.ByID, &v.UpdatedAt, &v.Position)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(words), &v.Words); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(pages), &v.Pages)
}

func answers(q querier, siteID string) ([]chat.Answer, error) {
	rows, err := q.Query(`SELECT `+answerColumns+` FROM answer WHERE site_id = $1 ORDER BY position, title, id`, siteID)
	return collect(rows, err, scanAnswer)
}

// Answers returns a site's answers in their order.
func (s *Store) Answers(ctx context.Context, siteID string) ([]chat.Answer, error) {
	return answers(s.read(ctx), siteID)
}

// SaveAnswer stores a new answer, or a new text for the one of this id on its site.
func (s *Store) SaveAnswer(ctx context.Context, v *chat.Answer) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		changed, err := updateAnswer(q, v, now)
		if err != nil || changed {
			return err
		}
		return insertAnswer(q, v, now)
	})
}

// DeleteAnswer takes an answer out, with its counts. ErrNotFound if the site has none of this id.
func (s *Store) DeleteAnswer(ctx context.Context, siteID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(`DELETE FROM answer_day WHERE answer_id IN (SELECT id FROM answer WHERE id = $1 AND site_id = $2)`, id, siteID); err != nil {
			return err
		}
		res, err := q.Exec(`DELETE FROM answer WHERE id = $1 AND site_id = $2`, id, siteID)
		return gone(res, err)
	})
}

// insertAnswer stores a new answer behind the others of its site.
func insertAnswer(q querier, v *chat.Answer, now chat.Time) error {
	words, pages, err := ties(v)
	if err != nil {
		return err
	}
	v.UpdatedAt = now
	if err := q.QueryRow(`SELECT coalesce(max(position), 0) + 1 FROM answer WHERE site_id = $1`, v.SiteID).Scan(&v.Position); err != nil {
		return fmt.Errorf("place answer: %w", err)
	}
	_, err = q.Exec(`INSERT INTO answer (`+answerColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)`,
		v.ID, v.SiteID, v.Title, v.Shortcut, v.Text, v.Link, words, pages, truth(v.Quick), v.Origin, v.ByID, now, v.Position)
	if err != nil {
		return fmt.Errorf("insert answer: %w", err)
	}
	return nil
}

// updateAnswer reports whether there was such an answer.
func updateAnswer(q querier, v *chat.Answer, now chat.Time) (bool, error) {
	words, pages, err := ties(v)
	if err != nil {
		return false, err
	}
	v.UpdatedAt = now
	res, err := q.Exec(`UPDATE answer SET title = $1, shortcut = $2, text = $3, link = $4, words = $5, pages = $6, quick = $7, by_id = $8, updated_at = $9
		WHERE id = $10 AND site_id = $11`,
		v.Title, v.Shortcut, v.Text, v.Link, words, pages, truth(v.Quick), v.ByID, now, v.ID, v.SiteID)
	if err != nil {
		return false, fmt.Errorf("update answer: %w", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func ties(v *chat.Answer) (words, pages string, err error) {
	if v.Pages == nil {
		v.Pages = []string{}
	}
	return marshal(v.Words, v.Pages)
}
