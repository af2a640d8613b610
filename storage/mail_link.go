package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// InsertMailLink stores a link before the letter that holds it goes out.
func (s *Store) InsertMailLink(ctx context.Context, l *chat.MailLink) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`INSERT INTO mail_link (token_hash, conversation_id, purpose, card_id, email, expires_at, used_at) VALUES ($1,$2,$3,$4,$5,$6,0)`,
			l.TokenHash, l.ConversationID, l.Purpose, l.CardID, l.Email, l.ExpiresAt)
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
	err := absent(s.read(ctx).QueryRow(`SELECT conversation_id, purpose, card_id, email, expires_at, used_at FROM mail_link WHERE token_hash = $1`, tokenHash).
		Scan(&l.ConversationID, &l.Purpose, &l.CardID, &l.Email, &l.ExpiresAt, &l.UsedAt))
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
