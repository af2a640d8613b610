package storage

import (
	"cmp"
	"context"
	"fmt"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const transcriptColumns = `id, site_id, conversation_id, person_id, by_id, address_hash, proven, masked, at`

func (t *tx) LastTranscript(conversationID, addressHash string, since chat.Time) (*chat.Transcript, error) {
	var v chat.Transcript
	var proven int64
	err := t.q.QueryRow(`SELECT `+transcriptColumns+` FROM transcript WHERE address_hash = $1 AND at > $2 AND conversation_id = $3 ORDER BY at DESC LIMIT 1`,
		addressHash, since, conversationID).
		Scan(&v.ID, &v.SiteID, &v.ConversationID, &v.PersonID, &v.ByID, &v.AddressHash, &proven, &v.Masked, &v.At)
	if err != nil {
		return nil, absent(err)
	}
	v.Proven = proven != 0
	return &v, nil
}

func (t *tx) CountTranscripts(v *chat.Transcript, since chat.Time) (n chat.TranscriptCount, err error) {
	if n.By, err = t.number(`SELECT count(*) FROM transcript WHERE by_id = $1 AND at > $2`, v.ByID, since); err != nil {
		return n, err
	}
	if n.To, err = t.number(`SELECT count(*) FROM transcript WHERE address_hash = $1 AND at > $2`, v.AddressHash, since); err != nil {
		return n, err
	}
	n.Site, err = t.number(`SELECT count(*) FROM transcript WHERE site_id = $1 AND at > $2 AND proven = 0 AND by_id = person_id`, v.SiteID, since)
	return n, err
}

func (t *tx) NoTranscripts(siteID, addressHash string) (bool, error) {
	n, err := t.number(`SELECT count(*) FROM transcript_stop WHERE site_id = $1 AND address_hash = $2`, siteID, addressHash)
	return n > 0, err
}

func (t *tx) AddTranscript(v *chat.Transcript) error {
	err := t.exec(`INSERT INTO transcript (`+transcriptColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)`,
		v.ID, v.SiteID, v.ConversationID, v.PersonID, v.ByID, v.AddressHash, truth(v.Proven), v.Masked, v.At)
	if err != nil {
		return fmt.Errorf("note a copy: %w", err)
	}
	return nil
}

// StopTranscripts notes that an address wants no copies of a site's conversations. Of
// the address only a hash is kept.
func (s *Store) StopTranscripts(ctx context.Context, siteID, email string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`INSERT INTO transcript_stop (site_id, address_hash, at) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, siteID, chat.HashSecret(email), now)
		if err != nil {
			return fmt.Errorf("stop copies: %w", err)
		}
		return nil
	})
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
