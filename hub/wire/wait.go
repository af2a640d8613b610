package wire

import "rapport/hub/chat"

type waitFrame struct {
	Type           string    `json:"type"`
	SiteID         string    `json:"site_id"`
	ConversationID string    `json:"conversation_id"`
	AgentID        string    `json:"agent_id"`
	Name           string    `json:"name"`
	Since          chat.Time `json:"since"`
	Returned       bool      `json:"returned"`
}

// WaitFrame tells a site's consoles that the customer of this name waits since a
// time for the agent who has the conversation, or had it: returned says that it
// went back into the queue.
func WaitFrame(siteID, conversationID, agentID, name string, since chat.Time, returned bool) []byte {
	return Encode(waitFrame{"wait", siteID, conversationID, agentID, name, since, returned})
}
