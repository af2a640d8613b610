package links

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// One site's flood takes its share of what waits and of who opens, and no more: another's
// link is next, whoever came before.
func TestAFloodKeepsNoOtherSiteWaiting(t *testing.T) {
	q := newQueue()
	kept := 0
	for i := range 2 * maxDue {
		if q.add(job{site: "loud", link: fmt.Sprint(i)}) {
			kept++
		}
	}
	if kept != maxDueOf {
		t.Errorf("%d of the flood wait, want %d", kept, maxDueOf)
	}
	var taken []job
	for j, ok := q.take(); ok; j, ok = q.take() {
		taken = append(taken, j)
	}
	if len(taken) != atOnceOf || atOnceOf >= atOnce {
		t.Errorf("%d of %d are at work on it", len(taken), atOnce)
	}
	for _, link := range []string{"first", "second"} {
		if !q.add(job{site: "quiet", link: link}) {
			t.Fatal("there is no room for another site")
		}
	}
	if j, ok := q.take(); !ok || j.link != "first" {
		t.Errorf("next is %+v", j)
	}
	q.done(taken[0])
	for i, want := range []string{"3", "second"} { // turn by turn
		if j, ok := q.take(); !ok || j.link != want {
			t.Errorf("turn %d is %+v, want %s", i, j, want)
		}
	}
}

// Whatever comes and goes: nothing is lost or done twice, each site's in its order, and
// the bounds hold.
func TestTheQueueKeepsItsOrderAndBounds(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2026, 11))
	q := newQueue()
	var work []job
	added, seen := map[string]int{}, map[string]int{}
	step := func(draining bool) {
		switch n := rnd.IntN(3); {
		case n == 0 && !draining:
			site := fmt.Sprint(rnd.IntN(7))
			if q.add(job{site: site, link: fmt.Sprint(added[site])}) {
				added[site]++
			}
		case n == 1:
			if j, ok := q.take(); ok {
				if j.link != fmt.Sprint(seen[j.site]) {
					t.Fatalf("site %s: got %s, want %d", j.site, j.link, seen[j.site])
				}
				seen[j.site]++
				work = append(work, j)
			}
		case len(work) > 0:
			i := rnd.IntN(len(work))
			q.done(work[i])
			work = append(work[:i], work[i+1:]...)
		}
		busy, waiting := map[string]int{}, 0
		for _, j := range work {
			busy[j.site]++
		}
		for site := range added {
			waiting += added[site] - seen[site]
			if busy[site] > atOnceOf || added[site]-seen[site] > maxDueOf {
				t.Fatalf("site %s has %d at work, %d waiting", site, busy[site], added[site]-seen[site])
			}
		}
		if waiting != q.n || waiting > maxDue {
			t.Fatalf("%d wait, it says %d", waiting, q.n)
		}
	}
	for range 20_000 {
		step(false)
	}
	for range 20_000 {
		step(true)
	}
	if q.n != 0 || len(work) != 0 || len(q.busy)+len(q.due)+len(q.turns) != 0 {
		t.Errorf("left are %d, %d at work, %v %v", q.n, len(work), q.busy, q.turns)
	}
}
