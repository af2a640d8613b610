package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// InsertMailLink stores a link before the letter that holds it goes out.
func (s *Store) InsertMailLink(ctx context.Context, l *chat.MailLink) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO mail_link (token_hash, conversation_id, purpose, card_id, round, email, expires_at, used_at) VALUES ($1,$2,$3,$4,$5,$6,$7,0)`,
			l.TokenHash, l.ConversationID, l.Purpose, l.CardID, l.Round, l.Email, l.ExpiresAt)
		if err != nil {
			return fmt.Errorf("insert link: %w", err)
		}
		return nil
	})
}

// MailLink finds a link that can still be used by its token's hash; LinkExpired
// otherwise, whatever the reason.
func (s *Store) MailLink(ctx context.Context, tokenHash string) (*chat.MailLink, error) {
	l := chat.MailLink{TokenHash: tokenHash}
	err := absent(s.read(ctx).QueryRow(`SELECT conversation_id, purpose, card_id, round, email, expires_at, used_at FROM mail_link WHERE token_hash = $1`, tokenHash).
		Scan(&l.ConversationID, &l.Purpose, &l.CardID, &l.Round, &l.Email, &l.ExpiresAt, &l.UsedAt))
	if err != nil && !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	if err != nil || l.UsedAt > 0 || l.ExpiresAt <= s.opt.Clock() {
		return nil, chat.Fail(chat.LinkExpired, "This link was used already or has run out.")
	}
	return &l, nil
}

// UseMailLink ends a link that has done its one thing.
func (s *Store) UseMailLink(ctx context.Context, tokenHash string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE mail_link SET used_at = $1 WHERE token_hash = $2 AND used_at = 0`, now, tokenHash)
		return err
	})
}

// StopSurveys notes that an address of a site's customer is not asked again how
// it was. Of the address only a hash is kept.
func (s *Store) StopSurveys(ctx context.Context, siteID, email string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`INSERT INTO survey_stop (site_id, address_hash, at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, siteID, chat.HashSecret(email), now)
		if err != nil {
			return fmt.Errorf("stop surveys: %w", err)
		}
		return nil
	})
}

// SurveysStopped reports whether an address is not asked any more.
func (s *Store) SurveysStopped(ctx context.Context, siteID, email string) (bool, error) {
	var n int64
	err := s.read(ctx).QueryRow(`SELECT count(*) FROM survey_stop WHERE site_id = $1 AND address_hash = $2`, siteID, chat.HashSecret(email)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("read stopped surveys: %w", err)
	}
	return n > 0, nil
}
