package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
)

func (t *tx) InsertEntry(e *chat.Entry) error {
	err := t.exec(`INSERT INTO entry (conversation_id, began_at, minutes, party, by_id) VALUES ($1,$2,$3,$4,$5)`,
		e.ConversationID, e.BeganAt, e.Minutes, e.Party, e.ByID)
	if err != nil {
		return fmt.Errorf("insert entry: %w", err)
	}
	return nil
}

// Entry returns what was entered by hand of a conversation. ErrNotFound of a chat.
func (s *Store) Entry(ctx context.Context, conversationID string) (*chat.Entry, error) {
	var e chat.Entry
	err := s.read(ctx).QueryRow(`SELECT e.conversation_id, c.channel, e.began_at, e.minutes, e.party, e.by_id, a.id, a.name, a.picture
		FROM entry e JOIN conversation c ON c.id = e.conversation_id JOIN agent a ON a.id = e.by_id WHERE e.conversation_id = $1`, conversationID).
		Scan(&e.ConversationID, &e.Channel, &e.BeganAt, &e.Minutes, &e.Party, &e.ByID, &e.By.ID, &e.By.Name, &e.By.Picture)
	if err != nil {
		return nil, absent(err)
	}
	return &e, nil
}
