package chat

import "testing"

// An absence covers what is due, overdue or next to be heard of before its end,
// while it stands.
func TestWhatAnAbsenceCovers(t *testing.T) {
	const now, until = Time(1000), Time(2000)
	stands := Absence{Until: until}
	for name, test := range map[string]struct {
		a    Absence
		p    Promise
		want bool
	}{
		"due within":        {stands, Promise{DueAt: 1500}, true},
		"overdue":           {stands, Promise{DueAt: 500}, true},
		"due at its end":    {stands, Promise{DueAt: until}, false},
		"a word within":     {stands, Promise{DueAt: 9000, NextAt: 1500}, true},
		"a word that is by": {stands, Promise{DueAt: 9000, NextAt: 500}, false},
		"a word afterwards": {stands, Promise{DueAt: 9000, NextAt: 3000}, false},
		"over":              {Absence{Until: now}, Promise{DueAt: 500}, false},
		"ended":             {Absence{Until: until, EndedAt: 900}, Promise{DueAt: 1500}, false},
		"without an end":    {Absence{}, Promise{DueAt: 1 << 50}, true},
	} {
		if got := test.a.Covers(&test.p, now); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
