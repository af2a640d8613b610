package visitors

import (
	"fmt"
	"strings"
	"testing"

	"rapport/hub/chat"
)

const shop = "site"

// around is a list whose clock the test moves.
type around struct {
	*testing.T
	*List
	now chat.Time
}

func newAround(t *testing.T, each int) *around {
	a := &around{T: t, now: 1_000_000}
	a.List = New(func() chat.Time { return a.now }, each)
	return a
}

func (a *around) see(b Beacon) {
	a.Helper()
	if err := a.Seen(shop, b); err != nil {
		a.Fatal(err)
	}
}

func at(key, url string) Beacon {
	return Beacon{Key: key, Network: "10.0.0.1", Page: Page{URL: url, Title: "of " + url}}
}

// one is the only visit there is.
func (a *around) one() Visit {
	a.Helper()
	c := a.Since(shop, 0)
	if !c.Whole || len(c.Seen) != 1 {
		a.Fatalf("got %+v, want one visit", c)
	}
	return c.Seen[0]
}

func TestAVisitMovesFromPageToPage(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k", "/"))
	began := a.now
	a.now += 5_000
	a.see(at("k", "/lamps"))
	first := a.one()
	if first.Since != began || first.Page.URL != "/lamps" || first.Page.At != a.now || first.Pages != 2 {
		t.Errorf("got %+v", first)
	}
	path, ok := a.Path(shop, first.ID)
	if !ok || len(path) != 2 || path[0].URL != "/lamps" || path[1].URL != "/" {
		t.Errorf("the path is %+v", path)
	}
	for i := range 3 * maxPages {
		a.see(at("k", fmt.Sprint("/", i)))
	}
	if path, _ = a.Path(shop, first.ID); len(path) != maxPages || a.one().Pages != 2+3*maxPages {
		t.Errorf("%d pages are kept, %d counted", len(path), a.one().Pages)
	}
	if _, ok := a.Path("another site", first.ID); ok {
		t.Error("a visit is found on another site")
	}
}

// The next page of a browser carries the visit on, and nobody else's page does.
func TestTheNextPageCarriesTheVisitOn(t *testing.T) {
	next := at("k2", "/lamps")
	next.From = "/"
	for name, c := range map[string]struct {
		change func(*Beacon)
		after  chat.Time
		want   int
	}{
		"the next page":         {func(*Beacon) {}, 1_000, 1},
		"too late":              {func(*Beacon) {}, leaving, 1}, // the first is over by then
		"from elsewhere":        {func(b *Beacon) { b.From = "" }, 1_000, 2},
		"from another page":     {func(b *Beacon) { b.From = "/cart" }, 1_000, 2},
		"of another network":    {func(b *Beacon) { b.Network = "10.0.0.2" }, 1_000, 2},
		"of somebody with name": {func(b *Beacon) { b.Device, b.Known = "d2", Known{ID: "p2", Name: "Tom"} }, 1_000, 2},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := newAround(t, 0), next
			first := at("k1", "/")
			first.Device, first.Known = "d1", Known{ID: "p1", Name: "Maria"}
			if name != "of somebody with name" {
				first.Device, first.Known = "", Known{}
			}
			a.see(first)
			id := a.one().ID
			a.Left(shop, "k1")
			a.now += c.after
			c.change(&b)
			a.see(b)
			got := a.Since(shop, 0).Seen
			if len(got) != c.want {
				t.Fatalf("%d visits, want %d: %+v", len(got), c.want, got)
			}
			if carried := got[0].ID == id; c.want == 1 && carried != (c.after < leaving) {
				t.Errorf("carried on: %v", carried)
			}
		})
	}
}

// A browser may say only afterwards that the page before was left.
func TestALateWordOfLeavingJoinsThePages(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k1", "/"))
	id := a.one().ID
	next := at("k2", "/lamps")
	next.From = "/"
	a.see(next)
	head := a.Since(shop, 0).Now
	a.Left(shop, "k1")
	if v := a.one(); v.ID != id || v.Pages != 2 || v.Page.URL != "/lamps" {
		t.Errorf("got %+v", v)
	}
	if c := a.Since(shop, head); len(c.Gone) != 1 || len(c.Seen) != 1 {
		t.Errorf("readers hear %+v", c)
	}
	a.now += leaving
	a.see(at("k2", "/lamps"))
	if v := a.one(); v.ID != id {
		t.Errorf("later: %+v", v)
	}
}

