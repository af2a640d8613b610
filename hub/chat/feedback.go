package chat

// Solved is the customer's word on whether their matter is solved.
type Solved string

const (
	SolvedYes    Solved = "yes"
	SolvedNotYet Solved = "not_yet"
)

// Bounds of a rating, and of its comment in code points.
const (
	MinRating  = 1
	MaxRating  = 5
	MaxComment = 1_000
)

// MaxFeedbackLines bounds how often a change of one feedback stands in the
// thread as a line of its own; what is changed after that shows in those lines.
const MaxFeedbackLines = 10

// Feedback is what the customer says of one stretch of a conversation: solved or
// not yet, a rating, a comment. Every closing and every reopening begins a new
// stretch; within one, what is said later takes the place of what was said
// earlier.
type Feedback struct {
	ID             string
	SiteID         string
	ConversationID string
	PersonID       string
	AgentID        string // who had the conversation when it last changed, "" for nobody
	Round          int64  // seq of the event that began the stretch; 0 before the first closing
	ClosedAt       Time   // of the closing that began it; zero while it was open
	Solved         Solved // "" until said
	Rating         int64  // MinRating to MaxRating; 0 until given
	Comment        string
	Thanks         bool  // Solved was read from words of pure thanks
	Changes        int64 // how often it was said or changed
	At             Time  // last changed
}

// FeedbackChange is what a customer says at one time; nil leaves a part alone.
type FeedbackChange struct {
	Solved  *Solved
	Rating  *int64
	Comment *string
}

// Clean makes a change fit to keep and reports the first field that is out of
// its bounds.
func (c *FeedbackChange) Clean() error {
	switch {
	case c.Solved == nil && c.Rating == nil && c.Comment == nil:
		return FailField("solved", "Say at least one of solved, rating and comment.")
	case c.Solved != nil && *c.Solved != SolvedYes && *c.Solved != SolvedNotYet:
		return FailField("solved", "Solved is yes or not_yet.")
	case c.Rating != nil && (*c.Rating < MinRating || *c.Rating > MaxRating):
		return FailField("rating", "A rating is %d to %d.", MinRating, MaxRating)
	case c.Comment != nil:
		text, err := CleanMaybe("comment", *c.Comment, MaxComment)
		c.Comment = &text
		return err
	}
	return nil
}

// Lay puts a change over what was said before and reports whether anything is
// different. The same rating for another agent is.
func (f *Feedback) Lay(c FeedbackChange, agentID string) bool {
	before := *f
	if c.Rating != nil || c.Solved != nil {
		f.AgentID = agentID
	}
	if c.Solved != nil {
		f.Solved, f.Thanks = *c.Solved, false
	}
	if c.Rating != nil {
		f.Rating = *c.Rating
	}
	if c.Comment != nil {
		f.Comment = *c.Comment
	}
	return *f != before
}
