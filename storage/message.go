package storage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"rapport/hub/chat"
)

// NamedMessage is a message with the card of its author.
type NamedMessage struct {
	chat.Message
	Author chat.AgentCard
}

// Messages returns the last limit messages before a seq (0 for the newest),
// oldest first, and whether there are more before them.
func (s *Store) Messages(ctx context.Context, conversationID string, before int64, limit int) (list []NamedMessage, more bool, err error) {
	return s.messages(ctx, `m.conversation_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3`, conversationID, before, limit)
}

// PublicMessages is Messages for the conversation's customer, in public numbers.
func (s *Store) PublicMessages(ctx context.Context, conversationID string, before int64, limit int) (list []NamedMessage, more bool, err error) {
	return s.messages(ctx, `m.conversation_id = $1 AND m.public_seq > 0 AND m.public_seq < $2 ORDER BY m.seq DESC LIMIT $3`, conversationID, before, limit)
}

func (s *Store) messages(ctx context.Context, where, conversationID string, before int64, limit int) ([]NamedMessage, bool, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	rows, err := s.read(ctx).Query(`SELECT `+messageColumns+` FROM message m WHERE `+where, conversationID, before, limit+1)
	names := newNames(ctx, s)
	list, err := collect(rows, err, func(row scanner) (NamedMessage, error) {
		var m NamedMessage
		return m, row.Scan(messageTargets(&m.Message)...)
	})
	if err != nil {
		return nil, false, fmt.Errorf("read messages: %w", err)
	}
	more := len(list) > limit
	if more {
		list = list[:limit]
	}
	slices.Reverse(list)
	for i := range list {
		if list[i].Author, err = names.of(list[i].By, list[i].ByID); err != nil {
			return nil, false, fmt.Errorf("read messages: %w", err)
		}
		if err := fillFiles(s.read(ctx), &list[i].Message); err != nil {
			return nil, false, fmt.Errorf("read messages: %w", err)
		}
		if err := s.fillLink(ctx, &list[i].Message); err != nil {
			return nil, false, fmt.Errorf("read messages: %w", err)
		}
	}
	return list, more, nil
}
