package cycle

import "rapport/hub/chat"

// Carried is the state in which a matter goes on in another conversation of the same
// customer. What was offered by words that stand in the one before stays there: a message
// belongs to its conversation.
func Carried(s State) State {
	s.Concern, s.Detail = chat.Found{}, chat.Found{}
	s.Closed, s.Gone, s.SplitOff, s.Beside = false, false, false, true
	s.Asked = ""
	return s
}

// Says reports whether a matter is about something yet: it was read, or an agent has said
// so.
func Says(m chat.Matter) bool { return m.Need != "" || m.Type != "" }
