package wire

import "rapport/hub/chat"

// Invited is the invitation of a rule that somebody answered.
type Invited struct {
	Rule string    `json:"rule"` // its name then
	Text string    `json:"text"`
	At   chat.Time `json:"at"` // when it was shown
}

// InviteUse is what came of a rule's invitations on a day.
type InviteUse struct {
	Rule     string `json:"rule"` // its id
	Day      string `json:"day"`
	Shown    int64  `json:"shown"`
	Declined int64  `json:"declined"`
	Answered int64  `json:"answered"`
	Led      int64  `json:"led"`
}

// NewInviteUse shows u.
func NewInviteUse(u *chat.InviteUse) InviteUse {
	return InviteUse{u.RuleID, u.Day, u.Shown, u.Declined, u.Answered, u.Led}
}
