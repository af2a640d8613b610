package widget

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/visitors"
)

// rules gives the site rules, all of them on, once in seven days.
func (w *world) rules(rules ...chat.InviteRule) {
	w.t.Helper()
	for i := range rules {
		r := &rules[i]
		r.ID, r.On = chat.NewID(), true
		if r.Name == "" {
			r.Name = "Prices"
		}
		if r.Text == "" {
			r.Text = "Can we help?"
		}
	}
	w.site.Inviting = chat.Inviting{Rules: rules, Times: 1, Days: 7}
	w.must(w.site.Validate())
	w.must(w.store.SaveSite(w.t.Context(), w.site))
}

// heard is what a page hears.
type heard struct {
	Every      chat.Time
	Events     []string
	Invitation *struct{ From, Text, Token string }
}

// tells sends what a page tells and reads what it hears.
func (w *world) tells(change m) (out heard) {
	w.t.Helper()
	status, _, body := w.report(change)
	if status != 200 {
		w.t.Fatalf("%v: %d %s", change, status, body)
	}
	w.must(json.Unmarshal(body, &out))
	return out
}

// came is what came of all rules so far.
func (w *world) came() (sum chat.InviteUse) {
	w.t.Helper()
	list, err := w.store.InviteUses(w.t.Context(), w.site.ID, "")
	w.must(err)
	for _, u := range list {
		sum.Shown, sum.Declined, sum.Answered, sum.Led = sum.Shown+u.Shown, sum.Declined+u.Declined, sum.Answered+u.Answered, sum.Led+u.Led
	}
	return sum
}

// TestARuleInvitesInItsTime: the page is told when to ask, is invited once in a visit,
// and however often it says so it is counted once; its words name the rule.
func TestARuleInvitesInItsTime(t *testing.T) {
	w := newWorld(t)
	w.rules(chat.InviteRule{OnPage: 8, Pages: []chat.PagePattern{{How: "begins", Text: "/lamps"}}, Words: map[string]string{"ar": "مرحبا"}})
	if got := w.tells(nil); got.Invitation != nil || got.Every > 8_000 || got.Every < 3_000 || len(got.Events) != 0 {
		t.Fatalf("at first: %+v", got)
	}
	w.ahead.Add(8_000)
	got := w.tells(m{"locale": "ar"})
	if i := got.Invitation; i == nil || i.From != "Lumen" || i.Text != "مرحبا" || len(i.Token) < 32 {
		t.Fatalf("in time: %+v", got)
	}
	for _, said := range []string{visitors.Shown, visitors.Shown, "", visitors.Answered, visitors.Shown} {
		w.tells(m{"said": said})
	}
	v := w.visit(m{})
	if status, body := w.call("POST", "/v1/widget/attributes", v.Token, m{"attributes": m{"invitation_token": got.Invitation.Token}}); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	c, _ := w.connect(v.Token, nil, "")
	talk := chat.NewID()
	c.say(talk, "How much is it?")
	events, err := w.store.EventsAfter(t.Context(), talk, 0)
	w.must(err)
	found := ""
	for _, e := range events {
		if e.Type == chat.InvitationAnswered {
			found = e.Showing.Rule + ": " + e.Showing.Text
		}
	}
	if found != "Prices: مرحبا" || w.came() != (chat.InviteUse{Shown: 1, Answered: 1}) {
		t.Errorf("told %q, counted %+v", found, w.came())
	}
	if _, body := w.call("GET", "/v1/widget/conversations/"+talk+"/messages", v.Token, nil); strings.Contains(string(body), "invitation.answered") {
		t.Errorf("the visitor reads %s", body)
	}
	if got := w.tells(nil); got.Invitation != nil {
		t.Errorf("invited twice in a visit: %+v", got)
	}
}

// TestARuleWaitsForTheServer: hours and presence are not the page's to say, and an event
// is asked for by its name.
func TestARuleWaitsForTheServer(t *testing.T) {
	w := newWorld(t)
	w.rules(
		chat.InviteRule{OnPage: 3, When: "there", Name: "There"},
		chat.InviteRule{OnPage: 3, When: "closed", Name: "Closed"},
		chat.InviteRule{Event: "size guide", Visits: 2, From: "agent", Name: "Event"},
	)
	w.tells(nil)
	w.ahead.Add(5_000)
	got := w.tells(m{"events": []string{"other"}, "visits": 1})
	if got.Invitation != nil || len(got.Events) != 1 || got.Events[0] != "size guide" {
		t.Fatalf("nobody is there, no hours are kept: %+v", got)
	}
	if got := w.tells(m{"events": []string{"size guide"}, "visits": 1}); got.Invitation != nil {
		t.Errorf("on the first visit: %+v", got)
	}
	if got := w.tells(m{"events": []string{"size guide"}, "visits": 2}); got.Invitation == nil || got.Invitation.From != "Lumen" {
		t.Errorf("on the second: %+v", got)
	}
	if v := w.around(); len(v) != 1 || v[0].Visits != 2 || v[0].Invitation.Rule != "Event" {
		t.Errorf("in the list: %+v", v)
	}
	if status, _, body := w.report(m{"events": make([]string, maxEvents+1)}); status != 422 {
		t.Errorf("too many events: %d %s", status, body)
	}
}

