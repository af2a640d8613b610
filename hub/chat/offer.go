package chat

// OfferOutcome is how an offer ended.
type OfferOutcome string

const (
	OfferDeclined OfferOutcome = "declined" // by its agent
	OfferLapsed   OfferOutcome = "lapsed"   // nobody took it in time
	OfferGone     OfferOutcome = "gone"     // its agent left, or set themselves away
	OfferRecalled OfferOutcome = "recalled" // who handed it over keeps it after all
)

// Offer is a conversation held out to one agent: one that waits, one that a colleague
// hands over and keeps until it is taken, or one that they are asked to join as a
// guest. What was not taken is kept as long, so that the next in turn is somebody else.
type Offer struct {
	ConversationID string
	AgentID        string
	SiteID         string
	MadeAt         Time
	Until          Time // when it goes on to the next
	EndedAt        Time // zero while it is open
	Outcome        OfferOutcome
	Why            string // why this agent, one line

	FromID string // who has it and is to be relieved, or helped; "" where it waits. Its event says who asked
	TeamID string // whose members are asked in turn, "" for this agent alone
	NoteID string // the note for whoever takes it, "" for none
	Joins  bool   // it stays with who has it: this agent is asked to answer beside them
}

// OpenWait is a conversation of an agent's, or of nobody's any more, whose customer
// waits for an answer.
type OpenWait struct {
	ID      string
	AgentID string // "" for nobody
	Since   Time
}

// Queued is what routing reads of a conversation that waits.
type Queued struct {
	ID        string
	SiteID    string
	Rank      int64 // its place: the least comes first
	Since     Time
	Complaint ComplaintMark
	Mood      Mood
	Type      InteractionType
	Segment   string
	Language  string
	LastAgent string // who spoke with this customer last, in whichever conversation
	OfferedTo string // whose turn it is, "" for nobody
}

// Held is a conversation that somebody has, and what it weighs.
type Held struct {
	ID        string
	AgentID   string
	Complaint ComplaintMark
	Mood      Mood
}
