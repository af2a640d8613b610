package storage

import (
	"context"
	"fmt"
	"time"

	"rapport/hub/chat"
)

const apiKeyColumns = `id, site_id, name, hash, made_by, made_at, used_at`

func scanAPIKey(row scanner) (k chat.APIKey, err error) {
	return k, row.Scan(&k.ID, &k.SiteID, &k.Name, &k.Hash, &k.MadeBy, &k.MadeAt, &k.UsedAt)
}

// APIKeys returns the keys of a site, oldest first.
func (s *Store) APIKeys(ctx context.Context, siteID string) ([]chat.APIKey, error) {
	rows, err := s.read(ctx).Query(`SELECT `+apiKeyColumns+` FROM api_key WHERE site_id = $1 ORDER BY id`, siteID)
	return collect(rows, err, scanAPIKey)
}

// APIKeyByHash finds a key by what is kept of it.
func (s *Store) APIKeyByHash(ctx context.Context, hash string) (*chat.APIKey, error) {
	k, err := scanAPIKey(s.read(ctx).QueryRow(`SELECT `+apiKeyColumns+` FROM api_key WHERE hash = $1`, hash))
	if err != nil {
		return nil, absent(err)
	}
	return &k, nil
}

// InsertAPIKey stores a new key. Conflict where the site has chat.MaxAPIKeys.
func (s *Store) InsertAPIKey(ctx context.Context, k *chat.APIKey) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		var n int64
		if err := q.QueryRow(`SELECT count(*) FROM api_key WHERE site_id = $1`, k.SiteID).Scan(&n); err != nil {
			return err
		}
		if n >= chat.MaxAPIKeys {
			return chat.Fail(chat.Conflict, "A site has at most %d keys. Revoke one that is not needed any more.", chat.MaxAPIKeys)
		}
		k.MadeAt = now
		_, err := q.Exec(`INSERT INTO api_key (`+apiKeyColumns+`) VALUES ($1,$2,$3,$4,$5,$6,0)`, k.ID, k.SiteID, k.Name, k.Hash, k.MadeBy, k.MadeAt)
		if err != nil {
			return fmt.Errorf("insert API key: %w", err)
		}
		return nil
	})
}

// usedEvery is how often the last use of a key is written down at most.
const usedEvery = time.Minute

// UseAPIKey notes that a key is used now.
func (s *Store) UseAPIKey(ctx context.Context, k *chat.APIKey) error {
	if s.opt.Clock().Sub(k.UsedAt) < usedEvery {
		return nil
	}
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE api_key SET used_at = $1 WHERE id = $2`, now, k.ID)
		return err
	})
}

// RevokeAPIKey ends a key of a site; NotFound where the site has no such key.
func (s *Store) RevokeAPIKey(ctx context.Context, siteID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`DELETE FROM api_key WHERE site_id = $1 AND id = $2`, siteID, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}
