package storage

import (
	"fmt"

	"rapport/hub/chat"
)

const messageColumns = `m.conversation_id, m.seq, m.public_seq, m.id, m.matter_id, m.client_id, m.kind, m.by_kind, m.by_id, m.text, m.template_id, m.at, m.files`

func messageTargets(m *chat.Message) []any {
	return []any{&m.ConversationID, &m.Seq, &m.PublicSeq, &m.ID, &m.MatterID, &m.ClientID, &m.Kind, &m.By, &m.ByID, &m.Text, &m.TemplateID, &m.At, fileRefs{m}}
}

func (t *tx) Message(conversationID, id string) (*chat.Message, error) {
	var m chat.Message
	err := t.q.QueryRow(`SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = $1 AND m.id = $2`, conversationID, id).Scan(messageTargets(&m)...)
	if err != nil {
		return nil, absent(err)
	}
	return &m, fillFiles(t.q, &m)
}

// FileMessage names the client id too, by which no other event of the conversation
// is taken for a message.
func (t *tx) FileMessage(conversationID, id, matterID string) error {
	err := t.exec(`UPDATE event SET matter_id = $1 WHERE conversation_id = $2 AND message_id = $3 AND client_id <> ''`, matterID, conversationID, id)
	if err != nil {
		return fmt.Errorf("file message: %w", err)
	}
	return nil
}

func (t *tx) MessageByClientID(conversationID, byID, clientID string) (*chat.Message, error) {
	if t.unused(clientID) {
		return nil, chat.ErrNotFound
	}
	var m chat.Message
	err := t.q.QueryRow(`SELECT `+messageColumns+` FROM message m WHERE m.conversation_id = $1 AND m.by_id = $2 AND m.client_id = $3`,
		conversationID, byID, clientID).Scan(messageTargets(&m)...)
	if err != nil {
		return nil, absent(err)
	}
	return &m, fillFiles(t.q, &m)
}

func (t *tx) MessageByPerson(personID, clientID string) (*chat.Message, error) {
	if t.unused(clientID) {
		return nil, chat.ErrNotFound
	}
	several, err := t.merged(personID)
	if err != nil {
		return nil, err
	}
	if !several && t.neverSaid(personID, clientID) {
		return nil, chat.ErrNotFound
	}
	query, args := messageByAuthor, []any{personID, clientID}
	if several {
		query, args = messageByProfile, []any{clientID, personID, personID}
	}
	var m chat.Message
	if err := t.q.QueryRow(query, args...).Scan(messageTargets(&m)...); err != nil {
		return nil, absent(err)
	}
	return &m, fillFiles(t.q, &m)
}

// unused reports whether it is known that no message has a client id: there was none when
// the transaction began, and it has written none.
func (t *tx) unused(clientID string) bool { return t.w.unused[clientID] && !t.wrote(clientID) }

// neverSaid reports whether it is known that nobody has said something under a client id
// by this profile.
func (t *tx) neverSaid(personID, clientID string) bool {
	if t.w.cache == nil {
		return false
	}
	said, known := t.w.cache.said[personID]
	if _, used := said[clientID]; !known || used {
		return false
	}
	return !t.wrote(clientID)
}

// wrote reports whether this transaction has written a message under a client id.
func (t *tx) wrote(clientID string) bool {
	for i := range t.events {
		if m := t.events[i].Message; m != nil && m.ClientID == clientID {
			return true
		}
	}
	return false
}

const messageByAuthor = `SELECT ` + messageColumns + ` FROM message m WHERE m.by_id = $1 AND m.client_id = $2 LIMIT 1`

// A client id is hardly ever used twice, so the message is found by it and its
// author then, however many profiles were merged.
const messageByProfile = `SELECT ` + messageColumns + ` FROM message m JOIN person p ON p.id = m.by_id
	WHERE m.client_id = $1 AND (p.id = $2 OR p.merged_into = $3) LIMIT 1`

func (t *tx) Append(c *chat.Conversation, e *chat.Event) error {
	audience, known := chat.Audiences[e.Type]
	if !known {
		return fmt.Errorf("append event: %q has no audience", e.Type)
	}
	head, err := t.head(c.SiteID)
	if err != nil {
		return err
	}
	t.touchHead(c.SiteID)
	t.touch(c.ID)
	c.Seq++
	if audience == chat.Everyone && c.Channel != chat.ChannelAside {
		c.PublicSeq++
		e.PublicSeq = c.PublicSeq
	}
	head.seq++
	e.ConversationID, e.SiteID, e.Seq, e.SiteSeq = c.ID, c.SiteID, c.Seq, head.seq
	m := &chat.Message{}
	if e.Message != nil {
		m = e.Message
		m.Seq, m.PublicSeq = e.Seq, e.PublicSeq
	}
	err = t.exec(`INSERT INTO event (conversation_id, seq, public_seq, site_id, site_seq, type, at, by_kind, by_id, ref,
		message_id, matter_id, client_id, kind, text, template_id)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)`,
		e.ConversationID, e.Seq, e.PublicSeq, e.SiteID, e.SiteSeq, e.Type, e.At, e.By, e.ByID, refOf(e),
		m.ID, m.MatterID, m.ClientID, m.Kind, m.Text, m.TemplateID)
	if err != nil {
		return fmt.Errorf("append event: %w", err)
	}
	t.events = append(t.events, *e)
	return nil
}
