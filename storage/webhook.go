package storage

import (
	"context"
	"fmt"
	"strings"

	"rapport/hub/chat"
)

const webhookColumns = `id, site_id, url, kinds, sealed, old_sealed, old_until, paused, made_by, made_at, done, sent_at, failed_since, tries, next_at, attempts, lease_by, lease_until`

// sealedWebhook binds a sealed secret to its row.
func sealedWebhook(id string) string { return "webhook " + id }

func (s *Store) scanWebhook(row scanner) (w chat.Webhook, err error) {
	var kinds, sealed, old string
	err = row.Scan(&w.ID, &w.SiteID, &w.URL, &kinds, &sealed, &old, &w.OldUntil, &w.Paused, &w.MadeBy, &w.MadeAt, &w.Done, &w.SentAt, &w.FailedSince, &w.Tries, &w.NextAt, &w.Attempts, &w.LeaseBy, &w.LeaseUntil)
	if err != nil {
		return w, err
	}
	for _, k := range strings.Fields(kinds) {
		w.Kinds = append(w.Kinds, chat.EventType(k))
	}
	if w.Secret, err = s.seal.open(sealed, sealedWebhook(w.ID)); err != nil || old == "" || w.OldUntil <= s.opt.Clock() {
		return w, err
	}
	w.Old, err = s.seal.open(old, sealedWebhook(w.ID))
	return w, err
}

func kindsOf(w *chat.Webhook) string {
	names := make([]string, len(w.Kinds))
	for i, k := range w.Kinds {
		names[i] = string(k)
	}
	return strings.Join(names, " ")
}

// Webhooks returns those of a site, oldest first.
func (s *Store) Webhooks(ctx context.Context, siteID string) ([]chat.Webhook, error) {
	rows, err := s.read(ctx).Query(`SELECT `+webhookColumns+` FROM webhook WHERE site_id = $1 ORDER BY id`, siteID)
	return collect(rows, err, s.scanWebhook)
}

// Webhook returns one; NotFound where there is none.
func (s *Store) Webhook(ctx context.Context, id string) (*chat.Webhook, error) {
	w, err := s.scanWebhook(s.read(ctx).QueryRow(`SELECT `+webhookColumns+` FROM webhook WHERE id = $1`, id))
	if err != nil {
		return nil, absent(err)
	}
	return &w, nil
}

// InsertWebhook stores a new one, which is told of what happens from now on. Conflict
// where the site has chat.MaxWebhooks.
func (s *Store) InsertWebhook(ctx context.Context, w *chat.Webhook) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		var n int64
		if err := q.QueryRow(`SELECT count(*) FROM webhook WHERE site_id = $1`, w.SiteID).Scan(&n); err != nil {
			return err
		}
		if n >= chat.MaxWebhooks {
			return chat.Fail(chat.Conflict, "A site has at most %d webhooks. Remove one that is not needed any more.", chat.MaxWebhooks)
		}
		w.MadeAt = now
		if err := q.QueryRow(`SELECT coalesce(max(site_seq), 0) FROM event WHERE site_id = $1`, w.SiteID).Scan(&w.Done); err != nil {
			return err
		}
		_, err := q.Exec(`INSERT INTO webhook (`+webhookColumns+`) VALUES ($1,$2,$3,$4,$5,'',0,'',$6,$7,$8,0,0,0,0,0,'',0)`,
			w.ID, w.SiteID, w.URL, kindsOf(w), s.seal.close(w.Secret, sealedWebhook(w.ID)), w.MadeBy, w.MadeAt, w.Done)
		if err != nil {
			return fmt.Errorf("insert webhook: %w", err)
		}
		return nil
	})
}

// ChangeWebhook stores what somebody has chosen anew: address, kinds, and whether it is
// paused. One that runs again is tried at once, from where it stopped. Whoever sends
// right now has lost the lease by that.
func (s *Store) ChangeWebhook(ctx context.Context, w *chat.Webhook) error {
	return s.onWebhook(ctx, `UPDATE webhook SET url = $1, kinds = $2, paused = $3, failed_since = 0, tries = 0, next_at = 0, lease_by = '', lease_until = 0 WHERE site_id = $4 AND id = $5`,
		w.URL, kindsOf(w), w.Paused, w.SiteID, w.ID)
}

// RotateWebhookSecret gives a webhook a new secret; the one before signs beside it until then.
func (s *Store) RotateWebhookSecret(ctx context.Context, w *chat.Webhook, secret string, until chat.Time) error {
	name := sealedWebhook(w.ID)
	return s.onWebhook(ctx, `UPDATE webhook SET sealed = $1, old_sealed = $2, old_until = $3 WHERE site_id = $4 AND id = $5`,
		s.seal.close(secret, name), s.seal.close(w.Secret, name), until, w.SiteID, w.ID)
}

// RewindWebhook sends again what follows a number of the site's stream, and tries at once.
func (s *Store) RewindWebhook(ctx context.Context, w *chat.Webhook, after int64) error {
	return s.onWebhook(ctx, `UPDATE webhook SET done = $1, paused = '', failed_since = 0, tries = 0, next_at = 0, lease_by = '', lease_until = 0 WHERE site_id = $2 AND id = $3`,
		after, w.SiteID, w.ID)
}

// HurryWebhook tries at once what waits for its next attempt.
func (s *Store) HurryWebhook(ctx context.Context, w *chat.Webhook) error {
	return s.onWebhook(ctx, `UPDATE webhook SET next_at = 0 WHERE site_id = $1 AND id = $2`, w.SiteID, w.ID)
}

func (s *Store) onWebhook(ctx context.Context, query string, args ...any) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(query, args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}

// DeleteWebhook takes one away with its attempts; NotFound where the site has no such.
func (s *Store) DeleteWebhook(ctx context.Context, siteID, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(`DELETE FROM webhook_attempt WHERE webhook_id IN (SELECT id FROM webhook WHERE site_id = $1 AND id = $2)`, siteID, id); err != nil {
			return err
		}
		res, err := q.Exec(`DELETE FROM webhook WHERE site_id = $1 AND id = $2`, siteID, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return chat.ErrNotFound
		}
		return nil
	})
}

const attemptColumns = `webhook_id, number, site_seq, conversation_id, event_id, kind, at, status, reason, took, next_at`

// WebhookAttempts returns the latest attempts, latest first.
func (s *Store) WebhookAttempts(ctx context.Context, id string) ([]chat.WebhookAttempt, error) {
	rows, err := s.read(ctx).Query(`SELECT `+attemptColumns+` FROM webhook_attempt WHERE webhook_id = $1 ORDER BY number DESC LIMIT $2`, id, chat.MaxWebhookAttempts)
	return collect(rows, err, func(row scanner) (a chat.WebhookAttempt, err error) {
		return a, row.Scan(&a.WebhookID, &a.Number, &a.SiteSeq, &a.ConversationID, &a.EventID, &a.Kind, &a.At, &a.Status, &a.Reason, &a.Took, &a.NextAt)
	})
}
