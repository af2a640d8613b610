package storage

import (
	"context"

	"rapport/hub/chat"
)

// forgetWords removes from the index what was said in a conversation: all of it,
// or one message where seq is not 0. It belongs into the transaction that erases
// or redacts the messages themselves. The words leave the rows at once and the
// database's file soon after (squeezeNext).
func forgetWords(q querier, conversationID string, seq int64) error {
	rows, err := q.Query(`SELECT doc FROM search_doc WHERE conversation_id = $1 AND (seq = $2 OR $3 = 0)`, conversationID, seq, seq)
	docs, err := collect(rows, err, scanNumber)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		if _, err := q.Exec(`DELETE FROM search_text WHERE docid = $1`, doc); err != nil {
			return err
		}
		if _, err := q.Exec(`DELETE FROM search_doc WHERE doc = $1`, doc); err != nil {
			return err
		}
	}
	return markSqueeze(q, "search_text", len(docs))
}

// forgetName removes a profile's words from the index.
func forgetName(q querier, personID string) error {
	rows, err := q.Query(`SELECT doc FROM search_person WHERE person_id = $1`, personID)
	docs, err := collect(rows, err, scanNumber)
	if err != nil || len(docs) == 0 {
		return err
	}
	for _, doc := range docs {
		if _, err := q.Exec(`DELETE FROM search_name WHERE docid = $1`, doc); err != nil {
			return err
		}
	}
	if _, err := q.Exec(`DELETE FROM search_person WHERE person_id = $1`, personID); err != nil {
		return err
	}
	return markSqueeze(q, "search_name", len(docs))
}

// reindexConversation reads a conversation's messages into the index anew, for
// units that move messages between conversations.
func reindexConversation(q querier, d dialect, conversationID string) error {
	if err := forgetWords(q, conversationID, 0); err != nil {
		return err
	}
	rows, err := q.Query(saidSelect+`e.conversation_id = $1 AND e.client_id <> ''`, conversationID)
	list, err := collect(rows, err, scanSaid)
	if err != nil {
		return err
	}
	return (&indexing{q: q, d: d}).add(list)
}

func scanNumber(row scanner) (n int64, err error) { return n, row.Scan(&n) }

// squeezing begins the names of the settings that say that deleted words may
// still stand in the file, one for each table.
const squeezing = "squeeze "

func markSqueeze(q querier, table string, deleted int) error {
	if deleted == 0 {
		return nil
	}
	_, err := q.Exec(`INSERT INTO setting (name, value) VALUES ($1, 'yes') ON CONFLICT (name) DO NOTHING`, squeezing+table)
	return err
}

// squeezeNext does some of what makes deleted words leave the file, and reports
// whether there is more to do.
func (s *Store) squeezeNext(ctx context.Context) (more bool, err error) {
	for _, table := range []string{"search_text", "search_name"} {
		rows, err := s.read(ctx).Query(`SELECT value FROM setting WHERE name = $1`, squeezing+table)
		marked, err := collect(rows, err, scanString)
		if err != nil {
			return false, err
		}
		if len(marked) > 0 {
			return true, s.squeezeTable(ctx, table)
		}
	}
	return false, nil
}

func (s *Store) squeezeTable(ctx context.Context, table string) error {
	return s.exclusive(ctx, func(q querier, _ chat.Time) error {
		more, err := s.dialect.squeeze(q, table)
		if more || err != nil {
			return err
		}
		_, err = q.Exec(`DELETE FROM setting WHERE name = $1`, squeezing+table)
		return err
	})
}
