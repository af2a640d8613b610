package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

// WebhookSites returns the sites that have a webhook which is not paused.
func (s *Store) WebhookSites(ctx context.Context) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT DISTINCT site_id FROM webhook WHERE paused = ''`)
	return collect(rows, err, scanString)
}

// DueWebhooks returns the ids of those that may have something to send now.
func (s *Store) DueWebhooks(ctx context.Context, now chat.Time) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT w.id FROM webhook w WHERE w.paused = '' AND w.next_at <= $1
		AND EXISTS (SELECT 1 FROM event e WHERE e.site_id = w.site_id AND e.site_seq > w.done) ORDER BY w.next_at, w.id`, now)
	return collect(rows, err, scanString)
}

// LeaseWebhook makes a server the only one that sends for a webhook until then, and
// reports whether it is.
func (s *Store) LeaseWebhook(ctx context.Context, id, by string, until chat.Time) (ours bool, err error) {
	err = s.behind(ctx, func(q querier, now chat.Time) error {
		res, err := q.Exec(`UPDATE webhook SET lease_by = $1, lease_until = $2 WHERE id = $3 AND paused = '' AND next_at <= $4 AND (lease_by = $5 OR lease_until <= $6)`,
			by, until, id, now, by, now)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		ours = n == 1
		return err
	})
	return ours, err
}

// LeaveWebhooks gives back what a server that stops has on lease.
func (s *Store) LeaveWebhooks(ctx context.Context, by string) error {
	return s.behind(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE webhook SET lease_by = '', lease_until = 0 WHERE lease_by = $1`, by)
		return err
	})
}

// webhookPage is how many events are looked through at once.
const webhookPage = 128

// NextForWebhook returns the first event after a number that a webhook is to be told
// of, with its conversation, nil once that is erased. Without such an event it returns
// nil, and how far it has looked: a page, or to the end of the stream. What was erased
// meanwhile is passed over.
func (s *Store) NextForWebhook(ctx context.Context, w *chat.Webhook, after int64) (e *chat.Event, c *chat.Conversation, upTo int64, err error) {
	found, err := s.findEvents(ctx, all, `e.site_id = $1 AND e.site_seq > $2 ORDER BY e.site_seq LIMIT $3`, w.SiteID, after, webhookPage)
	if err != nil {
		return nil, nil, after, err
	}
	for i := range found {
		after = found[i].SiteSeq
		if !w.Wants(&found[i].Event) {
			continue
		}
		c, err := s.conversationForWebhook(ctx, &found[i])
		switch {
		case chat.Is(err, chat.NotFound):
			continue
		case err != nil:
			return nil, nil, after, fmt.Errorf("read for a webhook: %w", err)
		}
		return &found[i].Event, c, after, nil
	}
	return nil, nil, after, nil
}

// conversationForWebhook fills an event and returns its conversation. NotFound for what
// nobody outside is told of: an event of one that is erased, but that it is, and what
// the team does among itself.
func (s *Store) conversationForWebhook(ctx context.Context, e *eventRow) (*chat.Conversation, error) {
	if e.Type == chat.ConversationErased {
		return nil, nil
	}
	var c chat.Conversation
	err := s.read(ctx).QueryRow(`SELECT id, site_id, person_id, channel, state, started_at FROM conversation WHERE id = $1`, e.ConversationID).
		Scan(&c.ID, &c.SiteID, &c.PersonID, &c.Channel, &c.State, &c.StartedAt)
	if err != nil {
		return nil, absent(err)
	}
	if c.Channel == chat.ChannelAside {
		return nil, chat.ErrNotFound
	}
	return &c, s.fillEvent(ctx, e, newNames(ctx, s))
}

// SkipWebhook moves the place of a webhook over what it is not told of: nothing waits
// to be tried again then.
func (s *Store) SkipWebhook(ctx context.Context, w *chat.Webhook, to int64) error {
	return s.behind(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE webhook SET done = $1, tries = 0, failed_since = 0, next_at = 0 WHERE id = $2 AND done = $3`, to, w.ID, w.Done)
		return err
	})
}

// SettleWebhook stores what came of an attempt, and the place, the waiting and the
// pause of its webhook with it, and holds the lease on until w.LeaseUntil. It reports
// false, and stores nothing, where the webhook is another's by now, or was changed.
// It gives the attempt its number.
func (s *Store) SettleWebhook(ctx context.Context, w *chat.Webhook, was int64, a *chat.WebhookAttempt) (stored bool, err error) {
	err = s.behind(ctx, func(q querier, _ chat.Time) error {
		res, err := q.Exec(`UPDATE webhook SET done = $1, sent_at = $2, failed_since = $3, tries = $4, next_at = $5, paused = $6, lease_until = $7
			WHERE id = $8 AND lease_by = $9 AND done = $10`,
			w.Done, w.SentAt, w.FailedSince, w.Tries, w.NextAt, w.Paused, w.LeaseUntil, w.ID, w.LeaseBy, was)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if stored = n == 1; !stored || err != nil {
			return err
		}
		return s.noteAttempt(q, a)
	})
	return stored, err
}

// NoteWebhookAttempt keeps an attempt that moves nothing: a trial.
func (s *Store) NoteWebhookAttempt(ctx context.Context, a *chat.WebhookAttempt) error {
	return s.behind(ctx, func(q querier, _ chat.Time) error { return s.noteAttempt(q, a) })
}

// noteAttempt keeps an attempt and forgets the oldest. The conversation may have been
// erased while the answer was waited for: then nothing is kept that leads to it.
func (s *Store) noteAttempt(q querier, a *chat.WebhookAttempt) error {
	if err := q.QueryRow(`UPDATE webhook SET attempts = attempts + 1 WHERE id = $1 RETURNING attempts`, a.WebhookID).Scan(&a.Number); err != nil {
		return absent(err)
	}
	_, err := q.Exec(`INSERT INTO webhook_attempt (`+attemptColumns+`) SELECT $1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11
		WHERE $12 = '' OR EXISTS (SELECT 1 FROM conversation c WHERE c.id = $13)`,
		a.WebhookID, a.Number, a.SiteSeq, a.ConversationID, a.EventID, a.Kind, a.At, a.Status, a.Reason, a.Took, a.NextAt, a.ConversationID, a.ConversationID)
	if err != nil {
		return fmt.Errorf("note attempt: %w", err)
	}
	_, err = q.Exec(`DELETE FROM webhook_attempt WHERE webhook_id = $1 AND number <= $2`, a.WebhookID, a.Number-chat.MaxWebhookAttempts)
	return err
}
