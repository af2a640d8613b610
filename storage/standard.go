package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

const standardColumns = `id, site_id, key, text, why, shown, steps, position, origin`

func scanStandard(row scanner) (chat.Standard, error) {
	var v chat.Standard
	var steps string
	if err := row.Scan(&v.ID, &v.SiteID, &v.Key, &v.Text, &v.Why, &v.Shown, &steps, &v.Position, &v.Origin); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(steps), &v.Steps)
}

func standards(q querier, siteID string) ([]chat.Standard, error) {
	rows, err := q.Query(`SELECT `+standardColumns+` FROM standard WHERE site_id = $1 ORDER BY position, key`, siteID)
	return collect(rows, err, scanStandard)
}

// Standards returns a site's standards in their order.
func (s *Store) Standards(ctx context.Context, siteID string) ([]chat.Standard, error) {
	return standards(s.read(ctx), siteID)
}

// SaveStandard stores a new standard, or a new text for the one of this id on
// its site. Conflict when a new one's key is taken.
func (s *Store) SaveStandard(ctx context.Context, v *chat.Standard) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		changed, err := updateStandard(q, v)
		if err != nil || changed {
			return err
		}
		if _, err := scanStandard(q.QueryRow(`SELECT `+standardColumns+` FROM standard WHERE site_id = $1 AND key = $2`, v.SiteID, v.Key)); err == nil {
			return chat.Fail(chat.Conflict, "There is a standard with the key %q already.", v.Key)
		}
		return insertStandard(q, v)
	})
}

// OrderStandards puts a site's standards into the order of ids, which names each
// once; Conflict when it does not, since somebody else added or removed one.
func (s *Store) OrderStandards(ctx context.Context, siteID string, ids []string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		list, err := standards(q, siteID)
		if err != nil {
			return err
		}
		return putInOrder(q, "standard", "standards", list, func(v *chat.Standard) string { return v.ID }, ids)
	})
}

// DeleteStandard takes a standard out. ErrNotFound if the site has none of this id.
func (s *Store) DeleteStandard(ctx context.Context, siteID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`DELETE FROM standard WHERE id = $1 AND site_id = $2`, id, siteID)
		return gone(res, err)
	})
}

func insertStandard(q querier, v *chat.Standard) error {
	steps, _, err := marshal(v.Steps, "")
	if err != nil {
		return err
	}
	_, err = q.Exec(`INSERT INTO standard (`+standardColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		v.ID, v.SiteID, v.Key, v.Text, v.Why, v.Shown, steps, v.Position, v.Origin)
	if err != nil {
		return fmt.Errorf("insert standard: %w", err)
	}
	return nil
}

// updateStandard reports whether there was such a standard.
func updateStandard(q querier, v *chat.Standard) (bool, error) {
	steps, _, err := marshal(v.Steps, "")
	if err != nil {
		return false, err
	}
	res, err := q.Exec(`UPDATE standard SET text = $1, why = $2, shown = $3, steps = $4, position = $5 WHERE id = $6 AND site_id = $7`,
		v.Text, v.Why, v.Shown, steps, v.Position, v.ID, v.SiteID)
	if err != nil {
		return false, fmt.Errorf("update standard: %w", err)
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
