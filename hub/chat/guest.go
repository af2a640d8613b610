package chat

import (
	"slices"
	"strings"
)

// MaxGuests is how many colleagues answer beside who has a conversation at most.
const MaxGuests = 5

// Guests are the agents who answer in a conversation beside who has it, in the order
// in which they joined: their ids with a space between. A text, so that conversations
// compare and copy as values.
type Guests string

// Guest is one agent who answers in somebody else's conversation.
type Guest struct {
	ConversationID string
	AgentID        string
}

// List is their ids.
func (g Guests) List() []string { return strings.Fields(string(g)) }

// Has reports whether an agent is among them.
func (g Guests) Has(agentID string) bool {
	return agentID != "" && slices.Contains(g.List(), agentID)
}

// With is the guests and one more, who is not among them.
func (g Guests) With(agentID string) Guests {
	return Guests(strings.TrimSpace(string(g) + " " + agentID))
}

// Without is the guests but for one.
func (g Guests) Without(agentID string) Guests {
	return Guests(strings.Join(slices.DeleteFunc(g.List(), func(id string) bool { return id == agentID }), " "))
}
