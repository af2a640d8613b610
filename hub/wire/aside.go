package wire

import "rapport/hub/chat"

// Quote is a message of the chat as an aside shows it.
type Quote struct {
	ID   string    `json:"id"`
	By   chat.Kind `json:"by"`
	Name string    `json:"name"`
	Text string    `json:"text"`
	At   chat.Time `json:"at"`
}

// NewQuotes shows list, nil for nothing.
func NewQuotes(list []chat.Quote) (out []Quote) {
	for _, q := range list {
		out = append(out, Quote(q))
	}
	return out
}

// otherSide is the chat of an aside, or the aside of a chat, with what it is about.
func otherSide(e *chat.Event) *OtherTalk {
	w := &OtherTalk{ID: e.Other.ID, StartedAt: e.Other.StartedAt}
	if e.Matter != nil {
		w.Need = e.Matter.Need
	}
	return w
}
