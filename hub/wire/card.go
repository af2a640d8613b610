package wire

import "rapport/hub/chat"

// Card is a card on the wire. A visitor's has no matter.
type Card struct {
	ID             string            `json:"id"`
	ConversationID string            `json:"conversation_id"`
	MatterID       string            `json:"matter_id"`
	Kind           chat.CardKind     `json:"kind"`
	State          chat.CardState    `json:"state"`
	By             chat.AgentCard    `json:"by"`
	SentAt         chat.Time         `json:"sent_at"`
	Text           string            `json:"text"`
	Options        []chat.CardOption `json:"options"`
	Limits         string            `json:"limits"`
	OurPart        string            `json:"our_part"`
	OurDue         chat.Time         `json:"our_due"`
	YourPart       string            `json:"your_part"`
	YourDue        chat.Time         `json:"your_due"`
	Answer         *CardAnswer       `json:"answer"`
}

// CardAnswer is what the customer said to a card.
type CardAnswer struct {
	Choice chat.CardChoice `json:"choice"`
	Option string          `json:"option"`
	Text   string          `json:"text"`
	At     chat.Time       `json:"at"`
	// MessageID is where they said yes in their own words, if they did.
	MessageID string `json:"message_id,omitempty"`
	// NotedBy is the agent who noted that; left out on a visitor's wire.
	NotedBy string `json:"noted_by,omitempty"`
}

// TeamCard is a card as agents see it.
func TeamCard(c *chat.Card) *Card {
	w := PublicCard(c)
	w.MatterID = c.MatterID
	if w.Answer != nil {
		w.Answer.NotedBy = c.Answer.NotedBy
	}
	return w
}

// PublicCard is a card as its customer sees it.
func PublicCard(c *chat.Card) *Card {
	w := &Card{
		ID: c.ID, ConversationID: c.ConversationID, Kind: c.Kind, State: c.State,
		By: c.By, SentAt: c.SentAt, Text: c.Text, Options: c.Options, Limits: c.Limits,
		OurPart: c.OurPart, OurDue: c.OurDue, YourPart: c.YourPart, YourDue: c.YourDue,
	}
	if w.Options == nil {
		w.Options = []chat.CardOption{}
	}
	if c.Answer.Choice != "" {
		w.Answer = &CardAnswer{Choice: c.Answer.Choice, Option: c.Answer.Option, Text: c.Answer.Text, At: c.Answer.At, MessageID: c.Answer.MessageID}
	}
	return w
}
