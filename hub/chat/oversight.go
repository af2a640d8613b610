package chat

// MaxWhisper bounds what a supervisor whispers to the agent who has a conversation, in
// code points: it is read beside the draft, at a glance.
const MaxWhisper = 500

// MaxMoveReason bounds why a supervisor moves a conversation, in code points.
const MaxMoveReason = 500

// Oversight is how supervisors look on in their colleagues' conversations.
type Oversight struct {
	Unseen bool `json:"unseen,omitempty"` // who has one does not see who looks on; the audit log tells it either way
}
