package chat

import "time"

// UniteWithin is how long after its closing a conversation can be brought together with
// another: one that was over longer is history.
const UniteWithin = 30 * 24 * time.Hour

// OtherTalk is another conversation of the same customer, as an event tells of it.
type OtherTalk struct {
	ID        string
	StartedAt Time
	Messages  int64 // between the customer and us; where it goes on, 0
}

// Unites reports whether a conversation can be brought together with another at now. What
// was entered by hand cannot, and what went on elsewhere has done so for good.
func (c *Conversation) Unites(now Time) bool {
	return c.Channel == ChannelChat && c.MergedInto == "" && (c.State != Closed || now.Sub(c.ClosedAt) <= UniteWithin)
}

// UniteTx lets what is open in one conversation go on in another.
type UniteTx interface {
	// MovePromise stores conversation, matter and client id of a promise.
	MovePromise(p *Promise) error
	// MoveTrack stores conversation and matter of a complaint track.
	MoveTrack(k *Track) error
	// StandingProgress returns what stands of a matter's progress, oldest first.
	StandingProgress(matterID string) ([]Progress, error)
	// CountTalk returns how many messages customer and team have sent each other.
	CountTalk(conversationID string) (int64, error)
}
