package wire

import "rapport/hub/chat"

// Feedback is what the customer said of the conversation, so far.
type Feedback struct {
	Solved  chat.Solved `json:"solved"`
	Rating  int64       `json:"rating"`
	Comment string      `json:"comment"`
	Thanks  bool        `json:"thanks"`
	At      chat.Time   `json:"at"`
}

// NewFeedback shows f; both audiences see all of it.
func NewFeedback(f *chat.Feedback) *Feedback {
	return &Feedback{f.Solved, f.Rating, f.Comment, f.Thanks, f.At}
}