// A page that is loaded again says that it was reached as it was the first time: the
// visit goes on all the same, and nobody else's does.
func TestALoadedPageCarriesItsVisitOn(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Beacon)
		wait   chat.Time // before the browser says that the page was left
		late   bool      // only once the next has spoken
		want   int
	}{
		"at once":                      {func(*Beacon) {}, 0, false, 1},
		"told late":                    {func(*Beacon) {}, 500, true, 1},
		"told too late":                {func(*Beacon) {}, reloading, true, 2},
		"from elsewhere":               {func(b *Beacon) { b.Source = "example.org" }, 0, false, 2},
		"from elsewhere, told late":    {func(b *Beacon) { b.Source = "example.org" }, 500, true, 2},
		"of another network":           {func(b *Beacon) { b.Network = "10.0.0.2" }, 0, false, 2},
		"of another browser":           {func(b *Beacon) { b.Device = "d2" }, 0, false, 2},
		"of another browser told late": {func(b *Beacon) { b.Device = "d2" }, 500, true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAround(t, 0)
			first := at("k1", "/lamps")
			first.From, first.Device = "/", "d1"
			a.see(first)
			id := a.one().ID
			if err := a.Invite(shop, id, Invitation{Text: "Hello"}); err != nil {
				t.Fatal(err)
			}
			a.Say(shop, "k1", Declined)
			a.now += 60_000
			a.see(first)
			again := first
			again.Key = "k2"
			c.change(&again)
			if !c.late {
				a.Left(shop, "k1")
			}
			a.see(again)
			a.now += c.wait
			if c.late {
				a.Left(shop, "k1")
			}
			seen := a.Since(shop, 0).Seen
			if len(seen) != c.want {
				t.Fatalf("%d visits, want %d: %+v", len(seen), c.want, seen)
			}
			if v := seen[0]; c.want == 1 && (v.ID != id || v.Pages != 1 || v.Invitation.State != Declined) {
				t.Errorf("it goes on as %+v", v)
			}
		})
	}
}

func TestAPageThatStillStandsOpenIsNotTakenOver(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k1", "/"))
	tab := at("k2", "/lamps")
	tab.From = "/"
	a.see(tab)
	if n := len(a.Since(shop, 0).Seen); n != 2 {
		t.Errorf("%d visits", n)
	}
}

func TestReadersHearWhatHasChanged(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k1", "/"))
	a.see(at("k2", "/"))
	head := a.Since(shop, 0)
	if !head.Whole || len(head.Seen) != 2 {
		t.Fatalf("got %+v", head)
	}
	a.now += Every
	a.see(at("k1", "/"))
	if c := a.Since(shop, head.Now); c.Whole || len(c.Seen)+len(c.Gone) != 0 || c.Now != head.Now {
		t.Errorf("nothing has changed, and it says %+v", c)
	}
	a.see(at("k1", "/lamps"))
	a.now += silence - Every
	a.see(at("k1", "/lamps"))
	c := a.Since(shop, head.Now)
	if c.Whole || len(c.Seen) != 1 || c.Seen[0].Page.URL != "/lamps" || len(c.Gone) != 1 {
		t.Errorf("got %+v", c)
	}
	for _, n := range []int64{1, c.Now + 1, head.Now - 1_000} {
		if late := a.Since(shop, n); !late.Whole || len(late.Seen) != 1 {
			t.Errorf("since %d: %+v", n, late)
		}
	}
}

// Whoever is too far behind what went hears everything again.
func TestAReaderFarBehindHearsEverything(t *testing.T) {
	a := newAround(t, 0)
	head := a.Since(shop, 0)
	for i := range 2*maxGone + 1 {
		a.see(at(fmt.Sprint(i), fmt.Sprint("/", i)))
		a.Left(shop, fmt.Sprint(i))
		if i%(maxGone/2) == 0 {
			a.now += leaving
			a.Since(shop, head.Now)
		}
	}
	a.now += leaving
	if c := a.Since(shop, head.Now); !c.Whole {
		t.Errorf("%d went and are told one by one", len(c.Gone))
	}
	if n := len(a.sites[shop].gone); n > 2*maxGone {
		t.Errorf("%d that went are remembered", n)
	}
}

func TestTheListIsBounded(t *testing.T) {
	a := newAround(t, 3)
	for i := range 3 {
		a.see(at(fmt.Sprint(i), "/"))
	}
	if err := a.Seen(shop, at("4", "/")); !chat.Is(err, chat.RateLimited) {
		t.Errorf("a fourth of one network: %v", err)
	}
	here := at("5", "/")
	here.Near = true
	a.see(here)
	for i := len(a.Since(shop, 0).Seen); i < maxVisits; i++ {
		b := at(fmt.Sprint("n", i), "/")
		b.Network = b.Key
		a.see(b)
	}
	if err := a.Seen(shop, Beacon{Key: "one more", Network: "one more"}); !chat.Is(err, chat.RateLimited) {
		t.Errorf("one more than fit: %v", err)
	}
	a.now += silence
	a.see(at("later", "/"))
	if n := len(a.sites[shop].near); n != 1 {
		t.Errorf("%d networks are remembered", n)
	}
}

