package broker

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

// ledger is a book in memory.
type ledger struct {
	mu     sync.Mutex
	events map[string][]chat.Event
	away   bool
	reads  int
}

func (l *ledger) commit(site string, n int) []chat.Event {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.events == nil {
		l.events = map[string][]chat.Event{}
	}
	last := int64(0)
	if all := l.events[site]; len(all) > 0 {
		last = all[len(all)-1].SiteSeq
	}
	var out []chat.Event
	for range n {
		last++
		out = append(out, chat.Event{SiteID: site, SiteSeq: last, ConversationID: "c", Seq: last, Type: chat.NotePosted})
	}
	l.events[site] = append(l.events[site], out...)
	return slices.Clone(out)
}

func (l *ledger) goAway(away bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.away = away
}

func (l *ledger) asked() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.reads
}

func (l *ledger) erase(site string, seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events[site] = slices.DeleteFunc(slices.Clone(l.events[site]), func(e chat.Event) bool { return e.SiteSeq == seq })
}

func (l *ledger) Streams(context.Context) (map[string]int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	if l.away {
		return nil, fmt.Errorf("the book is away")
	}
	heads := map[string]int64{}
	for site, all := range l.events {
		if len(all) > 0 {
			heads[site] = all[len(all)-1].SiteSeq
		}
	}
	return heads, nil
}

func (l *ledger) EventsOfSite(_ context.Context, site string, after int64) (out []chat.Event, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reads++
	if l.away {
		return nil, fmt.Errorf("the book is away")
	}
	for _, e := range l.events[site] {
		if e.SiteSeq > after && len(out) < 3 {
			out = append(out, e)
		}
	}
	return out, nil
}

// ordered is one over a bell of its own, and what its member hears.
func ordered(t interface{ Fatal(...any) }, book Book) (*Ordered, *hubtest.Log) {
	o, err := NewOrdered(context.Background(), func(func()) (hub.Broker, error) { return hub.NewMemory(), nil }, book, nil)
	if err != nil {
		t.Fatal(err)
	}
	var heard hubtest.Log
	o.Join(heard.Add)
	return o, &heard
}

func seqs(events []chat.Event, site string) (list []int64) {
	for i := range events {
		if events[i].SiteID == site {
			list = append(list, events[i].SiteSeq)
		}
	}
	return list
}

// Whatever the bell does to signals, a member hears each site's stream once and in
// order, and at the end of a look all of it.
func TestEveryStreamIsHeardInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := &ledger{}
		sites := []string{"one", "two"}
		book.commit("one", rapid.IntRange(0, 3).Draw(t, "before"))
		o, heard := ordered(t, book)
		began := map[string]int64{"one": 0, "two": 0}
		for _, e := range book.events["one"] {
			began["one"] = e.SiteSeq
		}
		erased := map[string]map[int64]bool{"one": {}, "two": {}}
		var onTheWay [][]chat.Event
		steps := rapid.IntRange(1, 40).Draw(t, "steps")
		for range steps {
			switch rapid.SampledFrom([]string{"commit", "commit", "both", "arrive", "arrive", "again", "lose", "forge", "erase", "look"}).Draw(t, "step") {
			case "commit":
				onTheWay = append(onTheWay, book.commit(rapid.SampledFrom(sites).Draw(t, "site"), rapid.IntRange(1, 4).Draw(t, "n")))
			case "both": // one transaction of two sites
				onTheWay = append(onTheWay, append(book.commit("one", 1), book.commit("two", 2)...))
			case "arrive", "again":
				if len(onTheWay) > 0 {
					i := rapid.IntRange(0, len(onTheWay)-1).Draw(t, "which")
					o.hear(hub.Signal{Events: onTheWay[i]})
					if rapid.Bool().Draw(t, "gone") {
						onTheWay = slices.Delete(onTheWay, i, i+1)
					}
				}
			case "lose":
				if len(onTheWay) > 0 {
					onTheWay = onTheWay[1:]
				}
			case "forge": // what was never stored
				o.hear(hub.Signal{Events: []chat.Event{{SiteID: "one", SiteSeq: 1_000_000, ConversationID: "c", Seq: 1}}})
			case "erase":
				site := rapid.SampledFrom(sites).Draw(t, "site")
				if all := book.events[site]; len(all) > 1 {
					seq := all[rapid.IntRange(0, len(all)-2).Draw(t, "which")].SiteSeq // never the last: erasing adds one
					book.erase(site, seq)
					erased[site][seq] = true
				}
			case "look":
				if err := o.find(context.Background(), rapid.Bool().Draw(t, "all")); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := o.find(context.Background(), true); err != nil {
			t.Fatal(err)
		}
		for _, site := range sites {
			got, last := seqs(heard.Events(), site), began[site]
			for _, seq := range got {
				for last++; last < seq; last++ {
					if !erased[site][last] {
						t.Fatalf("site %s: %v misses %d", site, got, last)
					}
				}
				if seq != last {
					t.Fatalf("site %s: %v has %d twice or late", site, got, seq)
				}
			}
			if all := book.events[site]; len(all) > 0 && last != max(all[len(all)-1].SiteSeq, began[site]) {
				t.Fatalf("site %s: heard up to %d of %d", site, last, all[len(all)-1].SiteSeq)
			}
			if o.sites[site] != nil && len(o.sites[site].held) > 0 {
				t.Fatalf("site %s: %d events are held for nothing", site, len(o.sites[site].held))
			}
		}
	})
}

