package storage

import (
	"context"
	"fmt"
	"strconv"

	"rapport/hub/chat"
)

func (t *tx) Named() ([]chat.Named, error) {
	rows, err := t.q.Query(`SELECT id, name, disabled_at FROM agent ORDER BY id`)
	list, err := collect(rows, err, func(row scanner) (n chat.Named, err error) {
		var disabled chat.Time
		err = row.Scan(&n.ID, &n.Name, &disabled)
		n.Gone = disabled != 0
		return n, err
	})
	if err != nil {
		return nil, fmt.Errorf("read whom a note can name: %w", err)
	}
	all, err := teams(t.q)
	for _, team := range all {
		list = append(list, chat.Named{ID: team.ID, Name: team.Name, Members: nonNil(team.Members)})
	}
	return list, err
}

func (t *tx) SaveMention(m *chat.Mention) error {
	return t.exec(`INSERT INTO mention (agent_id, conversation_id, site_id, message_id, by_id, at, read_at) VALUES ($1,$2,$3,$4,$5,$6,0)
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET message_id = excluded.message_id, by_id = excluded.by_id, at = excluded.at, read_at = 0`,
		m.AgentID, m.ConversationID, m.SiteID, m.MessageID, m.ByID, m.At)
}

// unreadMost bounds how many unread mentions are told of.
const unreadMost = 200

// UnreadMentions returns the conversations of a site in which an agent was named and
// has not looked since, the latest first.
func (s *Store) UnreadMentions(ctx context.Context, agentID, siteID string) ([]string, error) {
	rows, err := s.read(ctx).Query(`SELECT conversation_id FROM mention WHERE agent_id = $1 AND site_id = $2 AND read_at = 0 ORDER BY at DESC LIMIT $3`, agentID, siteID, unreadMost)
	return collect(rows, err, scanString)
}

// ReadMentions notes that an agent has looked at a conversation in which they were
// named.
func (s *Store) ReadMentions(ctx context.Context, agentID, conversationID string) error {
	return s.exclusive(ctx, func(q querier, now chat.Time) error {
		_, err := q.Exec(`UPDATE mention SET read_at = $1 WHERE agent_id = $2 AND conversation_id = $3 AND read_at = 0`, now, agentID, conversationID)
		return err
	})
}

// mentionRows is a page of the conversations in which an agent was named, the latest
// first. What a cursor counts is the time until then.
func (s *Store) mentionRows(ctx context.Context, p Page, after int64, afterID string) ([]chat.Row, string, error) {
	if after < 0 {
		after, afterID = rankEnd, "~"
	}
	type one struct {
		id string
		at int64
	}
	found, err := s.read(ctx).Query(`SELECT conversation_id, at FROM mention WHERE agent_id = $1 AND site_id = $2 AND (at, conversation_id) < ($3, $4)
		ORDER BY at DESC, conversation_id DESC LIMIT $5`, p.AgentID, p.SiteID, after, afterID, p.Limit+1)
	list, err := collect(found, err, func(row scanner) (v one, err error) { return v, row.Scan(&v.id, &v.at) })
	if err != nil {
		return nil, "", fmt.Errorf("read mentions: %w", err)
	}
	next := ""
	if len(list) > p.Limit {
		list = list[:p.Limit]
		last := list[len(list)-1]
		next = strconv.FormatInt(last.at, 10) + "_" + last.id
	}
	rows := make([]chat.Row, 0, len(list))
	for _, v := range list {
		row, err := s.RowByID(ctx, v.id)
		if chat.Is(err, chat.NotFound) {
			continue // it was erased meanwhile
		}
		if err != nil {
			return nil, "", err
		}
		rows = append(rows, *row)
	}
	return rows, next, nil
}

// rankEnd is larger than any time in use.
const rankEnd = 1 << 62
