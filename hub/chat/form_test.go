package chat_test

import (
	"maps"
	"strings"
	"testing"

	"rapport/hub/chat"
)

func asking() chat.Form {
	f := chat.DefaultForm()
	f.Ask, f.Consent = true, "That you keep this."
	f.Fields = []chat.FormField{
		{Kind: "name"}, {Kind: "email", Required: true}, {Kind: "text", Key: "Order number"},
		{Kind: "choice", Key: "About", Options: []string{"An order", "Something else"}}, {Kind: "check", Key: "Call me back"},
	}
	return f
}

func TestAFormKeepsItsBounds(t *testing.T) {
	for field, change := range map[string]func(*chat.Form){
		"away":   func(f *chat.Form) { f.Away = "bot" },
		"link":   func(f *chat.Form) { f.Link = "javascript:alert(1)" },
		"words":  func(f *chat.Form) { f.Words = map[string]chat.FormWords{"<b>": {}} },
		"fields": func(f *chat.Form) { f.Fields[2].Key = "name" },
	} {
		s := chat.DefaultSettings("Shop")
		s.Form = asking()
		change(&s.Form)
		if f, ok := s.Validate().(*chat.Failure); !ok || f.Field != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	for name, fields := range map[string][]chat.FormField{
		"nine": make([]chat.FormField, 9), "a kind of nobody's": {{Kind: "file", Key: "x"}}, "no words": {{Kind: "text", Key: " \u200b"}},
		"twice": {{Kind: "text", Key: "A"}, {Kind: "check", Key: " A "}}, "one answer": {{Kind: "choice", Key: "A", Options: []string{"x"}}},
		"the same answer": {{Kind: "choice", Key: "A", Options: []string{"x", "x "}}}, "an event": {{Kind: "text", Key: "event:paid"}}, "a delay": {{Kind: "text", Key: "delay"}}, "a consent": {{Kind: "text", Key: "Consent"}},
	} {
		s := chat.DefaultSettings("Shop")
		s.Form = asking()
		s.Form.Fields = fields
		if err := s.Validate(); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What somebody writes into a form is held to it: nothing unasked, nothing out of
// bounds, no consent assumed.
func TestAnswersAreHeldToTheirForm(t *testing.T) {
	s := chat.DefaultSettings("Shop")
	s.Form = asking()
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	good := map[string]string{"name": " Maria\u202e \n Lopez", "email": "Maria@Example.com", "About": "An order", "Call me back": "yes", "Order number": ""}
	got, err := s.Form.Read(&chat.FormAnswer{Answers: good, Agreed: true, Version: s.Form.Version()})
	want := map[string]string{"name": "Maria Lopez", "email": "maria@example.com", "About": "An order", "Call me back": "yes"}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %q: %v", got, err)
	}
	for field, change := range map[string]map[string]string{
		"form.email": {"email": ""}, "form.About": {"About": "Free money"}, "form.Call me back": {"Call me back": "on"},
		"form.admin": {"admin": "yes"}, "form.Order number": {"Order number": strings.Repeat("x", chat.MaxValue+1)}, "form.name": {"name": "\xff"},
	} {
		answers := maps.Clone(good)
		maps.Copy(answers, change)
		_, err := s.Form.Read(&chat.FormAnswer{Answers: answers, Agreed: true, Version: s.Form.Version()})
		if f, ok := err.(*chat.Failure); !ok || f.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := s.Form.Read(&chat.FormAnswer{Answers: good}); !chat.Is(err, chat.Invalid) {
		t.Errorf("without consent: %v", err)
	}
	away := chat.DefaultForm()
	if _, err := away.Read(&chat.FormAnswer{Away: true}); !chat.Is(err, chat.Invalid) {
		t.Errorf("nobody is there and no address is left: %v", err)
	}
	if got, err := away.Read(&chat.FormAnswer{Away: true, Answers: map[string]string{"email": "a@example.com"}}); err != nil || got["email"] != "a@example.com" {
		t.Errorf("got %q: %v", got, err)
	}
}

// Who agreed to other words is asked anew.
func TestAFormsVersionFollowsWhatIsAgreedTo(t *testing.T) {
	a, b := asking(), asking()
	b.Intro, b.Away = "Hello", "hide"
	if a.Version() != b.Version() {
		t.Error("a first line makes another form")
	}
	b.Consent = "That you sell this."
	if a.Version() == b.Version() {
		t.Error("another consent is the same form")
	}
	c := asking()
	c.Words = map[string]chat.FormWords{"de": {Consent: "Dass ihr das behaltet."}}
	if c.Version() == a.Version() || c.VersionIn("de") == c.Version() || c.VersionIn("fr") != c.Version() {
		t.Error("a consent in another language is the same form")
	}
}
