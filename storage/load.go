package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// NoteLoads keeps when pages last asked for a part of the chat. A loader that a
// configuration followed has done its work and is forgotten.
func (s *Store) NoteLoads(ctx context.Context, list []chat.Load) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		sites := map[string]bool{}
		for _, l := range list {
			sites[l.SiteID] = true
			_, err := q.Exec(`INSERT INTO site_load (site_id, origin, what, at) VALUES ($1,$2,$3,$4)
				ON CONFLICT (site_id, origin, what) DO UPDATE SET at = excluded.at`, l.SiteID, l.Origin, l.What, l.At)
			if err != nil {
				return fmt.Errorf("note load: %w", err)
			}
			if l.What != chat.LoadConfig {
				continue
			}
			if _, err := q.Exec(`DELETE FROM site_load WHERE site_id = '' AND origin = $1 AND what = $2`, l.Origin, chat.LoadScript); err != nil {
				return fmt.Errorf("forget loader: %w", err)
			}
		}
		for id := range sites {
			if err := forgetLoads(q, id); err != nil {
				return fmt.Errorf("forget loads: %w", err)
			}
		}
		return nil
	})
}

// forgetLoads leaves as many of a site's loads as are kept.
func forgetLoads(q querier, siteID string) error {
	rows, err := q.Query(`SELECT site_id, origin, what, at FROM site_load WHERE site_id = $1`, siteID)
	list, err := collect(rows, err, scanLoad)
	if err != nil {
		return err
	}
	var allowed []string
	if siteID != "" {
		site, err := siteWhere(q, `id = $1`, siteID)
		if err != nil {
			return err
		}
		allowed = site.AllowedOrigins
	}
	for _, l := range chat.TooManyLoads(list, allowed) {
		if _, err := q.Exec(`DELETE FROM site_load WHERE site_id = $1 AND origin = $2 AND what = $3`, l.SiteID, l.Origin, l.What); err != nil {
			return err
		}
	}
	return nil
}

// Loads returns a site's loads and those of no site.
func (s *Store) Loads(ctx context.Context, siteID string) ([]chat.Load, error) {
	rows, err := s.read(ctx).Query(`SELECT site_id, origin, what, at FROM site_load WHERE site_id IN ($1, '')`, siteID)
	return collect(rows, err, scanLoad)
}

func scanLoad(row scanner) (v chat.Load, err error) {
	return v, row.Scan(&v.SiteID, &v.Origin, &v.What, &v.At)
}