// TestARuleKeepsToItsLimits: a customer is invited once in the site's days, and not at
// all after a no; what is beyond a network's share is not shown.
func TestARuleKeepsToItsLimits(t *testing.T) {
	w := newWorld(t, func(o *Options) { o.Rates.Invite = twice })
	w.rules(chat.InviteRule{OnPage: 3, Segments: []string{"existing"}}, chat.InviteRule{OnPage: 600})
	v := w.visit(m{"identity": w.signed(nil)})
	segment := "existing"
	if status, _ := w.call("GET", "/v1/widget/known", v.Token, nil); status != 200 {
		t.Fatal("the visitor is not known")
	}
	p, err := w.store.Person(t.Context(), v.Person.ID)
	w.must(err)
	p.Segment = segment
	w.must(w.store.Write(t.Context(), func(tx chat.Tx) error { return tx.SavePerson(p) }))
	device := chat.HashSecret(v.Secret)
	come := func(page string) heard {
		t.Helper()
		id := strings.Repeat(page, 16)
		w.tells(m{"id": id, "device": device})
		w.ahead.Add(4_000)
		return w.tells(m{"id": id, "device": device})
	}
	if got := come("0a"); got.Invitation == nil {
		t.Fatalf("an existing customer: %+v", got)
	}
	w.tells(m{"id": strings.Repeat("0a", 16), "device": device, "said": visitors.Shown})
	w.ahead.Add(100_000)
	if got := come("0b"); got.Invitation != nil {
		t.Errorf("in the same week: %+v", got)
	}
	w.ahead.Add(int64(8 * 24 * time.Hour / time.Millisecond))
	if got := come("0c"); got.Invitation == nil {
		t.Errorf("a week later: %+v", got)
	}
	w.tells(m{"id": strings.Repeat("0c", 16), "device": device, "said": visitors.Shown})
	w.tells(m{"id": strings.Repeat("0c", 16), "device": device, "said": visitors.Declined})
	w.site.Inviting.Times = 5
	w.must(w.store.SaveSite(t.Context(), w.site))
	w.ahead.Add(100_000)
	if got := come("0d"); got.Invitation != nil {
		t.Errorf("after a no: %+v", got)
	}
	w.ahead.Add(int64(8 * 24 * time.Hour / time.Millisecond))
	for i, page := range []string{"0e", "1e", "2e"} {
		w.ahead.Add(100_000)
		if got := come(page); (got.Invitation != nil) != (i < 2) {
			t.Errorf("showing %d of a network that may have two: %+v", i+1, got)
		}
	}
	if got := w.came(); got != (chat.InviteUse{Shown: 2, Declined: 1}) {
		t.Errorf("counted %+v", got)
	}
}

// TestRulesAloneListNobody, but let pages tell of themselves; previews only show a card.
func TestRulesAloneLetPagesTell(t *testing.T) {
	w := newWorld(t)
	config := func(key string) string {
		_, body := w.call("GET", "/v1/widget/config.js?site="+key, "", nil)
		return string(body)
	}
	if strings.Contains(config(w.site.Key), "/v1/widget/here") {
		t.Error("a site that wants nothing loads the beacon")
	}
	w.rules(chat.InviteRule{OnPage: 3})
	if s := config(w.site.Key); !strings.Contains(s, "/v1/widget/here") || strings.Contains(s, "Can we help?") {
		t.Errorf("with a rule on: %s", s)
	}
	shown, err := w.previews.Keep(t.Context(), w.site)
	w.must(err)
	if s := config(shown); strings.Contains(s, "/v1/widget/here") || !strings.Contains(s, "Rapport.w={") {
		t.Errorf("a preview: %s", s)
	}
	if door.DefaultRates().Invite.Burst == 0 {
		t.Error("no rule may ever invite")
	}
}

// TestARuleIsTried shows a rule to who has its token, whatever it waits for, lists
// nobody and counts nothing; the beacon comes along for as long as that takes.
func TestARuleIsTried(t *testing.T) {
	w := newWorld(t)
	config := func() string {
		_, body := w.call("GET", "/v1/widget/config.js?site="+w.site.Key, "", nil)
		return string(body)
	}
	token, err := w.tries.Keep(t.Context(), w.site.ID, &chat.InviteRule{On: false, OnPage: 60, Text: "Can we help?", Words: map[string]string{"ar": "هل نساعدك؟"}})
	w.must(err)
	if s := config(); !strings.Contains(s, `Rapport.b??={"site":"`+w.site.Key) || !strings.Contains(s, "rapport-try") || strings.Contains(s, token) {
		t.Errorf("its page is told %s", s)
	}
	shown := func(with string) (int, string) {
		status, _, body := w.report(m{"id": "", "url": "", "title": "", "try": with, "locale": "ar"})
		return status, string(body)
	}
	for range 3 {
		if status, body := shown(token); status != 200 || !strings.Contains(body, "هل نساعدك؟") || !strings.Contains(body, `"tried":"`) || strings.Contains(body, `"token"`) {
			t.Fatalf("%d %s", status, body)
		}
	}
	if got := w.came(); got != (chat.InviteUse{}) {
		t.Errorf("counted %+v", got)
	}
	if list := w.around(); len(list) > 0 {
		t.Errorf("listed %+v", list)
	}
	if status, body := shown(token + "x"); status != 404 {
		t.Errorf("another token: %d %s", status, body)
	}
	w.ahead.Add(int64(10 * time.Minute / time.Millisecond))
	if status, body := shown(token); status != 404 {
		t.Errorf("after ten minutes: %d %s", status, body)
	}
	if s := config(); strings.Contains(s, "rapport-try") {
		t.Errorf("after ten minutes its page is told %s", s)
	}
}
