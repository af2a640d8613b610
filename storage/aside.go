package storage

import (
	"context"
	"fmt"

	"rapport/hub/chat"
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

// withAsides are the promises of a chat and of what was split off it, or off what goes
// on in it.
const withAsides = ` WHERE p.conversation_id = $1 OR p.conversation_id IN (SELECT a.id FROM conversation c
	JOIN conversation o ON o.person_id = c.person_id AND (o.id = c.id OR o.merged_into = c.id)
	JOIN conversation a ON a.person_id = c.person_id AND a.channel = '` + chat.ChannelAside + `' AND a.previous_id = o.id WHERE c.id = $2)
	ORDER BY p.id DESC LIMIT $3`

// ChatPromises returns what the customer of a chat was promised in it, wherever the team
// works on it, oldest first.
func (s *Store) ChatPromises(ctx context.Context, conversationID string) ([]chat.Promise, error) {
	return s.promises(ctx, withAsides, conversationID, conversationID, MaxPromises)
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
