package cycle

import (
	"testing"

	"rapport/hub/chat"
)

// ended is a template that customers called solved and not solved so often.
func ended(solved, unsolved int64) chat.Template {
	return chat.Template{AsIs: chat.Outcome{Solved: solved}, Reworded: chat.Outcome{Unsolved: unsolved}}
}

func worths(list ...chat.Template) (out []int64) {
	Rate(list)
	for _, t := range list {
		out = append(out, t.Worth)
	}
	return out
}

func TestOutcomeRanksOnlyWhatManyHaveJudged(t *testing.T) {
	w := worths(ended(40, 2), ended(5, 15), ended(4, 0), ended(0, 4), ended(0, 0))
	if w[2] != w[4] || w[3] != w[4] {
		t.Errorf("four answers count: %v", w)
	}
	if w[0] <= w[4] || w[1] >= w[4] {
		t.Errorf("good words are not above, or bad ones not below, those that nobody knows: %v", w)
	}
}

// A lucky start does not outrank a long good record.
func TestFewAnswersAreDrawnToTheUsual(t *testing.T) {
	w := worths(ended(5, 0), ended(95, 5), ended(30, 30))
	if w[0] >= w[1] || w[0] <= w[2] {
		t.Errorf("five of five against 95 of 100 and 30 of 60: %v", w)
	}
}

func TestWorthIsBounded(t *testing.T) {
	for _, w := range append(worths(ended(1_000_000, 0)), worths(ended(0, 1_000_000), ended(0, 0))...) {
		if w < 0 || w > 1000 {
			t.Errorf("worth %d", w)
		}
	}
	if w := worths(); w != nil {
		t.Errorf("worth of nothing: %v", w)
	}
}

func TestKeptWordsAreTold(t *testing.T) {
	body := "Hello {{customer.first_name|there}},\nyour {{customer.attribute.order}} leaves today."
	vars := map[string]string{"customer.first_name": "Maria"}
	for reply, want := range map[string]bool{
		"Hello Maria,\nyour lamp leaves today.":                true,
		"Hello Maria,  your lamp leaves today. Anything else?": true,
		"Thanks!\n\nHello Maria, your blue lamp leaves today.": true,
		"Hello there, your lamp leaves today.":                 false,
		"Hello Maria, your lamp left yesterday.":               false,
		"your lamp leaves today. Hello Maria,":                 false,
		"":                                                     false,
	} {
		if got := Kept(body, reply, vars); got != want {
			t.Errorf("%q: kept %v, want %v", reply, got, want)
		}
	}
	if !Kept("Thank you!", "Thank you!", nil) {
		t.Error("plain words are not kept")
	}
}
