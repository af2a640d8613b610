package wire

import "rapport/hub/chat"

// Link is what the page behind a message's first link says of itself.
type Link struct {
	URL   string `json:"url"`
	Host  string `json:"host"` // of the page, behind all redirects
	Name  string `json:"name,omitempty"`
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`
}

// NewLink is a preview as both sides see it; nil for none.
func NewLink(l *chat.LinkPreview) *Link {
	if l == nil {
		return nil
	}
	return &Link{URL: l.URL, Host: l.Host, Name: l.Name, Title: l.Title, Text: l.Text}
}

type linkFrame struct {
	Type           string `json:"type"`
	ConversationID string `json:"conversation_id"`
	MessageID      string `json:"message_id"`
	Link           *Link  `json:"link"`
}

// LinkFrame tells both sides what the page behind a message's link says, a moment
// after the message.
func LinkFrame(messageID string, l *chat.LinkPreview) []byte {
	return Encode(linkFrame{"link", l.ConversationID, messageID, NewLink(l)})
}
