package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"rapport/hub/chat"
)

func scanSite(row scanner) (chat.Site, error) {
	var v chat.Site
	var settings string
	if err := row.Scan(&v.ID, &v.Key, &settings, &v.CreatedAt); err != nil {
		return v, err
	}
	v.Look, v.Form = chat.DefaultLook(), chat.DefaultForm() // for settings from before there were any
	return v, json.Unmarshal([]byte(settings), &v.SiteSettings)
}

func siteWhere(q querier, where, arg string) (*chat.Site, error) {
	v, err := scanSite(q.QueryRow(`SELECT id, public_key, settings, created_at FROM site WHERE `+where, arg))
	if err != nil {
		return nil, absent(err)
	}
	return &v, nil
}

// Site returns a site.
func (s *Store) Site(ctx context.Context, id string) (*chat.Site, error) {
	return siteWhere(s.read(ctx), `id = $1`, id)
}

// SiteByKey finds a site by the public key that stands in its script tag.
func (s *Store) SiteByKey(ctx context.Context, key string) (*chat.Site, error) {
	return siteWhere(s.read(ctx), `public_key = $1`, key)
}

func (t *tx) Site(id string) (*chat.Site, error) { return siteWhere(t.q, `id = $1`, id) }

// Sites returns all sites, oldest first.
func (s *Store) Sites(ctx context.Context) ([]chat.Site, error) {
	rows, err := s.read(ctx).Query(`SELECT id, public_key, settings, created_at FROM site ORDER BY id`)
	return collect(rows, err, scanSite)
}

// InsertSite stores a new site with its first identity secret, the guide that it
// begins with, and the lines of the audit log that tell of it.
func (s *Store) InsertSite(ctx context.Context, v *chat.Site, secret *chat.IdentitySecret, guide chat.Guide, lines ...chat.AuditEntry) error {
	settings, err := json.Marshal(v.SiteSettings)
	if err != nil {
		return err
	}
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		v.CreatedAt = now
		if _, err := q.Exec(`INSERT INTO site (id, public_key, settings, created_at) VALUES ($1,$2,$3,$4)`, v.ID, v.Key, string(settings), now); err != nil {
			return fmt.Errorf("insert site: %w", err)
		}
		if _, err := q.Exec(`INSERT INTO site_head (site_id, queue, live) VALUES ($1,0,0)`, v.ID); err != nil {
			return fmt.Errorf("insert site head: %w", err)
		}
		secret.SiteID, secret.CreatedAt = v.ID, now
		if err := s.insertSecret(q, secret); err != nil {
			return err
		}
		if _, err := (&landing{q: q, now: now, siteID: v.ID}).all(&guide); err != nil {
			return err
		}
		return appendLines(q, now, lines)
	})
}

// SaveSite stores a site's settings.
func (s *Store) SaveSite(ctx context.Context, v *chat.Site) error {
	settings, err := json.Marshal(v.SiteSettings)
	if err != nil {
		return err
	}
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE site SET settings = $1 WHERE id = $2`, string(settings), v.ID)
		return err
	})
}

func (s *Store) insertSecret(q querier, v *chat.IdentitySecret) error {
	_, err := q.Exec(`INSERT INTO identity_secret (kid, site_id, sealed, created_at, retires_at) VALUES ($1,$2,$3,$4,$5)`,
		v.KID, v.SiteID, s.seal.close(v.Secret, v.KID), v.CreatedAt, v.RetiresAt)
	if err != nil {
		return fmt.Errorf("insert identity secret: %w", err)
	}
	return nil
}

// RotateIdentitySecret stores a new secret; the current one works until retires.
func (s *Store) RotateIdentitySecret(ctx context.Context, v *chat.IdentitySecret, retires chat.Time) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		v.CreatedAt = now
		if _, err := q.Exec(`UPDATE identity_secret SET retires_at = $1 WHERE site_id = $2 AND retires_at = 0`, retires, v.SiteID); err != nil {
			return err
		}
		if _, err := q.Exec(`DELETE FROM identity_secret WHERE site_id = $1 AND retires_at > 0 AND retires_at <= $2`, v.SiteID, now); err != nil {
			return err
		}
		return s.insertSecret(q, v)
	})
}

// IdentitySecrets returns the secrets of a site that work now, current first.
func (s *Store) IdentitySecrets(ctx context.Context, siteID string) ([]chat.IdentitySecret, error) {
	rows, err := s.read(ctx).Query(`SELECT kid, site_id, sealed, created_at, retires_at, uses, used_at FROM identity_secret
		WHERE site_id = $1 AND (retires_at = 0 OR retires_at > $2) ORDER BY retires_at, created_at DESC`, siteID, s.opt.Clock())
	return collect(rows, err, func(row scanner) (chat.IdentitySecret, error) {
		var v chat.IdentitySecret
		var sealed string
		if err := row.Scan(&v.KID, &v.SiteID, &sealed, &v.CreatedAt, &v.RetiresAt, &v.Uses, &v.UsedAt); err != nil {
			return v, err
		}
		var err error
		v.Secret, err = s.seal.open(sealed, v.KID)
		return v, err
	})
}

// CountRetiringSecret notes that a customer came with a secret that is on its way out.
func (s *Store) CountRetiringSecret(ctx context.Context, kid string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE identity_secret SET uses = uses + 1, used_at = $1 WHERE kid = $2`, now, kid)
		return err
	})
}

// EndIdentitySecret ends the grace time of a secret now. NotFound unless one of the
// site's is on its way out under this id.
func (s *Store) EndIdentitySecret(ctx context.Context, siteID, kid string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		res, err := q.Exec(`UPDATE identity_secret SET retires_at = $1 WHERE kid = $2 AND site_id = $3 AND retires_at > $4`, now, kid, siteID, now)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}
