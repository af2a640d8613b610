package chat

import "time"

// FollowUpState says where a follow-up stands.
type FollowUpState string

const (
	FollowUpWaits   FollowUpState = "waiting"
	FollowUpHeld    FollowUpState = "held" // was due, and its words lacked a value: its agent has been told
	FollowUpSent    FollowUpState = "sent"
	FollowUpDropped FollowUpState = "dropped" // taken back, replaced, or not needed any more
)

// Bounds of when a follow-up is due, from when it is planned.
const (
	MinFollowUp = 5 * time.Second // a time is chosen by the minute, and the next may be near
	MaxFollowUp = 60 * 24 * time.Hour
)

// FollowUp is a word that the customer of a conversation hears a day or two after
// it: in the chat and, where they have left an address, by e-mail. One waits or is
// held back per conversation at most.
type FollowUp struct {
	ID             string
	SiteID         string
	ConversationID string
	AgentID        string // in whose name it is said, and who has the answer
	ByRule         bool   // the site's rule planned it, nobody by hand
	Text           string // with variables, which are filled in when it is sent
	TemplateID     string // the template that its words came from, or ""
	Lacks          string // held back: the first variable that had no value
	DueAt          Time
	State          FollowUpState
	MadeAt         Time
	EndedAt        Time
}

// Clean makes a follow-up fit to store at now, and reports the first field that
// is out of its bounds.
func (f *FollowUp) Clean(now Time) (err error) {
	if f.Text, err = CleanText("text", f.Text, MaxText); err != nil {
		return err
	}
	if f.TemplateID != "" && !ValidID(f.TemplateID) {
		return FailField("template_id", "This is not an id.")
	}
	if f.DueAt < now.Add(MinFollowUp) || f.DueAt > now.Add(MaxFollowUp) {
		return FailField("due_at", "A follow-up is due at least five seconds and at most 60 days from now.")
	}
	return nil
}

// FollowUpTx reads and writes follow-ups.
type FollowUpTx interface {
	FollowUp(id string) (*FollowUp, error)
	// StandingFollowUp returns the one that waits in a conversation or is held back.
	StandingFollowUp(conversationID string) (*FollowUp, error)
	InsertFollowUp(f *FollowUp) error
	// SaveFollowUp stores the state and what is lacking.
	SaveFollowUp(f *FollowUp) error
}
