package chat_test

import (
	"strings"
	"testing"

	"rapport/hub/chat"
)

func TestALookKeepsItsBounds(t *testing.T) {
	for field, change := range map[string]func(*chat.Look){
		"side":     func(l *chat.Look) { l.Side = 3 },
		"bottom":   func(l *chat.Look) { l.Bottom = 201 },
		"launcher": func(l *chat.Look) { l.Launcher = "banner" },
		"icon":     func(l *chat.Look) { l.Icon = "M0 0" },
		"theme":    func(l *chat.Look) { l.Theme = `dark" onload="x` },
		"label":    func(l *chat.Look) { l.Launcher, l.Label = "label", " \u200b" },
		"picture":  func(l *chat.Look) { l.Picture = "../../key" },
		"locales":  func(l *chat.Look) { l.Locales = []string{"en", "en"} },
		"words":    func(l *chat.Look) { l.Words = map[string]chat.LookWords{`en"`: {Name: "x"}} },
	} {
		s := chat.DefaultSettings("Shop")
		change(&s.Look)
		if f, ok := s.Validate().(*chat.Failure); !ok || f.Field != field {
			t.Errorf("%s: %v", field, f)
		}
	}
}

// A language says its own words where it has some, and otherwise the site's.
func TestWordsFallBack(t *testing.T) {
	s := chat.DefaultSettings("Shop")
	s.Look.Launcher, s.Look.Label = "label", "Ask"
	s.Look.Words = map[string]chat.LookWords{"ar": {Greeting: " أهلاً "}, "fr": {Name: " "}}
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	if want := (chat.LookWords{Name: "Shop", Greeting: "أهلاً", ReplyNote: s.ReplyNote, Label: "Ask"}); s.In("ar") != want {
		t.Errorf("in Arabic: %+v", s.In("ar"))
	}
	if _, kept := s.Look.Words["fr"]; kept {
		t.Error("a language without words is kept")
	}
	s.Look.Launcher = "icon"
	if got := s.In("en"); got.Label != "" || !strings.HasPrefix(got.Greeting, "Hello") {
		t.Errorf("in English: %+v", got)
	}
}
