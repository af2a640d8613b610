package chat

import (
	"slices"
	"time"
)

// Channels of what agents enter by hand, so that a customer's history is whole.
const (
	ChannelCall        = "call"
	ChannelVisit       = "visit"
	ChannelVideo       = "video"
	ChannelAppointment = "appointment" // it is still to come: a promise with a time and a place
)

// ByHand are those channels, in the order of their menu.
var ByHand = []string{ChannelCall, ChannelVisit, ChannelVideo, ChannelAppointment}

// Bounds of an entry.
const (
	MaxEntryAge  = 400 * 24 * time.Hour // since it began
	MaxMinutes   = 24 * 60
	MaxParty     = 300 // who took part, in code points
	MaxEntryNote = 4_000
)

// Entry is a call, a visit, a video meeting or an appointment that an agent has
// entered: a conversation of its own, in which nobody talks. It is closed unless a
// promise that was given in it is open, and no figure of answers knows it. Its
// customer sees what was promised to them, and nothing else of it.
type Entry struct {
	ConversationID string
	Channel        string // that of its conversation
	BeganAt        Time
	Minutes        int64  // how long it was, or will be; 0 for nobody knows
	Party          string // who took part, in the agent's words, or ""
	ByID           string
	By             AgentCard // the store reads it
}

// Clean makes an entry fit to store at now, and reports the first field that is out
// of its bounds. An appointment begins when its promise is due.
func (e *Entry) Clean(now Time) error {
	if !slices.Contains(ByHand, e.Channel) {
		return FailField("channel", "It was a call, a visit, a video meeting, or it is an appointment.")
	}
	if e.Channel != ChannelAppointment && (e.BeganAt > now || e.BeganAt < now.Add(-MaxEntryAge)) {
		return FailField("began_at", "Say when it began: at most 400 days ago, and not in the future.")
	}
	if e.Minutes < 0 || e.Minutes > MaxMinutes {
		return FailField("minutes", "It lasts at most a day.")
	}
	e.Party = CleanLine(e.Party, MaxParty)
	return nil
}

// EntryTx writes what was entered by hand.
type EntryTx interface {
	InsertEntry(e *Entry) error
}
