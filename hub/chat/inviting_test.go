package chat_test

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

// inviting are settings with one rule that holds.
func inviting() chat.SiteSettings {
	s := chat.DefaultSettings("Lumen")
	s.Inviting.Rules = []chat.InviteRule{{ID: chat.NewID(), Name: "Prices", OnPage: 20, Text: "Can we help?"}}
	return s
}

func TestRulesAreCleaned(t *testing.T) {
	s := inviting()
	r := &s.Inviting.Rules[0]
	r.Name, r.Text, r.Sources = " Prices\u202e ", " Can we help? \x07", []string{" Search.Example "}
	r.Pages = []chat.PagePattern{{How: "begins", Text: " /prices "}}
	r.Words = map[string]string{"ar": "مرحبا", "en": " "}
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	if r.Name != "Prices" || r.Text != "Can we help?" || r.Sources[0] != "search.example" || r.Pages[0].Text != "/prices" || len(r.Words) != 1 {
		t.Errorf("cleaned: %+v", r)
	}
	if s.Inviting.Times != 1 || s.Inviting.Days != 7 {
		t.Errorf("the limit is %d in %d days", s.Inviting.Times, s.Inviting.Days)
	}
	if r.In("ar") != "مرحبا" || r.In("en") != "Can we help?" {
		t.Errorf("it says %q and %q", r.In("ar"), r.In("en"))
	}
	if s.LooksAround() {
		t.Error("a rule that is off lets pages tell of themselves")
	}
	r.On = true
	if !s.LooksAround() {
		t.Error("with a rule on no page tells of itself")
	}
	s.Disabled = true
	if s.LooksAround() {
		t.Error("a site that is switched off looks around")
	}
	s.Inviting.Rules, s.Inviting.Times = nil, 5
	if err := s.Validate(); err != nil || s.Inviting.Times != 0 {
		t.Errorf("the limit of no rules is %d: %v", s.Inviting.Times, err)
	}
}

func TestRulesAreBounded(t *testing.T) {
	many := func(n int) (out []chat.PagePattern) {
		for range n {
			out = append(out, chat.PagePattern{How: "contains", Text: "a"})
		}
		return out
	}
	for field, change := range map[string]func(*chat.Inviting, *chat.InviteRule){
		"inviting.rules.0.id":       func(_ *chat.Inviting, r *chat.InviteRule) { r.ID = "x" },
		"inviting.rules.1.id":       func(v *chat.Inviting, r *chat.InviteRule) { v.Rules = append(v.Rules, *r) },
		"inviting.rules.0.name":     func(_ *chat.Inviting, r *chat.InviteRule) { r.Name = "\u200b" },
		"inviting.rules.0.text":     func(_ *chat.Inviting, r *chat.InviteRule) { r.Text = strings.Repeat("ü", chat.MaxInviteText+1) },
		"inviting.rules.0.words":    func(_ *chat.Inviting, r *chat.InviteRule) { r.Words = map[string]string{"<b>": "x"} },
		"inviting.rules.0.pages":    func(_ *chat.Inviting, r *chat.InviteRule) { r.Pages = many(chat.MaxInviteParts + 1) },
		"inviting.rules.0.sources":  func(_ *chat.Inviting, r *chat.InviteRule) { r.Sources = []string{"https://search.example/"} },
		"inviting.rules.0.on_page":  func(_ *chat.Inviting, r *chat.InviteRule) { r.OnPage = 2 },
		"inviting.rules.0.on_site":  func(_ *chat.Inviting, r *chat.InviteRule) { r.OnSite = chat.MaxInviteWait + 1 },
		"inviting.rules.0.visits":   func(_ *chat.Inviting, r *chat.InviteRule) { r.Visits = -1 },
		"inviting.rules.0.segments": func(_ *chat.Inviting, r *chat.InviteRule) { r.Segments = []string{"new", "new"} },
		"inviting.rules.0.loyalty":  func(_ *chat.Inviting, r *chat.InviteRule) { r.Loyalty = []string{"loyal"} },
		"inviting.rules.0.when":     func(_ *chat.Inviting, r *chat.InviteRule) { r.When = "never" },
		"inviting.rules.0.from":     func(_ *chat.Inviting, r *chat.InviteRule) { r.From = "owner" },
		"inviting.times":            func(v *chat.Inviting, _ *chat.InviteRule) { v.Times, v.Days = chat.MaxInviteTimes+1, 7 },
		"inviting.days":             func(v *chat.Inviting, _ *chat.InviteRule) { v.Times, v.Days = 1, chat.MaxInviteDays+1 },
		"inviting.rules": func(v *chat.Inviting, r *chat.InviteRule) {
			for range chat.MaxInviteRules {
				v.Rules = append(v.Rules, *r)
			}
		},
	} {
		s := inviting()
		change(&s.Inviting, &s.Inviting.Rules[0])
		f, ok := s.Validate().(*chat.Failure)
		if !ok || f.Code != chat.Invalid || f.Field != field {
			t.Errorf("%s: refused as %+v", field, f)
		}
	}
	for _, p := range []chat.PagePattern{{How: "ends", Text: "/a"}, {How: "is", Text: "a"}, {How: "contains", Text: " "}} {
		s := inviting()
		s.Inviting.Rules[0].Pages = []chat.PagePattern{p}
		if err := s.Validate(); !chat.Is(err, chat.Invalid) {
			t.Errorf("%+v: %v", p, err)
		}
	}
}
