package wire

import "rapport/hub/chat"

// FollowUp is what a customer will hear, as agents see it.
type FollowUp struct {
	ID         string    `json:"id"`
	AgentID    string    `json:"agent_id"`
	ByRule     bool      `json:"by_rule"`
	Text       string    `json:"text"`
	TemplateID string    `json:"template_id"`
	DueAt      chat.Time `json:"due_at"`
	Lacks      string    `json:"lacks"`
}

// NewFollowUp shows f to agents.
func NewFollowUp(f *chat.FollowUp) *FollowUp {
	return &FollowUp{f.ID, f.AgentID, f.ByRule, f.Text, f.TemplateID, f.DueAt, f.Lacks}
}

// HeldFollowUp is a follow-up that was held back, with the customer it was for.
type HeldFollowUp struct {
	*FollowUp
	ConversationID string    `json:"conversation_id"`
	Person         rowPerson `json:"person"`
}

// NewHeldFollowUp shows what was held back from a person.
func NewHeldFollowUp(f *chat.FollowUp, personID, name string, verified bool) HeldFollowUp {
	return HeldFollowUp{NewFollowUp(f), f.ConversationID, rowPerson{personID, name, verified}}
}

type followUpFrame struct {
	Type     string       `json:"type"`
	SiteID   string       `json:"site_id"`
	FollowUp HeldFollowUp `json:"follow_up"`
}

// FollowUpFrame tells a site's consoles that a follow-up was held back.
func FollowUpFrame(siteID string, h HeldFollowUp) []byte {
	return Encode(followUpFrame{"follow_up", siteID, h})
}
