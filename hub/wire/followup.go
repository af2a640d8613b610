package wire

import "rapport/hub/chat"

// FollowUp is what a customer will hear, as agents see it.
type FollowUp struct {
	ID      string    `json:"id"`
	AgentID string    `json:"agent_id"`
	ByRule  bool      `json:"by_rule"`
	Text    string    `json:"text"`
	DueAt   chat.Time `json:"due_at"`
}

// NewFollowUp shows f to agents.
func NewFollowUp(f *chat.FollowUp) *FollowUp {
	return &FollowUp{f.ID, f.AgentID, f.ByRule, f.Text, f.DueAt}
}
