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

// Feedback is what the customer says of one conversation: solved or not yet, a
// rating, a comment. There is one for each time it was closed, and one for the
// time before; what is said later takes the place of what was said earlier.
type Feedback struct {
	ID             string
	SiteID         string
	ConversationID string
	PersonID       string
	AgentID        string // who had the conversation, "" for nobody
	ClosedAt       Time   // which closing it is about; zero while it was open
	Solved         Solved // "" until said
	Rating         int64  // MinRating to MaxRating; 0 until given
	Comment        string
	Thanks         bool // Solved was read from words of pure thanks
	At             Time // last changed
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
// different.
func (f *Feedback) Lay(c FeedbackChange) bool {
	before := *f
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
