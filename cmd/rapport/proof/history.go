package proof

import "fmt"

// Op is what a client knows about one attempt to post.
type Op string

const (
	Invoke  Op = "invoke"  // about to be sent; written before the first byte leaves
	Ack     Op = "ack"     // the server said: stored
	Unknown Op = "unknown" // no answer, or one that does not say whether it was stored
	Refused Op = "refused" // the server said: not stored
)

// Record is one line of a client's history.
type Record struct {
	Op           Op     `json:"op"`
	Conversation string `json:"conversation"`
	Author       string `json:"author"` // id of the person or agent
	ClientID     string `json:"client_id"`
	MessageID    string `json:"message_id,omitempty"` // ack
	Seq          int64  `json:"seq,omitempty"`        // ack: its number on the author's wire
	Wire         Wire   `json:"wire,omitempty"`       // the author's
	Private      bool   `json:"private,omitempty"`    // a note, which no visitor may see
}

// Wire is which sort of reader a log comes from: the two count differently.
type Wire string

const (
	ByTeam   Wire = "agent"  // seq: every event
	ByPerson Wire = "person" // public seq: what a visitor may see
)

// Seen is one event as a reader got it.
type Seen struct {
	Seq       int64
	Prev      int64
	Type      string
	MessageID string // "" for events that are not messages
	ClientID  string
	Author    string
	Kind      string // of the message: reply, note, auto
}

// Reading is all that one reader got of one conversation, in the order of its
// arrival, over however many connections.
type Reading struct {
	Reader       string // for people: "visitor 3, live"
	Wire         Wire
	Principal    string // id of the person or agent who read
	Conversation string
	From         int64 // the number after which it began to read
	Complete     bool  // read at the end, from the beginning: everything stored must be in it
	MessagesOnly bool  // from pages of history, where other events leave holes
	Events       []Seen
}

// History is everything that a run has written down.
type History struct {
	Records  []Record
	Readings []Reading
	Owners   map[string]string // conversation → person whose it is
}

// Fault is one broken promise.
type Fault struct {
	Rule   string
	Detail string
}

func (f Fault) String() string { return f.Rule + ": " + f.Detail }

// The rules that a history can break.
const (
	AckedMissing   = "acknowledged message missing"
	AckedMoved     = "acknowledged message is not where the acknowledgement said"
	RefusedPresent = "refused message present"
	Doubled        = "message present twice"
	Gap            = "gap in the numbers"
	Repeat         = "repeat in the numbers"
	WrongPrev      = "previous number is wrong"
	OtherOrder     = "two readers saw different orders"
	NotEntitled    = "event delivered to somebody who may not see it"
	Invented       = "message that nobody sent"
)

func fault(rule, format string, args ...any) Fault {
	return Fault{Rule: rule, Detail: fmt.Sprintf(format, args...)}
}
