package chat

// FactKind names a measured event.
type FactKind string

const (
	FactStarted       FactKind = "conversation.started"
	FactFirstResponse FactKind = "first.response" // Value: milliseconds from the first visitor message
	FactClosed        FactKind = "conversation.closed"
	FactNoAnswer      FactKind = "conversation.no_answer" // closed by itself; Value: milliseconds since the customer was asked

	// Value: milliseconds that are left until it is due, negative when it is late.
	FactPromiseMade    FactKind = "promise.made"
	FactPromiseMoved   FactKind = "promise.moved"
	FactPromiseKept    FactKind = "promise.kept"
	FactPromiseBroken  FactKind = "promise.broken"
	FactPromiseDropped FactKind = "promise.dropped"

	FactComplaintOpened FactKind = "complaint.opened"
	FactComplaintEnded  FactKind = "complaint.ended" // Value: milliseconds from its opening

	// Value: the amount, in the unit of its kind.
	FactGrantGiven   FactKind = "grant.given"
	FactGrantRefused FactKind = "grant.refused"
	// Value: milliseconds from asking to a supervisor's word.
	FactGrantAnswered FactKind = "grant.answered"

	FactCardSent     FactKind = "card.sent"
	FactCardAnswered FactKind = "card.answered" // Value: milliseconds from sending
)

// What customers say of a conversation; the latest of each counts, for each
// agent it was said of.
const (
	FactSolved FactKind = "feedback.solved" // Value: 1 solved, 0 not yet
	FactRating FactKind = "feedback.rating" // Value: 1 to 5
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

// FactCount is how many facts of one kind, agent and day there are.
type FactCount struct {
	Kind    FactKind
	AgentID string
	Day     string
	N       int64
}

// FactTime is after how many seconds, rounded down, how many facts of one kind, agent
// and day were.
type FactTime struct {
	Kind    FactKind
	AgentID string
	Day     string
	Seconds int64
	N       int64
}

// FactSaid is how often customers said one thing of an agent.
type FactSaid struct {
	Kind    FactKind
	AgentID string
	Value   int64
	N       int64
}
