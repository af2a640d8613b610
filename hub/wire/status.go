package wire

import "rapport/hub/chat"

// Standing is what colleagues see of an agent's status.
type Standing struct {
	Status     string    `json:"status"` // online, away, offline
	Reason     string    `json:"reason,omitempty"`
	Auto       bool      `json:"auto,omitempty"`
	NoNewUntil chat.Time `json:"no_new_until,omitempty"`
}

// NewStanding shows s.
func NewStanding(s *chat.AgentStatus) Standing {
	return Standing{Status: s.Status, Reason: s.Reason, Auto: s.Auto, NoNewUntil: s.NoNewUntil}
}
