package storage

import (
	"cmp"
	"context"
	"fmt"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const transcriptColumns = `id, conversation_id, by_id, address_hash, masked, at`

func (t *tx) LastTranscript(v *chat.Transcript, since chat.Time) (*chat.Transcript, error) {
	last := *v
	err := t.q.QueryRow(`SELECT id, by_id, masked, at FROM transcript WHERE conversation_id = $1 AND address_hash = $2 AND at > $3 ORDER BY at DESC LIMIT 1`,
		v.ConversationID, t.w.s.seal.address(v.SiteID, v.Email), since).Scan(&last.ID, &last.ByID, &last.Masked, &last.At)
	if err != nil {
		return nil, absent(err)
	}
	return &last, nil
}

func (t *tx) CountTranscripts(v *chat.Transcript, since chat.Time) (n chat.TranscriptCount, err error) {
	if n.By, err = t.number(`SELECT count(*) FROM transcript WHERE by_id = $1 AND at > $2`, v.ByID, since); err != nil {
		return n, err
	}
	box := t.w.s.seal.address(v.SiteID, chat.Mailbox(v.Email))
	if n.To, err = t.number(`SELECT count(*) FROM transcript_count WHERE site_id = $1 AND address_hash = $2 AND at > $3`, v.SiteID, box, since); err != nil {
		return n, err
	}
	n.Site, err = t.number(`SELECT count(*) FROM transcript_count WHERE site_id = $1 AND at > $2 AND unproven = 1`, v.SiteID, since)
	return n, err
}

// NoTranscripts looks for the address as it is written as well: before there were
// mailboxes it was that which was noted.
func (t *tx) NoTranscripts(siteID, email string) (bool, error) {
	seal := t.w.s.seal
	n, err := t.number(`SELECT count(*) FROM transcript_stop WHERE site_id = $1 AND address_hash IN ($2,$3)`,
		siteID, seal.address(siteID, chat.Mailbox(email)), seal.address(siteID, email))
	return n > 0, err
}

func (t *tx) AddTranscript(v *chat.Transcript) error {
	seal := t.w.s.seal
	return t.each("note a copy", []change{
		{`INSERT INTO transcript (` + transcriptColumns + `) VALUES ($1,$2,$3,$4,$5,$6)`,
			[]any{v.ID, v.ConversationID, v.ByID, seal.address(v.SiteID, v.Email), v.Masked, v.At}},
		// An id of its own: that of the copy is in the audit log, beside its conversation.
		{`INSERT INTO transcript_count (id, site_id, address_hash, unproven, at) VALUES ($1,$2,$3,$4,$5)`,
			[]any{chat.NewID(), v.SiteID, seal.address(v.SiteID, chat.Mailbox(v.Email)), truth(!v.Proven && !v.ByAgent), v.At}},
	})
}

// InsertTranscriptLink stores a link before the copy that holds it goes out.
func (s *Store) InsertTranscriptLink(ctx context.Context, l *chat.TranscriptLink) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error { return s.insertTranscriptLink(q, l) })
}

func (s *Store) insertTranscriptLink(q querier, l *chat.TranscriptLink) error {
	_, err := q.Exec(`INSERT INTO transcript_link (token_hash, site_id, address_hash, locale, expires_at) VALUES ($1,$2,$3,$4,$5) ON CONFLICT DO NOTHING`,
		l.TokenHash, l.SiteID, s.seal.address(l.SiteID, chat.Mailbox(l.Email)), l.Locale, l.ExpiresAt)
	if err != nil {
		return fmt.Errorf("insert link: %w", err)
	}
	return nil
}

// TranscriptLink finds a link that still ends copies by its token's hash; LinkExpired
// otherwise, whatever the reason.
func (s *Store) TranscriptLink(ctx context.Context, tokenHash string) (*chat.TranscriptLink, error) {
	l := chat.TranscriptLink{TokenHash: tokenHash}
	err := absent(s.read(ctx).QueryRow(`SELECT site_id, locale, expires_at FROM transcript_link WHERE token_hash = $1`, tokenHash).Scan(&l.SiteID, &l.Locale, &l.ExpiresAt))
	if chat.Is(err, chat.NotFound) || err == nil && l.ExpiresAt <= s.opt.Clock() {
		return nil, chat.Fail(chat.LinkExpired, "This link has run out.")
	}
	if err != nil {
		return nil, fmt.Errorf("read link: %w", err)
	}
	return &l, nil
}

// StopTranscripts notes that the address which a link went to wants no copies of its
// site's conversations.
func (s *Store) StopTranscripts(ctx context.Context, tokenHash string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`INSERT INTO transcript_stop (site_id, address_hash, at, keyed) SELECT site_id, address_hash, CAST($1 AS BIGINT), 1 FROM transcript_link WHERE token_hash = $2 ON CONFLICT DO NOTHING`, now, tokenHash)
		if err != nil {
			return fmt.Errorf("stop copies: %w", err)
		}
		return nil
	})
}

// pruneTranscripts forgets copies that are long out, and links that have run out. What
// limits are counted from is needed for a day.
func pruneTranscripts(q querier, now chat.Time) error {
	for query, before := range map[string]chat.Time{
		`DELETE FROM transcript WHERE at < $1`:              now.Add(-keepMail),
		`DELETE FROM transcript_count WHERE at < $1`:        now.Add(-chat.TranscriptDay),
		`DELETE FROM transcript_link WHERE expires_at < $1`: now.Add(-keepMail),
	} {
		if _, err := q.Exec(query, before); err != nil {
			return fmt.Errorf("prune copies: %w", err)
		}
	}
	return nil
}

// TranscriptOf returns what a conversation's customer saw of it before a public number:
// its last messages, at most limit, with all that lies between them, in their order, and
// whether there are messages before those.
func (s *Store) TranscriptOf(ctx context.Context, conversationID string, before int64, limit int) (list []chat.Event, more bool, err error) {
	messages, more, err := s.PublicMessages(ctx, conversationID, before, limit)
	if err != nil {
		return nil, false, err
	}
	from := int64(1)
	if more {
		from = messages[0].PublicSeq
	}
	if list, err = s.PublicLines(ctx, conversationID, from, before); err != nil {
		return nil, false, err
	}
	for i := range messages {
		m := &messages[i]
		list = append(list, chat.Event{
			ConversationID: conversationID, Seq: m.Seq, PublicSeq: m.PublicSeq, Type: chat.MessagePosted, At: m.At, By: m.By, ByID: m.ByID,
			MessageID: m.ID, Message: &m.Message, Names: chat.Names{By: m.Author},
		})
	}
	sorted.By(list, func(a, b chat.Event) int { return cmp.Compare(a.PublicSeq, b.PublicSeq) })
	return list, more, nil
}
