package chat

import (
	"slices"
	"testing"
)

func TestCleanJargon(t *testing.T) {
	got, err := CleanJargon([]Jargon{{" kiln\tslot ", "time in  the oven"}, {"Kiln slot", "other"}, {" ", "nothing"}, {"SKU", ""}})
	want := []Jargon{{"kiln slot", "time in the oven"}, {"SKU", ""}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
	if _, err := CleanJargon(make([]Jargon, MaxJargon+1)); !Is(err, Invalid) {
		t.Errorf("a list without end: %v", err)
	}
}
