package chat

// Lull is what was said and done by itself in a conversation while one side waits
// for the other.
type Lull struct {
	ConversationID string
	SiteID         string
	Since          Time  // since when the customer waits, as Conversation has it; of another waiting the marks below count no more
	SaidAt         Time  // when first words were said last
	OpensAt        Time  // the opening that they named, or zero
	Stages         int64 // how many of the site's stages are told or past
	Reminded       Time  // when the agent who has it was reminded, or zero
	AskedAt        Time  // when the customer was asked if they are still there, or zero
	HeldAt         Time  // since when the agent who has it has it, zero for nobody or for longer than it is looked at
	DueAt          Time  // when to look again, zero for never
}

// Begin forgets what was done for another waiting. The first words stay: they are
// not said twice while we are closed.
func (l *Lull) Begin(since Time) {
	l.Since, l.Stages, l.Reminded, l.AskedAt = since, 0, 0, 0
}

// Wait is how long a customer once waited for the first answer.
type Wait struct {
	EndedAt Time
	For     int64 // milliseconds
}

// LullTx reads and writes lulls, and what an estimate is made of.
type LullTx interface {
	// Lull returns the conversation's, a new one where there is none yet.
	Lull(c *Conversation) (*Lull, error)
	SaveLull(l *Lull) error
	// StirLull has the conversation looked at anew, since somebody else has it from
	// now on: heldAt is since when, zero for nobody.
	StirLull(conversationID string, heldAt Time) error
	// Ahead counts those who wait in the site's queue before this conversation, up
	// to MaxAhead.
	Ahead(c *Conversation) (int, error)
	// Waits returns how long the site's customers waited since a local day, latest
	// day first, at most MaxWaits.
	Waits(siteID, day string) ([]Wait, error)
	// Owner returns the agent who owns the installation. ErrNotFound before there
	// is one.
	Owner() (*Agent, error)
}

// Bounds of LullTx.
const (
	MaxAhead = 1000
	MaxWaits = 1000
)
