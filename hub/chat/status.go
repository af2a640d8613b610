package chat

import "time"

// What an agent says of themselves. Whether they have a connection is another
// matter, and the hub's.
const (
	Online  = "online"
	Away    = "away"    // for a while: lunch, a meeting
	Offline = "offline" // done for today, though the console may stand open
)

// Bounds of AgentStatus.
const (
	MaxReason = 60 // code points
	MaxNoNew  = 4 * time.Hour
)

// AgentStatus is whether an agent takes part, on all their devices.
type AgentStatus struct {
	AgentID    string
	Status     string
	Reason     string // why they are not online, one line for colleagues; "" for none
	Auto       bool   // away by itself, since nothing was touched
	NoNewUntil Time   // online, but not for anything new before this; zero for now
	At         Time   // when they said so
}

// Clean reports the first field that is out of its bounds at now. Who is online
// needs no reason, and only a rule makes somebody away by itself.
func (s *AgentStatus) Clean(now Time) error {
	if s.Status != Online && s.Status != Away && s.Status != Offline {
		return FailField("status", "A status is online, away or offline.")
	}
	s.Reason = CleanLine(s.Reason, MaxReason)
	if s.Status == Online {
		s.Reason = ""
	} else {
		s.NoNewUntil = 0
	}
	s.Auto = s.Auto && s.Status == Away
	if s.NoNewUntil > now.Add(MaxNoNew) {
		return FailField("no_new_minutes", "Nothing new for at most %d minutes. Set yourself away for longer.", int64(MaxNoNew.Minutes()))
	}
	return nil
}
