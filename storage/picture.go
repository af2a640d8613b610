package storage

import (
	"context"
	"encoding/base64"
	"fmt"

	"rapport/hub/chat"
)

// maxPictures is how many pictures of a site are kept: the one in use and those
// that somebody tried before they saved.
const maxPictures = 8

// AddPicture keeps a picture of a site; the same one twice is one. The oldest go
// where there are too many, the one that the site's settings name never.
func (s *Store) AddPicture(ctx context.Context, p *chat.Picture) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		site, err := siteWhere(q, `id = $1`, p.SiteID)
		if err != nil {
			return err
		}
		p.CreatedAt = now
		_, err = q.Exec(`INSERT INTO site_picture (site_id, name, png, created_at) VALUES ($1,$2,$3,$4)
			ON CONFLICT (site_id, name) DO UPDATE SET created_at = excluded.created_at`,
			p.SiteID, p.Name, base64.StdEncoding.EncodeToString(p.PNG), now)
		if err != nil {
			return fmt.Errorf("insert picture: %w", err)
		}
		_, err = q.Exec(`DELETE FROM site_picture WHERE site_id = $1 AND name <> $2 AND name NOT IN
			(SELECT name FROM site_picture WHERE site_id = $3 ORDER BY created_at DESC, name LIMIT $4)`,
			p.SiteID, site.Look.Picture, p.SiteID, maxPictures)
		return err
	})
}

// Picture returns a picture of a site by its name.
func (s *Store) Picture(ctx context.Context, siteID, name string) (*chat.Picture, error) {
	p := chat.Picture{SiteID: siteID, Name: name}
	var png string
	err := s.read(ctx).QueryRow(`SELECT png, created_at FROM site_picture WHERE site_id = $1 AND name = $2`, siteID, name).Scan(&png, &p.CreatedAt)
	if err != nil {
		return nil, absent(err)
	}
	p.PNG, err = base64.StdEncoding.DecodeString(png)
	return &p, err
}
