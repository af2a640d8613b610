package report

import (
	"reflect"
	"testing"

	"rapport/hub/chat"

	"pgregory.net/rapid"
)

var (
	people = []chat.Agent{{ID: "b", Name: "ben"}, {ID: "a", Name: "Ana"}, {ID: "n", Name: "Noor"}, {ID: "z", Name: "Zoe"}}
	groups = []chat.Team{{ID: "t", Name: "Repairs", Members: []string{"a", "b"}}, {ID: "u", Name: "Orders", Members: []string{"n"}}}
)

// Counted by hand: who gave and took, by name; what stays in a team and what the queue
// has a part in is left out, and so is what nobody took.
func TestSidesAreThoseOfAHandCount(t *testing.T) {
	got := NewHandovers([]chat.RelayCount{
		{Kind: chat.RelayHandover, Outcome: chat.RelayAccepted, FromID: "a", ToID: "b", N: 3},
		{Kind: chat.RelayHandover, Outcome: chat.RelayReturned, Why: chat.RelayDeclined, FromID: "a", ToID: "n", N: 5},
		{Kind: chat.RelayTakeover, Outcome: chat.RelayAccepted, FromID: "b", ToID: "n", N: 2},
		{Kind: chat.RelayAssignment, Outcome: chat.RelayAccepted, ToID: "n", N: 7},
		{Kind: chat.RelayRelease, Outcome: chat.RelayAccepted, FromID: "n", N: 4},
		{Kind: chat.RelayQuestion, Outcome: chat.RelayAccepted, FromID: "n", ToID: "a", N: 9},
	}, nil, people, groups)
	if want := []Sides{{"a", "Ana", 3, 0}, {"b", "ben", 2, 3}, {"n", "Noor", 0, 2}}; !reflect.DeepEqual(got.Agents, want) {
		t.Errorf("people: %v", got.Agents)
	}
	if want := []Sides{{"u", "Orders", 0, 2}, {"t", "Repairs", 2, 0}}; !reflect.DeepEqual(got.Teams, want) {
		t.Errorf("teams: %v", got.Teams)
	}
	if k := got.Kinds[0]; k.Asked != 8 || k.Accepted != 3 || k.Why[chat.RelayDeclined] != 5 {
		t.Errorf("handed over: %+v", k)
	}
}

// Below five there is no median; from five on half waited no longer than it, and nine
// of ten no longer than the other.
func TestMediansAreOfEnough(t *testing.T) {
	for _, c := range []struct {
		waits       []chat.RelayWait
		median, p90 int64
	}{
		{[]chat.RelayWait{{Kind: chat.RelayHandover, Seconds: 1, N: 4}, {Kind: chat.RelayGuest, Seconds: 9, N: 9}}, -1, -1},
		{[]chat.RelayWait{{Kind: chat.RelayHandover, Seconds: 1, N: 3}, {Kind: chat.RelayHandover, Seconds: 8, N: 2}}, 1, 8},
		{[]chat.RelayWait{{Kind: chat.RelayHandover, Seconds: 0, N: 5}, {Kind: chat.RelayHandover, Seconds: 4, N: 4}, {Kind: chat.RelayHandover, Seconds: 60, N: 1}}, 0, 4},
	} {
		k := NewHandovers(nil, c.waits, nil, nil).Kinds[0]
		median, p90 := int64(-1), int64(-1)
		if k.Median != nil {
			median, p90 = *k.Median, *k.P90
		}
		if median != c.median || p90 != c.p90 {
			t.Errorf("%v: %d and %d", c.waits, median, p90)
		}
	}
}

// Whatever was counted, asked is the sum of what became of it, and what all gave is what
// all took.
func TestNothingAskedIsLost(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var counts []chat.RelayCount
		total := int64(0)
		for range rapid.IntRange(0, 30).Draw(r, "lines") {
			c := chat.RelayCount{
				Kind:    rapid.SampledFrom(chat.RelayKinds).Draw(r, "kind"),
				Outcome: rapid.SampledFrom([]chat.RelayOutcome{chat.RelayOpen, chat.RelayAccepted, chat.RelayReturned, chat.RelayLapsed}).Draw(r, "outcome"),
				FromID:  rapid.SampledFrom([]string{"", "a", "b", "n", "z"}).Draw(r, "from"),
				ToID:    rapid.SampledFrom([]string{"", "a", "b", "n", "z"}).Draw(r, "to"),
				N:       rapid.Int64Range(1, 1000).Draw(r, "n"),
			}
			counts = append(counts, c)
			total += c.N
		}
		got := NewHandovers(counts, nil, people, groups)
		for _, k := range got.Kinds {
			if k.Asked != k.Accepted+k.Returned+k.Lapsed+k.Open {
				r.Fatalf("%+v", k)
			}
			total -= k.Asked
		}
		given, taken := int64(0), int64(0)
		for _, s := range got.Agents {
			given, taken = given+s.Given, taken+s.Taken
		}
		if total != 0 {
			r.Fatalf("%d are in no kind", total)
		}
		if given != taken {
			r.Fatalf("%d given and %d taken", given, taken)
		}
	})
}
