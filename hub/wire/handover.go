package wire

import "rapport/hub/chat"

type handoverFrame struct {
	Type           string          `json:"type"`
	SiteID         string          `json:"site_id"`
	ConversationID string          `json:"conversation_id"`
	Agent          chat.AgentCard  `json:"agent"`
	Why            string          `json:"why"`  // why they have not taken it; "" when they have
	Next           *chat.AgentCard `json:"next"` // who is asked now; null for nobody
	Joins          bool            `json:"joins,omitempty"`
}

// HandoverFrame tells whose conversation was handed over what came of it: agent has it
// now, or has not taken it for a reason, and next, if anybody, is asked instead. joins:
// they were asked to join, and agent has, or has not.
func HandoverFrame(siteID, conversationID string, agent chat.AgentCard, why string, next *chat.AgentCard, joins bool) []byte {
	return Encode(handoverFrame{"handover", siteID, conversationID, agent, why, next, joins})
}
