package chat

// FactKind names a measured event.
type FactKind string

const (
	FactStarted       FactKind = "conversation.started"
	FactFirstResponse FactKind = "first.response" // Value: milliseconds from the first visitor message
	FactClosed        FactKind = "conversation.closed"
)

// Fact is a measured event, written in the transaction of what it measures.
// Reports are made of facts.
type Fact struct {
	ID             string
	SiteID         string
	ConversationID string
	MatterID       string
	AgentID        string
	Kind           FactKind
	Value          int64
	Day            string // the site's local day, "2026-11-21"
	At             Time
}
