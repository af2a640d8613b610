package chat

// RelayKind is how a conversation, or a question about it, was passed on.
type RelayKind string

const (
	RelayHandover   RelayKind = "handover"   // one colleague was asked to carry on; a team that is asked in turn makes one each
	RelayGuest      RelayKind = "guest"      // one colleague was asked to join; in turn as above
	RelayQuestion   RelayKind = "question"   // a colleague or a team was asked something about it
	RelayAssignment RelayKind = "assignment" // it was given to somebody without asking, by a colleague or by routing
	RelayTakeover   RelayKind = "takeover"   // somebody took it from a colleague who had not asked them
	RelayRelease    RelayKind = "release"    // it went back into the queue
)

// RelayKinds are all of them, in the order in which they are shown.
var RelayKinds = []RelayKind{RelayHandover, RelayGuest, RelayQuestion, RelayAssignment, RelayTakeover, RelayRelease}

// Asks reports whether one of this kind waits for somebody's answer. The others are
// accepted as they are made.
func (k RelayKind) Asks() bool {
	return k == RelayHandover || k == RelayGuest || k == RelayQuestion
}

// RelayOutcome is what became of a relay, "" while nobody has answered.
type RelayOutcome string

const (
	RelayOpen     RelayOutcome = ""
	RelayAccepted RelayOutcome = "accepted" // who was asked has it, has joined, or has answered
	RelayReturned RelayOutcome = "returned" // it ended with who asked, for a reason of RelayWhy
	RelayLapsed   RelayOutcome = "lapsed"   // nobody answered in time; questions have none
)

// RelayWhy is why one was returned.
type RelayWhy string

const (
	RelayDeclined RelayWhy = "declined" // by who was asked
	RelayGone     RelayWhy = "gone"     // who was asked, or asked, left or was set away; or their team was deleted
	RelayRecalled RelayWhy = "recalled" // who asked took it back
	RelaySettled  RelayWhy = "settled"  // the conversation was closed, put to sleep, released or had by somebody else meanwhile
	RelayErased   RelayWhy = "erased"   // the conversation was erased meanwhile
)

// Relay is one time that a conversation, or a question about it, was passed on: a fact
// that is written when it begins, and once more when it ends, in the transactions of
// both. It holds ids alone.
type Relay struct {
	ID             string // a question's is that of its Consult
	SiteID         string
	ConversationID string
	Kind           RelayKind
	FromID         string // who had it, or asks; "" for the queue
	ToID           string // who is asked, or got it; "" for the queue, and for a team that nobody has answered for
	TeamID         string // whose members are asked, "" for one colleague
	Outcome        RelayOutcome
	Why            RelayWhy // of those that were returned
	// Waited is for how many milliseconds, of the time between asking and the end, the
	// customer had waited for a person's answer when it ended: from when it began, or
	// from their message if that came later. 0 while open, and for who did not wait.
	Waited int64
	// Turn counts how often the conversation had gone from one to another, or back into
	// the queue, with this one; 0 where it did not. What begins to be had is no change.
	Turn    int64
	Day     string // the local day on which it began, as that of Fact
	At      Time   // when it began
	EndedAt Time   // zero while open
}

// RelayEnd is how relays end.
type RelayEnd struct {
	Outcome RelayOutcome
	Why     RelayWhy
	ToID    string // who answered for a team, "" where it is known
	Since   Time   // since when the customer waits, zero for who does not
}

// RelayTx writes relays.
type RelayTx interface {
	// InsertRelay stores one. Its turn is counted where it changes hands and is accepted.
	InsertRelay(r *Relay) error
	// EndRelay ends one, if it is open.
	EndRelay(id string, end RelayEnd) error
	// EndAsk ends the open handover of a conversation, or the open invitation to join it,
	// if there is one.
	EndAsk(conversationID string, end RelayEnd) error
}

// Turns reports whether a relay counts as a turn: who had the conversation has it no more.
func (r *Relay) Turns() bool {
	return r.FromID != "" && r.Outcome == RelayAccepted && r.Kind != RelayGuest && r.Kind != RelayQuestion
}

// RelayCount is how many relays are alike.
type RelayCount struct {
	Kind    RelayKind
	Outcome RelayOutcome
	Why     RelayWhy
	FromID  string
	ToID    string
	N       int64
}

// RelayWait is after how many seconds how many accepted relays of a kind were.
type RelayWait struct {
	Kind    RelayKind
	Seconds int64 // that the customer had waited, rounded down
	N       int64
}
