package wire

import "rapport/hub/chat"

// Consult is an open question to a colleague, with the conversation that it is about.
type Consult struct {
	ID             string          `json:"id"`
	SiteID         string          `json:"site_id"`
	ConversationID string          `json:"conversation_id"`
	Person         rowPerson       `json:"person"`
	Text           string          `json:"text"` // what the customer wrote last
	By             chat.AgentCard  `json:"by"`
	To             *chat.AgentCard `json:"to"` // null for a team
	Team           string          `json:"team,omitempty"`
	Question       string          `json:"question"`
	AskedAt        chat.Time       `json:"asked_at"`
}

// NewConsult shows q.
func NewConsult(q *chat.Consult) Consult {
	return Consult{
		ID: q.ID, SiteID: q.SiteID, ConversationID: q.ConversationID, Person: rowPerson{q.PersonID, q.PersonName, q.PersonVerified}, Text: chat.Preview(q.Said),
		By: q.By, To: cardOrNil(q.To), Team: q.Team, Question: q.Question, AskedAt: q.AskedAt,
	}
}
