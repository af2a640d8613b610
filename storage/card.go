package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"rapport/hub/chat"
)

const cardColumns = `id, conversation_id, matter_id, client_id, kind, state, by_id, sent_at, text, options, limits,
	our_part, our_due, your_part, your_due, choice, chosen, answer, answered_at, answer_message_id, noted_by`

const cardSelect = `SELECT k.id, k.conversation_id, k.matter_id, k.client_id, k.kind, k.state, k.by_id, k.sent_at, k.text, k.options, k.limits,
	k.our_part, k.our_due, k.your_part, k.your_due, k.choice, k.chosen, k.answer, k.answered_at, k.answer_message_id, k.noted_by, a.name, a.picture
	FROM card k JOIN agent a ON a.id = k.by_id`

func scanCard(row scanner) (chat.Card, error) {
	var c chat.Card
	var options string
	err := row.Scan(&c.ID, &c.ConversationID, &c.MatterID, &c.ClientID, &c.Kind, &c.State, &c.By.ID, &c.SentAt, &c.Text, &options, &c.Limits,
		&c.OurPart, &c.OurDue, &c.YourPart, &c.YourDue, &c.Answer.Choice, &c.Answer.Option, &c.Answer.Text, &c.Answer.At, &c.Answer.MessageID, &c.Answer.NotedBy, &c.By.Name, &c.By.Picture)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal([]byte(options), &c.Options)
}

func oneCard(q querier, where string, args ...any) (*chat.Card, error) {
	c, err := scanCard(q.QueryRow(cardSelect+where, args...))
	if err != nil {
		return nil, absent(err)
	}
	return &c, nil
}

func (t *tx) Card(id string) (*chat.Card, error) { return oneCard(t.q, ` WHERE k.id = $1`, id) }

func (t *tx) CardByClientID(conversationID, agentID, clientID string) (*chat.Card, error) {
	return oneCard(t.q, ` WHERE k.client_id = $1 AND k.by_id = $2 AND k.conversation_id = $3`, clientID, agentID, conversationID)
}

func (t *tx) SentCards(matterID string) ([]chat.Card, error) {
	rows, err := t.q.Query(cardSelect+` WHERE k.matter_id = $1 AND k.state = 'sent'`, matterID)
	return collect(rows, err, scanCard)
}

func (t *tx) InsertCard(c *chat.Card) error {
	options, err := json.Marshal(nonNil(c.Options))
	if err != nil {
		return err
	}
	err = t.exec(`INSERT INTO card (`+cardColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21)`,
		c.ID, c.ConversationID, c.MatterID, c.ClientID, c.Kind, c.State, c.By.ID, c.SentAt, c.Text, string(options), c.Limits,
		c.OurPart, c.OurDue, c.YourPart, c.YourDue, c.Answer.Choice, c.Answer.Option, c.Answer.Text, c.Answer.At, c.Answer.MessageID, c.Answer.NotedBy)
	if err != nil {
		return fmt.Errorf("insert card: %w", err)
	}
	return nil
}

func (t *tx) SaveCard(c *chat.Card) error {
	err := t.exec(`UPDATE card SET state = $1, choice = $2, chosen = $3, answer = $4, answered_at = $5, answer_message_id = $6, noted_by = $7 WHERE id = $8`,
		c.State, c.Answer.Choice, c.Answer.Option, c.Answer.Text, c.Answer.At, c.Answer.MessageID, c.Answer.NotedBy, c.ID)
	if err != nil {
		return fmt.Errorf("save card: %w", err)
	}
	return nil
}

// MaxCards is how many cards of a conversation are read at most, the latest.
const MaxCards = 100

// Cards returns the cards of a conversation, of all its matters, oldest first.
func (s *Store) Cards(ctx context.Context, conversationID string) ([]chat.Card, error) {
	rows, err := s.read(ctx).Query(cardSelect+` WHERE k.conversation_id = $1 ORDER BY k.id DESC LIMIT $2`, conversationID, MaxCards)
	list, err := collect(rows, err, scanCard)
	if err != nil {
		return nil, fmt.Errorf("read cards: %w", err)
	}
	slices.Reverse(list)
	return list, nil
}

// Card returns one card, for the page that a link in an e-mail opens.
func (s *Store) Card(ctx context.Context, id string) (*chat.Card, error) {
	return oneCard(s.read(ctx), ` WHERE k.id = $1`, id)
}