// The oldest visits lose their paths before a site's list holds too much.
func TestWhatTheListHoldsIsBounded(t *testing.T) {
	a := newAround(t, 0)
	long := strings.Repeat("a", 1_000)
	for i := range 1_500 {
		for n := range maxPages {
			b := at(fmt.Sprint(i), fmt.Sprint("/", n))
			b.Page.Title = long
			a.see(b)
		}
		a.now++
	}
	sum := 0
	var oldest, latest *Visit
	for _, v := range a.sites[shop].byID {
		sum += v.weight()
		if oldest == nil || v.Since < oldest.Since {
			oldest = v
		}
		if latest == nil || v.Since > latest.Since {
			latest = v
		}
	}
	if sum > maxHeld || sum != a.sites[shop].held {
		t.Errorf("%d bytes are held, %d counted", sum, a.sites[shop].held)
	}
	if len(oldest.path()) != 1 || len(latest.path()) != maxPages {
		t.Errorf("the oldest keeps %d pages, the latest %d", len(oldest.path()), len(latest.path()))
	}
	a.now += silence
	if a.Since(shop, 0); a.sites[shop].held != 0 {
		t.Errorf("%d bytes are counted of nobody", a.sites[shop].held)
	}
}

func TestAnErasedCustomerIsAStranger(t *testing.T) {
	a := newAround(t, 0)
	b := at("k", "/")
	b.Device, b.Known = "d", Known{ID: "maria", Name: "Maria", ConversationID: "c"}
	a.see(b)
	if who, ok := a.KnownBy(shop, "k", "d"); !ok || who.Name != "Maria" {
		t.Errorf("known by: %+v, %v", who, ok)
	}
	head := a.Since(shop, 0)
	a.Forget([]string{"tom"})
	a.Forget([]string{"maria"})
	if c := a.Since(shop, head.Now); len(c.Seen) != 1 || c.Seen[0].Known != (Known{}) {
		t.Errorf("got %+v", c)
	}
	if _, ok := a.KnownBy(shop, "k", "d"); ok {
		t.Error("the secret still leads to somebody")
	}
}

// A beacon that was under way while its customer was erased brings nobody back, and
// what was read of a customer is read again a minute later.
func TestACustomerOfABeaconUnderWayIsAStranger(t *testing.T) {
	a := newAround(t, 0)
	b := at("k", "/")
	b.Device, b.Known, b.Fresh = "d", Known{ID: "maria", Name: "Maria", ConversationID: "c"}, true
	a.see(b)
	a.Forget([]string{"maria"})
	a.Sweep()
	a.see(b)
	if v := a.one(); v.Known != (Known{}) {
		t.Errorf("came back: %+v", v.Known)
	}
	b.Known.ID = "tom"
	a.see(b)
	a.now += underway - Every
	b.Fresh = false
	a.see(b)
	if _, ok := a.KnownBy(shop, "k", "d"); !ok {
		t.Error("within a minute they are looked up again")
	}
	a.now += Every
	if _, ok := a.KnownBy(shop, "k", "d"); ok {
		t.Error("a minute later they are not looked up")
	}
	if a.Sweep(); len(a.erased) != 0 {
		t.Errorf("%v are remembered", a.erased)
	}
}

// Visits end where nobody looks, and what is over is neither shown nor invited.
func TestVisitsEndWhereNobodyLooks(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k", "/"))
	id := a.one().ID
	a.now += silence
	if _, ok := a.Path(shop, id); ok {
		t.Error("the path of a visit that is over is told")
	}
	if err := a.Invite(shop, id, Invitation{Text: "Hello"}); !chat.Is(err, chat.NotFound) {
		t.Errorf("invited: %v", err)
	}
	if a.Sweep(); len(a.sites) != 0 {
		t.Errorf("%d sites are held", len(a.sites))
	}
}

func TestADroppedSiteComesBackByItsOwnerAlone(t *testing.T) {
	a := newAround(t, 0)
	a.Drop(shop)
	if err := a.Seen(shop, at("k", "/")); !chat.Is(err, chat.Forbidden) || len(a.sites) != 0 {
		t.Errorf("a beacon that was under way: %v, %d sites", err, len(a.sites))
	}
	a.Allow(shop)
	a.see(at("k", "/"))
	a.Drop(shop)
	a.now += underway
	if a.Sweep(); len(a.dropped) != 0 {
		t.Errorf("%v are remembered", a.dropped)
	}
}

func TestASiteThatListsNobodyHoldsNobody(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k", "/"))
	a.Drop(shop)
	if c := a.Since(shop, 0); !c.Whole || len(c.Seen) != 0 {
		t.Errorf("got %+v", c)
	}
}
