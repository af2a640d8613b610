package wire

import "rapport/hub/chat"

// Entry is what was entered by hand of a conversation, for the team.
type Entry struct {
	Channel string         `json:"channel"`
	BeganAt chat.Time      `json:"began_at"`
	Minutes int64          `json:"minutes"`
	Party   string         `json:"party"`
	By      chat.AgentCard `json:"by"`
}

// NewEntry shows e.
func NewEntry(e *chat.Entry) *Entry {
	return &Entry{Channel: e.Channel, BeganAt: e.BeganAt, Minutes: e.Minutes, Party: e.Party, By: e.By}
}

// Calendar is an appointment as a file for calendars.
type Calendar struct {
	Name string `json:"name"`
	Text string `json:"text"`
}
