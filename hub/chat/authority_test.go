package chat

import "testing"

// The largest limit of somebody's teams is theirs, in whatever order the limits stand.
func TestTheLargestLimitOfTheirTeamsIsTheirs(t *testing.T) {
	small := Limit{Who: "desk", Kind: "credit", Each: 10, Day: 20, Month: 100}
	for name, large := range map[string]Limit{
		"at once":    {Each: 11, Day: 11, Month: 11},
		"in a month": {Each: 10, Day: 10, Month: 101},
		"in a day":   {Each: 10, Day: 21, Month: 100},
	} {
		large.Who, large.Kind = "night", "credit"
		for _, limits := range [][]Limit{{small, large}, {large, small}} {
			a := Authority{Limits: limits}
			if got := a.LimitOf("ann", AgentRole, []string{"desk", "night"}, "credit"); got != large {
				t.Errorf("%s: %+v", name, got)
			}
		}
	}
}
