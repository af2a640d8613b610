package chat

import (
	"testing"
	"time"
)

func TestStatusIsCleaned(t *testing.T) {
	now := Time(1_800_000_000_000)
	for name, c := range map[string]struct {
		in   AgentStatus
		want AgentStatus
		bad  bool
	}{
		"who is online needs no reason": {
			in: AgentStatus{Status: Online, Reason: "lunch", Auto: true, NoNewUntil: now.Add(time.Minute)}, want: AgentStatus{Status: Online, NoNewUntil: now.Add(time.Minute)},
		},
		"a reason is one line":         {in: AgentStatus{Status: Away, Reason: "  lunch\nat home ", NoNewUntil: now + 5}, want: AgentStatus{Status: Away, Reason: "lunch at home"}},
		"away by itself stays so":      {in: AgentStatus{Status: Away, Auto: true}, want: AgentStatus{Status: Away, Auto: true}},
		"nobody is offline by itself":  {in: AgentStatus{Status: Offline, Auto: true}, want: AgentStatus{Status: Offline}},
		"there are three":              {in: AgentStatus{Status: "busy"}, bad: true},
		"a pause that lasts too long":  {in: AgentStatus{Status: Online, NoNewUntil: now.Add(5 * time.Hour)}, bad: true},
		"a pause as long as it may be": {in: AgentStatus{Status: Online, NoNewUntil: now.Add(MaxNoNew)}, want: AgentStatus{Status: Online, NoNewUntil: now.Add(MaxNoNew)}},
	} {
		got := c.in
		if err := got.Clean(now); (err != nil) != c.bad {
			t.Errorf("%s: %v", name, err)
		} else if !c.bad && got != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
