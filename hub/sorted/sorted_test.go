package sorted_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"testing"

	"rapport/hub/sorted"
)

func TestSortsAsSlicesDoes(t *testing.T) {
	type pair struct{ key, place int }
	byKey := func(a, b pair) int { return cmp.Compare(a.key, b.key) }
	for n := range 200 {
		list := make([]pair, n)
		for i := range list {
			list[i] = pair{rand.IntN(10), i}
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, byKey)

		stably := slices.Clone(list)
		sorted.Stably(stably, byKey)
		if !slices.Equal(stably, want) {
			t.Fatalf("Stably gives %v, want %v", stably, want)
		}
		sorted.By(list, byKey)
		if !slices.IsSortedFunc(list, byKey) {
			t.Fatalf("By gives %v", list)
		}
	}
}
