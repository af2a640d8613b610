package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rapport/hub/chat"
)

func (t *tx) Enqueue(m *chat.Mail) error {
	if !t.w.s.opt.Mail {
		return nil
	}
	payload, err := json.Marshal(m.Payload)
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO mail (id, site_id, person_id, conversation_id, kind, seq, payload, created_at, earliest_at, due_at,
		away_since, attempts, claimed_until, token, waiting, sent_at, failed_at, last_error)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,0,0,0,'',1,0,0,'') ON CONFLICT DO NOTHING`,
		m.ID, m.SiteID, m.PersonID, m.ConversationID, m.Kind, m.Seq, string(payload), t.now, m.EarliestAt, max(m.EarliestAt, t.now))
	if err != nil {
		return fmt.Errorf("queue mail: %w", err)
	}
	return nil
}

// DueMail returns the letter that has been due longest. One that is held or rests
// after a try that failed is not due; a copy and the news of its conversation do not
// wait for each other.
func (s *Store) DueMail(ctx context.Context) (due chat.MailDue, err error) {
	now := s.opt.Clock()
	at, err := s.leaseTime(s.read(ctx), now)
	if err != nil {
		return due, err
	}
	var kind chat.MailKind
	err = s.read(ctx).QueryRow(`SELECT m.conversation_id, m.kind FROM mail m WHERE m.waiting = 1 AND m.due_at <= $1 AND NOT EXISTS
		(SELECT 1 FROM mail o WHERE o.conversation_id = m.conversation_id AND o.waiting = 1 AND (o.kind = 'transcript') = (m.kind = 'transcript')
			AND (o.claimed_until > $2 OR o.attempts > 0 AND o.due_at > $3)) ORDER BY m.due_at LIMIT 1`, now, at, now).Scan(&due.ConversationID, &kind)
	if errors.Is(err, sql.ErrNoRows) {
		return due, nil
	}
	due.Transcript = kind == chat.MailTranscript
	return due, err
}

const mailColumns = `id, site_id, person_id, conversation_id, kind, seq, payload, earliest_at, attempts, away_since, created_at`

func scanMail(row scanner) (chat.Mail, error) {
	var m chat.Mail
	var payload string
	err := row.Scan(&m.ID, &m.SiteID, &m.PersonID, &m.ConversationID, &m.Kind, &m.Seq, &payload, &m.EarliestAt, &m.Attempts, &m.AwaySince, &m.CreatedAt)
	if err == nil {
		err = json.Unmarshal([]byte(payload), &m.Payload)
	}
	return m, err
}

// Whose rows a claim holds: all the news that waits, or the first copy.
const (
	claimsNews = `kind <> 'transcript'`
	claimsCopy = `id = (SELECT o.id FROM mail o WHERE o.conversation_id = mail.conversation_id AND o.kind = 'transcript' AND o.waiting = 1 ORDER BY o.seq LIMIT 1)`
)

// ClaimMail holds what is due for the caller, all the news that waits in a
// conversation or one copy of it, for so long that it can be sent; after that anybody
// may claim it again. NotFound when somebody else holds it or nothing is left.
func (s *Store) ClaimMail(ctx context.Context, due chat.MailDue, lease time.Duration) (*chat.MailClaim, error) {
	claim := chat.MailClaim{Token: chat.NewID(), ConversationID: due.ConversationID}
	which := claimsNews
	if due.Transcript {
		which = claimsCopy
	}
	err := s.exclusive(ctx, func(q querier, now chat.Time) error {
		claim.Mails = nil
		at, err := s.leaseTime(q, now)
		if err != nil {
			return err
		}
		_, err = q.Exec(`UPDATE mail SET token = $1, claimed_until = $2 WHERE conversation_id = $3 AND waiting = 1 AND earliest_at <= $4 AND claimed_until <= $5 AND `+which,
			claim.Token, at.Add(lease), due.ConversationID, now, at)
		if err != nil {
			return err
		}
		rows, err := q.Query(`SELECT `+mailColumns+` FROM mail WHERE conversation_id = $1 AND token = $2 AND waiting = 1 ORDER BY seq`, due.ConversationID, claim.Token)
		claim.Mails, err = collect(rows, err, scanMail)
		return err
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("claim mail: %w", err)
	case len(claim.Mails) == 0:
		return nil, chat.ErrNotFound
	}
	return &claim, nil
}

// WaitingMail returns what a conversation's customer is still to be told, oldest first,
// whether somebody holds it or not.
func (s *Store) WaitingMail(ctx context.Context, conversationID string) ([]chat.Mail, error) {
	rows, err := s.read(ctx).Query(`SELECT `+mailColumns+` FROM mail WHERE conversation_id = $1 AND waiting = 1 ORDER BY seq`, conversationID)
	return collect(rows, err, scanMail)
}

// PutOffMail gives a claim back until a time, because its customer is here (away
// is zero) or has not been away for long.
func (s *Store) PutOffMail(ctx context.Context, c *chat.MailClaim, until, away chat.Time) error {
	return s.settleMail(ctx, c, `due_at = $1, away_since = $2, claimed_until = 0, token = ''`, until, away)
}

// RetryMail gives a claim back after a try that failed: it rests until a time.
func (s *Store) RetryMail(ctx context.Context, c *chat.MailClaim, until chat.Time, why string) error {
	return s.settleMail(ctx, c, `due_at = $1, last_error = $2, attempts = attempts + 1, claimed_until = 0, token = ''`, until, why)
}

// MailSent notes that the letter is with the mail server.
func (s *Store) MailSent(ctx context.Context, c *chat.MailClaim) error {
	return s.settleMail(ctx, c, `sent_at = $1, last_error = '', attempts = attempts + 1, claimed_until = 0, token = '', waiting = 0`, s.opt.Clock())
}

func (s *Store) settleMail(ctx context.Context, c *chat.MailClaim, set string, args ...any) error {
	where := fmt.Sprintf(` WHERE conversation_id = $%d AND token = $%d AND waiting = 1`, len(args)+1, len(args)+2)
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		_, err := q.Exec(`UPDATE mail SET `+set+where, append(args, c.ConversationID, c.Token)...)
		if err != nil {
			return fmt.Errorf("settle mail: %w", err)
		}
		return nil
	})
}

// DropMail takes out of a claim one row that its customer has seen meanwhile.
func (s *Store) DropMail(ctx context.Context, c *chat.MailClaim, id string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		if _, err := q.Exec(`DELETE FROM mail WHERE id = $1 AND token = $2 AND waiting = 1`, id, c.Token); err != nil {
			return fmt.Errorf("drop mail: %w", err)
		}
		return nil
	})
}

// MailFailed gives up those rows of a claim that c names, with a line in the audit
// log; the others stay claimed.
func (s *Store) MailFailed(ctx context.Context, c *chat.MailClaim, why string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		var lost int64
		for _, m := range c.Mails {
			res, err := q.Exec(`UPDATE mail SET failed_at = $1, last_error = $2, attempts = attempts + 1, claimed_until = 0, token = '', waiting = 0
				WHERE id = $3 AND token = $4 AND waiting = 1`, now, why, m.ID, c.Token)
			if err != nil {
				return fmt.Errorf("give mail up: %w", err)
			}
			n, err := res.RowsAffected()
			if err != nil {
				return fmt.Errorf("give mail up: %w", err)
			}
			lost += n
		}
		if lost == 0 {
			return nil
		}
		return appendAudit(q, now, "", "mail.failed", c.ConversationID, c.Mails[0].ID)
	})
}

// keepMail is how long what was sent or given up is kept: 30 days.
const keepMail = 30 * 24 * time.Hour

// PruneMail forgets letters that ended long ago and links that have run out.
func (s *Store) PruneMail(ctx context.Context) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		if _, err := q.Exec(`DELETE FROM mail WHERE waiting = 0 AND created_at < $1`, now.Add(-keepMail)); err != nil {
			return fmt.Errorf("prune mail: %w", err)
		}
		if _, err := q.Exec(`DELETE FROM mail_link WHERE expires_at < $1`, now.Add(-keepMail)); err != nil {
			return fmt.Errorf("prune links: %w", err)
		}
		return pruneTranscripts(q, now)
	})
}
