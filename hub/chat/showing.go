package chat

import "time"

// InvitedKey is the attribute under which a page says that its visitor answers an
// invitation: the token that came with it. It is never kept on a profile.
const InvitedKey = "invitation_token"

const (
	// AnswerWindow is how long after an invitation was shown words of theirs answer it.
	AnswerWindow = 24 * time.Hour
	// GoalWindow is how long after a showing that was answered a goal that is reported
	// counts for it.
	GoalWindow = 7 * 24 * time.Hour
	// KeepShowings is how long what nobody answered is kept, for the limit on how
	// often somebody is invited: as long as that may reach back.
	KeepShowings = MaxInviteDays * 24 * time.Hour
)

// Showing is a rule's invitation that stood on a page. It holds no person until
// somebody whom the site knows, or who answered, is behind it.
type Showing struct {
	ID             string
	TokenHash      string // of what the page answers it with
	SiteID         string
	RuleID         string
	Rule           string // its name then
	Text           string // as it was said
	Day            string // the local day under which all of it is counted
	At             Time
	PersonID       string // "" for a stranger
	DeclinedAt     Time
	OpenedAt       Time // they opened the chat from it
	AnsweredAt     Time // they wrote
	ConversationID string
	GoalAt         Time
}

// InviteUse is what came of a rule's invitations, as counts. Each showing counts once
// in each, under the day on which it was shown.
type InviteUse struct {
	RuleID   string
	Day      string
	Shown    int64
	Declined int64
	Answered int64 // they wrote within AnswerWindow
	Led      int64 // of those, with the rule's goal within GoalWindow
}

// InviteTx keeps what came of the invitations of rules.
type InviteTx interface {
	// InsertShowing stores one.
	InsertShowing(s *Showing) error
	// ShowingOf returns the one that a token answers. ErrNotFound if there is none.
	ShowingOf(tokenHash string) (*Showing, error)
	// OpenShowing returns the latest of a person, on any profile that was merged into
	// theirs, that was shown since a time and from which they opened the chat, without a
	// word so far. ErrNotFound if there is none.
	OpenShowing(personID string, since Time) (*Showing, error)
	// AnsweredShowings returns those of a person that were shown since a time, answered
	// and have led to no goal yet, latest first.
	AnsweredShowings(personID string, since Time) ([]Showing, error)
	// SaveShowing stores what has become of it.
	SaveShowing(s *Showing) error
	// CountInvites adds to a rule's counts of a day.
	CountInvites(siteID string, more InviteUse) error
}
