package visitors

import (
	"testing"

	"rapport/hub/chat"
)

func TestAllThatARuleAsksForMustHold(t *testing.T) {
	m := Moment{
		Path: "/Lamps/Crown", OnPage: 20_000, OnSite: 60_000, Source: "www.search.example", Visits: 3, Events: []string{"size guide"},
		Known: Known{Segment: "existing", Loyalty: "switcher"},
	}
	page := func(how, text string) []chat.PagePattern { return []chat.PagePattern{{How: how, Text: text}} }
	for name, c := range map[string]struct {
		rule chat.InviteRule
		fits bool
		wait chat.Time
	}{
		"time on the page":         {chat.InviteRule{OnPage: 20}, true, 0},
		"a little more":            {chat.InviteRule{OnPage: 21}, false, 1_000},
		"on the site":              {chat.InviteRule{OnPage: 5, OnSite: 90}, false, 30_000},
		"contains":                 {chat.InviteRule{Pages: page("contains", "lamp")}, true, 0},
		"does not contain":         {chat.InviteRule{Pages: page("contains", "cart"), OnPage: 30}, false, 0},
		"begins":                   {chat.InviteRule{Pages: page("begins", "/lamps")}, true, 0},
		"begins otherwise":         {chat.InviteRule{Pages: page("begins", "/crown")}, false, 0},
		"is":                       {chat.InviteRule{Pages: page("is", "/lamps/crown/")}, true, 0},
		"is not":                   {chat.InviteRule{Pages: page("is", "/lamps")}, false, 0},
		"one of several":           {chat.InviteRule{Pages: append(page("is", "/cart"), page("is", "/lamps/crown")...)}, true, 0},
		"a source above":           {chat.InviteRule{Sources: []string{"news.example", "search.example"}}, true, 0},
		"a source beside":          {chat.InviteRule{Sources: []string{"research.example"}}, false, 0},
		"the visit":                {chat.InviteRule{Visits: 3}, true, 0},
		"a later visit":            {chat.InviteRule{Visits: 4}, false, 0},
		"the event":                {chat.InviteRule{Event: "size guide"}, true, 0},
		"another event":            {chat.InviteRule{Event: "order", OnPage: 99}, false, 0},
		"the group":                {chat.InviteRule{Segments: []string{"new", "existing"}, Loyalty: []string{"switcher"}}, true, 0},
		"another group":            {chat.InviteRule{Segments: []string{"existing"}, Loyalty: []string{"exclusive"}}, false, 0},
		"the first visit, unknown": {chat.InviteRule{Visits: 1}, true, 0},
	} {
		if fits, wait := m.Fits(&c.rule); fits != c.fits || wait != c.wait {
			t.Errorf("%s: %v after %d, want %v after %d", name, fits, wait, c.fits, c.wait)
		}
	}
	if fits, _ := (&Moment{}).Fits(&chat.InviteRule{Visits: 1}); !fits {
		t.Error("a browser that does not count is on no first visit")
	}
}

// Whoever is not to be asked has no moment: hidden, invited, spared, in a conversation,
// blocked.
func TestWhomNoRuleInvites(t *testing.T) {
	for name, change := range map[string]func(*around, *Beacon){
		"behind another tab": func(_ *around, b *Beacon) { b.Hidden = true },
		"in a conversation":  func(_ *around, b *Beacon) { b.Known = Known{ID: "p", ConversationID: "c", Talks: true} },
		"blocked":            func(_ *around, b *Beacon) { b.Known = Known{ID: "p", Blocked: true} },
		"spared":             func(a *around, _ *Beacon) { a.Spare(shop, "k") },
		"invited": func(a *around, _ *Beacon) {
			if err := a.Invite(shop, a.one().ID, Invitation{Text: "Hello"}); err != nil {
				a.Fatal(err)
			}
		},
	} {
		a, b := newAround(t, 0), at("k", "https://shop.example/lamps")
		a.see(b)
		if m, ok := a.Moment(shop, "k"); !ok || m.Path != "/lamps" {
			t.Fatalf("%s: before it %+v, %v", name, m, ok)
		}
		change(a, &b)
		a.see(b)
		if m, ok := a.Moment(shop, "k"); ok {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

// A rule's invitation that no page has shown gives way to an agent's, and to no other
// rule's.
func TestAnAgentsWordComesFirst(t *testing.T) {
	a := newAround(t, 0)
	a.see(at("k", "/"))
	a.Propose(shop, "k", Invitation{RuleID: "r", Text: "Of a rule"})
	a.Propose(shop, "k", Invitation{RuleID: "s", Text: "Of another"})
	if i := a.Waiting(shop, "k"); i.RuleID != "r" {
		t.Fatalf("waiting: %+v", i)
	}
	mine := Invitation{AgentID: "a", Text: "Of an agent"}
	if err := a.Invite(shop, a.one().ID, mine); err != nil {
		t.Fatal(err)
	}
	if i := a.Waiting(shop, "k"); i.AgentID != "a" || i.RuleID != "" {
		t.Errorf("waiting: %+v", i)
	}
	b := newAround(t, 0)
	b.see(at("k", "/"))
	b.Propose(shop, "k", Invitation{RuleID: "r", Text: "Of a rule"})
	b.Say(shop, "k", Shown)
	if err := b.Invite(shop, b.one().ID, mine); !chat.Is(err, chat.Conflict) {
		t.Errorf("over one that stands: %v", err)
	}
}

// After a no, nobody of that network is invited by a rule for an hour, also when the
// list was empty meanwhile; this machine is no network.
func TestANoHoldsForAnHour(t *testing.T) {
	a := newAround(t, 0)
	says := func(key string, near bool) {
		b := at(key, "/")
		b.Near = near
		a.see(b)
		a.Propose(shop, key, Invitation{RuleID: "r"})
		a.Say(shop, key, Declined)
	}
	says("near", true)
	a.see(at("k", "/"))
	if _, ok := a.Moment(shop, "k"); !ok {
		t.Error("a no on this machine counts for others")
	}
	says("k", false)
	a.now += silence
	a.Sweep()
	a.see(at("l", "/"))
	if _, ok := a.Moment(shop, "l"); ok {
		t.Error("invited right after a no")
	}
	other := at("m", "/")
	other.Network = "10.0.0.2"
	a.see(other)
	if _, ok := a.Moment(shop, "m"); !ok {
		t.Error("a no counts for another network")
	}
	a.now += refused - 2*silence
	a.see(at("n", "/"))
	if _, ok := a.Moment(shop, "n"); ok {
		t.Error("the hour was too short")
	}
	a.now += 2 * silence
	a.see(at("o", "/"))
	if _, ok := a.Moment(shop, "o"); !ok {
		t.Error("a no holds for longer than an hour")
	}
}
