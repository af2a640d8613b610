package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// keyAddresses makes anew what was kept of addresses that get copies before their
// hashes had a key: which of them want none, and the links of letters that are out.
func (s *Store) keyAddresses(ctx context.Context) error {
	stops, err := s.plainStops(ctx)
	if err != nil {
		return fmt.Errorf("key addresses: %w", err)
	}
	links, err := s.plainLinks(ctx)
	if err != nil {
		return fmt.Errorf("key addresses: %w", err)
	}
	if len(stops)+len(links) == 0 {
		return nil
	}
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		for _, v := range stops {
			_, err := q.Exec(`UPDATE transcript_stop SET address_hash = $1, keyed = 1 WHERE site_id = $2 AND address_hash = $3`, s.seal.addressHash(v.site, v.hash), v.site, v.hash)
			if err != nil {
				return fmt.Errorf("key addresses: %w", err)
			}
		}
		for i := range links {
			if err := s.insertTranscriptLink(q, &links[i]); err != nil {
				return fmt.Errorf("key addresses: %w", err)
			}
		}
		_, err := q.Exec(`DELETE FROM mail_link WHERE purpose = 'copies'`)
		return err
	})
}

type plainStop struct{ site, hash string }

func (s *Store) plainStops(ctx context.Context) ([]plainStop, error) {
	rows, err := s.read(ctx).Query(`SELECT site_id, address_hash FROM transcript_stop WHERE keyed = 0`)
	return collect(rows, err, func(row scanner) (v plainStop, err error) { return v, row.Scan(&v.site, &v.hash) })
}

func (s *Store) plainLinks(ctx context.Context) ([]chat.TranscriptLink, error) {
	rows, err := s.read(ctx).Query(`SELECT l.token_hash, c.site_id, l.email, p.locale, l.expires_at FROM mail_link l JOIN conversation c ON c.id = l.conversation_id
		JOIN person p ON p.id = c.person_id WHERE l.purpose = 'copies'`)
	return collect(rows, err, func(row scanner) (l chat.TranscriptLink, err error) {
		return l, row.Scan(&l.TokenHash, &l.SiteID, &l.Email, &l.Locale, &l.ExpiresAt)
	})
}
