package report

import (
	"reflect"
	"slices"
	"testing"

	"rapport/hub/chat"

	"pgregory.net/rapid"
)

var week = []string{"2026-11-20", "2026-11-21"}

func p(n int64) *int64 { return &n }

func count(kind chat.FactKind, agent, day string, n int64) chat.FactCount {
	return chat.FactCount{Kind: kind, AgentID: agent, Day: day, N: n}
}

func took(kind chat.FactKind, agent, day string, seconds, n int64) chat.FactTime {
	return chat.FactTime{Kind: kind, AgentID: agent, Day: day, Seconds: seconds, N: n}
}

func says(kind chat.FactKind, agent string, value, n int64) chat.FactSaid {
	return chat.FactSaid{Kind: kind, AgentID: agent, Value: value, N: n}
}

// Counted by hand: five first answers make a median and four do not, a team has those of
// its members, and what was said is satisfied from 4 on.
func TestFiguresAreThoseOfAHandCount(t *testing.T) {
	const answered, closed = chat.FactFirstResponse, chat.FactClosed
	got := NewFigures(week,
		[]chat.FactCount{count(chat.FactStarted, "", week[0], 7), count(chat.FactStarted, "", "2026-11-22", 2), count(chat.FactNoAnswer, "a", week[1], 1), count(chat.FactPromiseMade, "a", week[1], 4), count(chat.FactPromiseKept, "a", week[1], 3), count(chat.FactPromiseBroken, "b", week[1], 1)},
		[]chat.FactTime{took(closed, "b", week[1], 60, 2), took(closed, "", week[0], 90, 1), took(answered, "a", week[0], 5, 3), took(answered, "b", week[1], 20, 1), took(answered, "a", week[1], 400, 1)},
		[]chat.FactSaid{says(chat.FactRating, "a", 5, 2), says(chat.FactRating, "a", 1, 1), says(chat.FactRating, "gone", 4, 1), says(chat.FactSolved, "a", 1, 6), says(chat.FactSolved, "b", 0, 2)},
		people, groups)
	want := Figures{
		Started: 9, Closed: 3, Lapsed: 1, First: Span{5, p(5), p(400)}, Resolution: Span{N: 3}, Ratings: [5]int64{1, 0, 0, 1, 2}, Solved: 6, NotYet: 2,
		Promises: Promises{Made: 4, Kept: 3, Broken: 1},
		Days:     []Day{{week[0], 7, 3, 1}, {week[1], 0, 2, 2}},
		Agents:   []Served{{"a", "Ana", Span{N: 4}, 0, 3, 2}, {"b", "ben", Span{N: 1}, 2, 0, 0}},
		Teams:    []Served{{"t", "Repairs", Span{5, p(5), p(400)}, 2, 3, 2}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Whatever was measured: no fewer than half took no longer than the median and no fewer
// than half at least as long, nine of ten no longer than the other, and the days of a
// range have together what the whole has.
func TestSpansHoldWhatTheySay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var times []chat.FactTime
		var all []int64
		for _, seconds := range slices.Sorted(slices.Values(rapid.SliceOfN(rapid.Int64Range(0, 50), 0, 20).Draw(r, "seconds"))) {
			n := rapid.Int64Range(1, 9).Draw(r, "n")
			times = append(times, chat.FactTime{Kind: chat.FactFirstResponse, AgentID: "a", Day: rapid.SampledFrom(week).Draw(r, "day"), Seconds: seconds, N: n})
			for range n {
				all = append(all, seconds)
			}
		}
		f := NewFigures(week, nil, times, nil, people, nil)
		if days := f.Days[0].Answered + f.Days[1].Answered; days != int64(len(all)) || f.First.N != days {
			r.Fatalf("%d in the days, %d in all, want %d", days, f.First.N, len(all))
		}
		if len(all) < Few {
			if f.First.Median != nil || f.First.P90 != nil {
				r.Fatalf("a median of %d", len(all))
			}
			return
		}
		if half := (len(all) + 1) / 2; all[half-1] != *f.First.Median {
			r.Fatalf("median %d of %v", *f.First.Median, all)
		}
		if most := (len(all)*9 + 9) / 10; all[most-1] != *f.First.P90 {
			r.Fatalf("nine of ten in %d of %v", *f.First.P90, all)
		}
	})
}
