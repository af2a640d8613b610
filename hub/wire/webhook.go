package wire

import "rapport/hub/chat"

// webhookVersion grows when a receiver has to change what it reads.
const webhookVersion = 1

// webhook is what a site's own server is told of one event.
type webhook struct {
	Type         chat.EventType       `json:"type"`
	Version      int                  `json:"version"`
	ID           string               `json:"id"` // as in the header webhook-id
	At           chat.Time            `json:"at"`
	Site         webhookSite          `json:"site"`
	Conversation *webhookConversation `json:"conversation"` // null in a trial
	Data         *Event               `json:"data"`         // likewise
}

type webhookSite struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// webhookConversation is a conversation as it is when it is told of. Of an erased one
// only its id is left.
type webhookConversation struct {
	ID        string     `json:"id"`
	State     chat.State `json:"state"`
	Channel   string     `json:"channel,omitempty"`
	PersonID  string     `json:"person_id,omitempty"`
	StartedAt chat.Time  `json:"started_at,omitempty"`
}

// webhookErased is the state of a conversation that is no more.
const webhookErased chat.State = "erased"

// Webhook encodes an event as its conversation's customer sees it, for the site's own
// server; nil for what is the team's. c is nil once the conversation is erased.
func Webhook(site *chat.Site, c *chat.Conversation, e *chat.Event) []byte {
	events := PublicEvents([]chat.Event{*e})
	if len(events) == 0 {
		return nil
	}
	talk := webhookConversation{ID: e.ConversationID, State: webhookErased}
	if c != nil {
		talk = webhookConversation{c.ID, publicState(c.State), c.Channel, c.PersonID, c.StartedAt}
	}
	return Encode(webhook{e.Type, webhookVersion, chat.WebhookEventID(e), e.At, webhookSite{site.ID, site.Name}, &talk, &events[0]})
}

// publicState hides that the team has put a conversation off: the customer knows
// nothing of it, and no event that is sent tells of its end.
func publicState(s chat.State) chat.State {
	if s == chat.Snoozed {
		return chat.Open
	}
	return s
}

// WebhookTrial encodes what tries a webhook.
func WebhookTrial(site *chat.Site, id string, at chat.Time) []byte {
	return Encode(webhook{Type: chat.WebhookTest, Version: webhookVersion, ID: id, At: at, Site: webhookSite{site.ID, site.Name}})
}