// The stored events that nobody has told of are found within a second, those before one
// that is held within milliseconds, and what is only late costs no reading.
func TestWhatIsMissingIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := &ledger{}
		book.commit("site", 1)
		o, heard := ordered(t, book)
		ctx, cancel := context.WithCancel(t.Context())
		var loop sync.WaitGroup
		loop.Go(func() { o.Run(ctx) })
		defer loop.Wait()
		defer cancel()
		expect := func(what string, want ...int64) {
			t.Helper()
			synctest.Wait()
			if got := seqs(heard.Events(), "site"); !slices.Equal(got, want) {
				t.Fatalf("%s: heard %v, want %v", what, got, want)
			}
		}
		synctest.Wait()
		reads := book.asked()

		late, own := book.commit("site", 1), book.commit("site", 1)
		o.hear(hub.Signal{Events: own})
		expect("before its turn")
		time.Sleep(holeTime / 2)
		o.hear(hub.Signal{Events: late})
		expect("late", 2, 3)
		time.Sleep(10 * holeTime)
		if n := book.asked() - reads; n != 0 {
			t.Errorf("%d readings for what was only late", n)
		}

		book.commit("site", 1) // another server's, and the bell is dead
		o.hear(hub.Signal{Events: book.commit("site", 1)})
		expect("behind a hole", 2, 3)
		time.Sleep(2 * holeTime)
		expect("found for who waits", 2, 3, 4, 5)

		book.commit("site", 5) // all of another server's
		time.Sleep(lookEvery)
		expect("found by itself", 2, 3, 4, 5, 6, 7, 8, 9, 10)

		book.commit("site", 1)
		o.Missed()
		time.Sleep(2 * holeTime)
		expect("looked for when told", 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)

		book.goAway(true)
		book.commit("site", 1)
		o.hear(hub.Signal{Events: book.commit("site", 1)})
		reads = book.asked()
		time.Sleep(5*lookEvery + lookEvery/2)
		if lag := o.Lag(); lag.Sites != 1 || lag.Found != 8 || lag.Unseen < 5*lookEvery {
			t.Errorf("behind by %+v", lag)
		}
		if n := book.asked() - reads; n < 5 || n > 8 {
			t.Errorf("a book that is away was asked %d times in 5 seconds", n)
		}
		book.goAway(false)
		time.Sleep(lookEvery)
		expect("when the book is back", 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
		if lag := o.Lag(); lag.Sites != 0 || lag.Found != 10 || lag.Unseen > 2*lookEvery {
			t.Errorf("behind by %+v", lag)
		}

		o.hear(hub.Signal{Topic: "t", Frame: []byte("1")})
		if all := heard.All(); all[len(all)-1].Topic != "t" {
			t.Error("a frame does not pass")
		}
	})
}

// A site that was made since the start is heard from its first event on.
func TestNewSitesAreFound(t *testing.T) {
	book := &ledger{}
	o, heard := ordered(t, book)
	o.hear(hub.Signal{Events: book.commit("new", 2)})
	if err := o.find(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	o.hear(hub.Signal{Events: book.commit("new", 1)})
	if got := seqs(heard.Events(), "new"); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("heard %v", got)
	}
}

// What is ahead of a hole that cannot be read is held within bounds, and found later.
func TestHeldEventsAreBounded(t *testing.T) {
	book := &ledger{}
	book.commit("site", 1)
	o, heard := ordered(t, book)
	book.commit("site", 1) // lost
	for range 2 * maxHeld {
		o.hear(hub.Signal{Events: book.commit("site", 1)})
	}
	if n := len(o.sites["site"].held); n > maxHeld {
		t.Errorf("%d events are held", n)
	}
	if err := o.find(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if got := seqs(heard.Events(), "site"); len(got) != 2*maxHeld+1 || !slices.IsSorted(got) {
		t.Errorf("heard %d", len(got))
	}
}
