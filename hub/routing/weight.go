package routing

import "rapport/hub/chat"

// Weights, in tenths of a conversation as most are.
const (
	plainWeight     = 10
	upsetWeight     = 5 // more, for a customer who is upset
	complaintWeight = 5 // more, for a complaint
)

// Weight is how much of somebody's room a conversation takes, in tenths.
func Weight(complaint chat.ComplaintMark, mood chat.Mood) int64 {
	w := int64(plainWeight)
	if complaint != chat.NoComplaint {
		w += complaintWeight
	}
	if mood == chat.Upset {
		w += upsetWeight
	}
	return w
}
