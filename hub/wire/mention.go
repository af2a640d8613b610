package wire

import "rapport/hub/chat"

type mentionFrame struct {
	Type           string         `json:"type"`
	SiteID         string         `json:"site_id"`
	ConversationID string         `json:"conversation_id"`
	Agents         []string       `json:"agents"`
	By             chat.AgentCard `json:"by"`
	Text           string         `json:"text"`
}

// MentionFrame tells a site's consoles whom a note names, by id. text is its
// beginning.
func MentionFrame(siteID, conversationID string, agents []string, by chat.AgentCard, text string) []byte {
	return Encode(mentionFrame{"mention", siteID, conversationID, agents, by, chat.Preview(text)})
}
