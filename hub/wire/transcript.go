package wire

import "rapport/hub/chat"

// Transcript says that a copy of a conversation is on its way.
type Transcript struct {
	To string    `json:"to"` // the address, all but its start masked
	At chat.Time `json:"at"`
}

// NewTranscript tells of a copy.
func NewTranscript(t *chat.Transcript) Transcript { return Transcript{t.Masked, t.At} }
