package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// AddGlimpse keeps a glimpse. Where its site has mostOf of the kind, the oldest of
// these makes room; where all sites together have most, the oldest of the one that has
// the most of them.
func (s *Store) AddGlimpse(ctx context.Context, g *chat.Glimpse, mostOf, most int) error {
	if err := g.Validate(); err != nil {
		return err
	}
	err := s.exclusive(ctx, func(q querier, now chat.Time) error {
		// One at a time, so that their number holds.
		if _, err := siteLocked(q, g.SiteID, s.dialect.forUpdate()); err != nil {
			return err
		}
		if err := forgetGlimpses(q, now); err != nil {
			return err
		}
		_, err := q.Exec(`DELETE FROM glimpse WHERE token_hash IN (SELECT token_hash FROM glimpse WHERE kind = $1 AND site_id = $2
			ORDER BY until DESC, token_hash LIMIT 1000 OFFSET $3)`, g.Kind, g.SiteID, mostOf-1)
		if err != nil {
			return err
		}
		_, err = q.Exec(`DELETE FROM glimpse WHERE token_hash IN (SELECT token_hash FROM glimpse WHERE kind = $1
			AND site_id = (SELECT site_id FROM glimpse WHERE kind = $2 GROUP BY site_id ORDER BY count(*) DESC, site_id LIMIT 1) ORDER BY until, token_hash LIMIT 1)
			AND (SELECT count(*) FROM glimpse WHERE kind = $3) >= $4`, g.Kind, g.Kind, g.Kind, most)
		if err != nil {
			return err
		}
		_, err = q.Exec(`INSERT INTO glimpse (token_hash, kind, site_id, body, until) VALUES ($1,$2,$3,$4,$5)`, g.TokenHash, g.Kind, g.SiteID, g.Body, g.Until)
		return err
	})
	if err != nil {
		return fmt.Errorf("keep glimpse: %w", err)
	}
	return nil
}

// siteLocked makes those who ask for the same site come one after the other.
func siteLocked(q querier, id, lock string) (string, error) {
	return id, absent(q.QueryRow(`SELECT id FROM site WHERE id = $1`+lock, id).Scan(&id))
}

// Glimpse returns what a token stands for, NotFound when its time is over.
func (s *Store) Glimpse(ctx context.Context, kind, tokenHash string) (*chat.Glimpse, error) {
	g := chat.Glimpse{TokenHash: tokenHash, Kind: kind}
	err := s.read(ctx).QueryRow(`SELECT site_id, body, until FROM glimpse WHERE token_hash = $1 AND kind = $2 AND until > $3`, tokenHash, kind, s.opt.Clock()).
		Scan(&g.SiteID, &g.Body, &g.Until)
	if err != nil {
		return nil, absent(err)
	}
	return &g, nil
}

// GlimpsedSites returns the sites of which there is a glimpse of a kind.
func (s *Store) GlimpsedSites(ctx context.Context, kind string) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT DISTINCT site_id FROM glimpse WHERE kind = $1 AND until > $2`, kind, s.opt.Clock())
	return collect(rows, err, scanString)
}

func forgetGlimpses(q querier, now chat.Time) error {
	_, err := q.Exec(`DELETE FROM glimpse WHERE until <= $1`, now)
	return err
}
