package storage

import (
	"context"
	"encoding/base64"
	"fmt"

	"rapport/hub/chat"
)

// KeepParts keeps files that pages load by hashed names, for servers of another version:
// each is a name and its bytes. Of those that are kept already it notes that they are in
// use.
func (s *Store) KeepParts(ctx context.Context, parts map[string][]byte) error {
	known, err := s.Parts(ctx)
	if err != nil {
		return err
	}
	for name, body := range parts {
		// A short transaction each: nobody who writes waits for a megabyte.
		err := s.exclusive(ctx, func(q querier, now chat.Time) error {
			if known[name] {
				_, err := q.Exec(`UPDATE page_part SET used_at = $1 WHERE name = $2`, now, name)
				return err
			}
			_, err := q.Exec(`INSERT INTO page_part (name, body, used_at) VALUES ($1,$2,$3) ON CONFLICT (name) DO UPDATE SET used_at = excluded.used_at`,
				name, base64.StdEncoding.EncodeToString(body), now)
			return err
		})
		if err != nil {
			return fmt.Errorf("keep part of a page: %w", err)
		}
	}
	return nil
}

// Parts are the names of those that are kept.
func (s *Store) Parts(ctx context.Context) (map[string]bool, error) {
	rows, err := s.read(ctx).Query(`SELECT name FROM page_part`)
	names, err := collect(rows, err, scanString)
	if err != nil {
		return nil, fmt.Errorf("read names of parts: %w", err)
	}
	known := make(map[string]bool, len(names))
	for _, name := range names {
		known[name] = true
	}
	return known, nil
}

// Part returns the bytes of one, NotFound where none has the name.
func (s *Store) Part(ctx context.Context, name string) ([]byte, error) {
	var body string
	if err := s.read(ctx).QueryRow(`SELECT body FROM page_part WHERE name = $1`, name).Scan(&body); err != nil {
		return nil, absent(err)
	}
	return base64.StdEncoding.DecodeString(body)
}
