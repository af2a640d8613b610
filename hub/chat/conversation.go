package chat

// State of a conversation.
type State string

const (
	Waiting State = "waiting" // nobody has taken it
	Open    State = "open"    // an agent has it
	Snoozed State = "snoozed" // put off until a time; the customer knows nothing of it
	Closed  State = "closed"
)

// Channel that a conversation runs on.
const ChannelChat = "chat"

// Conversation is the thread with one customer on one channel of one site. At
// most one chat that is not closed exists per site and person, unless a merge of
// profiles brought two together.
type Conversation struct {
	ID         string
	SiteID     string
	PersonID   string
	Channel    string
	State      State
	AssigneeID string
	MatterID   string // the current matter
	PreviousID string // the conversation this one goes on from, or ""
	MergedInto string // the conversation of the same customer that this one goes on in, or ""

	Seq       int64 // events so far; the last has this number
	PublicSeq int64 // those a visitor may see

	StartedAt       Time
	LastAt          Time // of the last message
	LastBy          Kind
	LastKind        MessageKind
	LastText        string // preview
	WaitingSince    Time   // since when the customer waits for a person's answer; zero while nobody waits
	FirstResponseAt Time   // first human reply
	ClosedAt        Time
	SnoozedUntil    Time  // zero while it does not sleep
	WokenAt         Time  // when its sleep ended by itself last
	Unread          int64 // customer messages that no agent has read
	PutBack         bool  // an agent has put it back among the unread
	InPublic        bool  // everybody may read along where it is held
	UnreadPublic    int64 // our messages that the customer has not read
	Complaint       ComplaintMark

	LastAgentID string // who had it last, or has it; "" for nobody yet
	OfferedTo   string // the agent to whom it is held out, while it waits, is handed over or wants a guest; or ""
	Guests      Guests // who answers beside its agent
	HeadStart   int64  // ms that it counts as waiting for beyond those it has, at most MaxHeadStart
	PromisedAt  Time   // when the first open promise of ours is due, zero for none

	Marks Marks
}

// Marks are how far each side has got the other's messages. They take no
// sequence number of their own. A visitor may only learn public numbers, so each
// mark is kept in both countings.
type Marks struct {
	PersonDelivered       int64 // seq
	PersonDeliveredPublic int64
	PersonRead            int64 // seq
	PersonReadPublic      int64
	AgentRead             int64 // seq
	AgentReadPublic       int64
	AgentDelivered        int64 // seq: it is on some agent's screen
	AgentDeliveredPublic  int64
}

// Counts of a site's lists; Mine is for one agent, -1 where it was not asked.
type Counts struct {
	Queue   int64 `json:"queue"`
	Mine    int64 `json:"mine"`
	Open    int64 `json:"open"`
	Snoozed int64 `json:"snoozed"`
}

// rankTop is larger than any Time in use, so that those who wait come first.
const rankTop = 8_000_000_000_000

// Head starts in the queue, ms: how much longer than it has a conversation counts
// as waiting. None goes beyond the largest, so that nobody starves: whoever began
// to wait MaxHeadStart before somebody else comes first, whatever the two are.
const (
	VIPHeadStart = 20 * 60_000
	MaxHeadStart = 60 * 60_000
	// PromiseLead is how long before a promised time its conversation begins to
	// count as waiting.
	PromiseLead = 60 * 60_000
)

// Rank is the sort key of every list, ascending: those who wait, longest first
// with their head starts, then the others, latest talk or waking first. Those that
// sleep have a list of their own, by when they wake. It does not change with the
// time, so that it can be stored and indexed.
func (c *Conversation) Rank() int64 {
	switch {
	case c.State == Closed:
		return rankTop - int64(c.ClosedAt)
	case c.State == Snoozed:
		return int64(c.SnoozedUntil)
	case c.WaitingSince > 0:
		return c.urgency()
	}
	return rankTop - int64(max(c.LastAt, c.WokenAt))
}

// urgency is since when a conversation counts as waiting.
func (c *Conversation) urgency() int64 {
	ahead := c.HeadStart
	if c.Complaint != NoComplaint {
		ahead += ComplaintHeadStart
	}
	since := int64(c.WaitingSince) - ahead
	if c.PromisedAt > 0 {
		since = min(since, int64(c.PromisedAt)-PromiseLead)
	}
	return max(0, since, int64(c.WaitingSince)-MaxHeadStart)
}

// Row is what a list shows of a conversation: a whole snapshot.
type Row struct {
	Conversation
	PersonName     string
	PersonVerified bool
	Assignee       AgentCard // zero while nobody has it
	Step           Step
	Tags           []TagCard // in the order of their names
}

// AgentCard is what others see of an agent.
type AgentCard struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Picture string `json:"picture"`
}

// Draft is what an agent has begun to write.
type Draft struct {
	AgentID        string
	ConversationID string
	Kind           MessageKind
	Text           string
	At             Time
}
