package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rapport/hub/chat"
)

const authorityColumns = `site_id, version, currency, kinds, limits, answer_within, changed_at, changed_by`

func authorityOf(q querier, siteID string) (*chat.Authority, error) {
	var a chat.Authority
	var kinds, limits string
	var within int64
	err := q.QueryRow(`SELECT `+authorityColumns+` FROM authority WHERE site_id = $1`, siteID).
		Scan(&a.SiteID, &a.Version, &a.Currency, &kinds, &limits, &within, &a.ChangedAt, &a.ChangedBy)
	if err = absent(err); chat.Is(err, chat.NotFound) {
		return chat.DefaultAuthority(siteID), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read authority: %w", err)
	}
	a.AnswerWithin = time.Duration(within) * time.Millisecond
	return &a, errors.Join(json.Unmarshal([]byte(kinds), &a.Kinds), json.Unmarshal([]byte(limits), &a.Limits))
}

func (t *tx) Authority(siteID string) (*chat.Authority, error) { return authorityOf(t.q, siteID) }

// Authority returns what may be given on a site, the default where nobody set it.
func (s *Store) Authority(ctx context.Context, siteID string) (*chat.Authority, error) {
	return authorityOf(s.read(ctx), siteID)
}

func (t *tx) SaveAuthority(a *chat.Authority) error {
	limits, kinds, err := marshal(a.Limits, a.Kinds)
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO authority (`+authorityColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)
		ON CONFLICT (site_id) DO UPDATE SET version = excluded.version, currency = excluded.currency, kinds = excluded.kinds, limits = excluded.limits,
		answer_within = excluded.answer_within, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
		a.SiteID, a.Version, a.Currency, kinds, limits, a.AnswerWithin.Milliseconds(), a.ChangedAt, a.ChangedBy)
	if err != nil {
		return fmt.Errorf("save authority: %w", err)
	}
	return nil
}

const readVersion = `SELECT version FROM limits_read WHERE site_id = $1 AND agent_id = $2`

// ReadVersion locks the row, so that two servers do not both give the last of a
// limit.
func (t *tx) ReadVersion(siteID, agentID string) (version int64, err error) {
	err = t.q.QueryRow(readVersion+t.w.s.dialect.forUpdate(), siteID, agentID).Scan(&version)
	if err = absent(err); chat.Is(err, chat.NotFound) {
		return 0, nil
	}
	return version, err
}

func (t *tx) SaveLimitsRead(siteID string, r *chat.LimitsRead) error {
	err := t.exec(`INSERT INTO limits_read (site_id, agent_id, version, at) VALUES ($1,$2,$3,$4)
		ON CONFLICT (site_id, agent_id) DO UPDATE SET version = excluded.version, at = excluded.at`, siteID, r.AgentID, r.Version, r.At)
	if err != nil {
		return fmt.Errorf("save limits read: %w", err)
	}
	return nil
}

func (t *tx) KeepLimitsRead(siteID string, from, to int64) error {
	err := t.exec(`UPDATE limits_read SET version = $1 WHERE site_id = $2 AND version = $3`, to, siteID, from)
	if err != nil {
		return fmt.Errorf("keep limits read: %w", err)
	}
	return nil
}

func (t *tx) MayHaveLimits(id string) (bool, error) {
	for _, table := range []string{"agent", "team", "agent_role"} {
		var found string
		err := absent(t.q.QueryRow(`SELECT id FROM `+table+` WHERE id = $1`, id).Scan(&found))
		if !chat.Is(err, chat.NotFound) {
			return err == nil, err
		}
	}
	return false, nil
}

// sitesLimiting are the sites on which a team has limits of its own.
func sitesLimiting(q querier, teamID string) ([]string, error) {
	rows, err := q.Query(`SELECT site_id FROM authority WHERE limits LIKE $1`, `%"`+teamID+`"%`)
	sites, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("find limits of a team: %w", err)
	}
	return sites, nil
}

// askAgain forgets that agents agreed to limits, wherever those of a team that they
// joined or left are among them.
func askAgain(q querier, teamID string, agents []string) error {
	if len(agents) == 0 {
		return nil
	}
	sites, err := sitesLimiting(q, teamID)
	if err != nil {
		return err
	}
	for _, site := range sites {
		for _, agent := range agents {
			if _, err := q.Exec(`DELETE FROM limits_read WHERE site_id = $1 AND agent_id = $2`, site, agent); err != nil {
				return fmt.Errorf("ask about limits again: %w", err)
			}
		}
	}
	return nil
}

// LimitsRead returns who has read which version of a site's limits.
func (s *Store) LimitsRead(ctx context.Context, siteID string) ([]chat.LimitsRead, error) {
	rows, err := s.read(ctx).Query(`SELECT agent_id, version, at FROM limits_read WHERE site_id = $1`, siteID)
	return collect(rows, err, func(row scanner) (r chat.LimitsRead, err error) {
		return r, row.Scan(&r.AgentID, &r.Version, &r.At)
	})
}

const wishSelect = `SELECT w.id, w.site_id, w.agent_id, a.name, a.picture, w.text, w.at, w.settled_at, w.settled_by FROM limit_wish w JOIN agent a ON a.id = w.agent_id`

func scanWish(row scanner) (w chat.LimitWish, err error) {
	return w, row.Scan(&w.ID, &w.SiteID, &w.By.ID, &w.By.Name, &w.By.Picture, &w.Text, &w.At, &w.SettledAt, &w.SettledBy)
}

func (t *tx) LimitWish(id string) (*chat.LimitWish, error) {
	w, err := scanWish(t.q.QueryRow(wishSelect+` WHERE w.id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &w, nil
}

func (t *tx) InsertLimitWish(w *chat.LimitWish) error {
	err := t.exec(`INSERT INTO limit_wish (id, site_id, agent_id, text, at, settled_at, settled_by) VALUES ($1,$2,$3,$4,$5,0,'')`,
		w.ID, w.SiteID, w.By.ID, w.Text, w.At)
	if err != nil {
		return fmt.Errorf("insert limit wish: %w", err)
	}
	return nil
}

func (t *tx) SettleLimitWish(w *chat.LimitWish) error {
	err := t.exec(`UPDATE limit_wish SET settled_at = $1, settled_by = $2 WHERE id = $3`, w.SettledAt, w.SettledBy, w.ID)
	if err != nil {
		return fmt.Errorf("settle limit wish: %w", err)
	}
	return nil
}

// maxWishes is how many open wishes are read.
const maxWishes = 100

// LimitWishes returns a site's wishes that wait, oldest first.
func (s *Store) LimitWishes(ctx context.Context, siteID string) ([]chat.LimitWish, error) {
	rows, err := s.read(ctx).Query(wishSelect+` WHERE w.site_id = $1 AND w.settled_at = 0 ORDER BY w.id LIMIT $2`, siteID, maxWishes)
	return collect(rows, err, scanWish)
}

func (t *tx) Audit(byID, action, object, detail string) error {
	return appendAudit(watched{t}, t.now, byID, action, object, detail)
}

func (t *tx) AuditChange(e chat.AuditEntry) error { return appendEntry(watched{t}, t.now, e) }
