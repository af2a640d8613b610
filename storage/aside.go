package storage

import (
	"context"
	"fmt"
	"strings"

	"rapport/hub/chat"
	"rapport/hub/sorted"
)

const asideColumns = `SELECT id, site_id, state, previous_id FROM conversation WHERE channel = '` + chat.ChannelAside + `' AND person_id `

func (t *tx) Asides(personID string) ([]chat.Conversation, error) {
	several, err := t.merged(personID)
	if err != nil {
		return nil, err
	}
	query, args := asideColumns+`= $1`, []any{personID}
	if several {
		query, args = asideColumns+`IN `+allProfiles(`$1`, `$2`), []any{personID, personID}
	}
	rows, err := t.q.Query(query+` ORDER BY started_at, id`, args...)
	list, err := collect(rows, err, func(row scanner) (c chat.Conversation, err error) {
		return c, row.Scan(&c.ID, &c.SiteID, &c.State, &c.PreviousID)
	})
	if err != nil {
		return nil, fmt.Errorf("read asides: %w", err)
	}
	return list, nil
}

// ChatPromises returns what the customer of a chat was promised in it, oldest first, as
// promises of the chat wherever the team works on them.
func (s *Store) ChatPromises(ctx context.Context, conversationID string) ([]chat.Promise, error) {
	list, err := s.Promises(ctx, conversationID)
	if err != nil {
		return nil, err
	}
	asides, err := s.asidesOf(ctx, conversationID)
	if err != nil {
		return nil, err
	}
	for _, id := range asides {
		more, err := s.Promises(ctx, id)
		if err != nil {
			return nil, err
		}
		for i := range more {
			more[i].ConversationID = conversationID
		}
		list = append(list, more...)
	}
	sorted.By(list, func(a, b chat.Promise) int { return strings.Compare(a.ID, b.ID) })
	return list, nil
}

// asidesOf are the ids of what was split off a chat, or off one that goes on in it, as
// long as that is its customer's.
func (s *Store) asidesOf(ctx context.Context, conversationID string) (out []string, err error) {
	q := s.read(ctx)
	var person string
	if err := absent(q.QueryRow(`SELECT person_id FROM conversation WHERE id = $1`, conversationID).Scan(&person)); err != nil {
		return nil, err
	}
	rows, err := q.Query(`SELECT a.id, a.previous_id FROM conversation a WHERE a.channel = '`+chat.ChannelAside+`' AND a.person_id IN `+allProfiles(`$1`, `$2`), person, person)
	list, err := collect(rows, err, func(row scanner) (c chat.Conversation, err error) { return c, row.Scan(&c.ID, &c.PreviousID) })
	if err != nil {
		return nil, fmt.Errorf("read asides: %w", err)
	}
	for _, a := range list {
		at := a.PreviousID
		for at != "" && at != conversationID {
			if err := absent(q.QueryRow(`SELECT merged_into FROM conversation WHERE id = $1`, at).Scan(&at)); chat.Is(err, chat.NotFound) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("follow a conversation: %w", err)
			}
		}
		if at == conversationID {
			out = append(out, a.ID)
		}
	}
	return out, nil
}

// quotes reads messages of a conversation as another one shows them; those that were
// erased are left out.
func (s *Store) quotes(ctx context.Context, conversationID string, ids []string, names *names) (out []chat.Quote, err error) {
	for _, id := range ids {
		var m chat.Message
		err := absent(s.read(ctx).QueryRow(`SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = $1 AND m.id = $2`, conversationID, id).Scan(messageTargets(&m)...))
		if chat.Is(err, chat.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := fillFiles(s.read(ctx), &m); err != nil {
			return nil, err
		}
		by, err := names.of(m.By, m.ByID)
		if err != nil {
			return nil, err
		}
		out = append(out, chat.NewQuote(&m, by.Name))
	}
	return out, nil
}
