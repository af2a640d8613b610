package cycle

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/hub/chat"
)

// Whatever is written and whoever is called whatever, reading it is bounded,
// reasons fit their line, and the state can be stored and read back.
func FuzzApply(f *testing.F) {
	f.Add("Hello Maria, I'm Ana. What matters most to you?", "Maria Lopez", "Ana")
	f.Add("> quoted\n“never closed\nwww.", "Mr", "\x00")
	f.Add("{customer} {agent} \x00 it’s", "{customer}", "{agent}")
	f.Add("\xff\xfe é́́ ﷽ ?!", "é", "'")
	f.Add("I'll send it to you by Friday...", "ß", "İ")
	g := guide()
	f.Fuzz(func(t *testing.T, text, customer, agent string) {
		m := chat.Message{ID: "m1", Kind: chat.Reply, By: chat.ByAgent, Text: text, At: 1}
		s, changes, _ := Apply(g, Start(), Posted(m, customer, agent, nil))
		for _, c := range changes {
			if n := utf8.RuneCountInString(c.Why); n > 120 || strings.ContainsAny(c.Why, "\n\r") {
				t.Errorf("a reason of %d characters: %q", n, c.Why)
			}
		}
		var stored chat.Matter
		s.Save(&stored)
		back, err := Load(stored)
		if err != nil {
			t.Fatal(err)
		}
		m.By = chat.ByPerson
		if s, _, _ = Apply(g, back, Posted(m, customer, "", nil)); s.Asked != "" {
			t.Errorf("an answered question is still open: %s", s.Asked)
		}
	})
}

func TestReadingIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"words":         strings.Repeat("thank you ", 5000),
		"open quotes":   strings.Repeat("“", 10_000),
		"quote marks":   strings.Repeat(`" `, 5000),
		"question mark": strings.Repeat("a?", 5000),
		"one word":      strings.Repeat("a", 10_000),
	} {
		words := 0
		for _, s := range read(text) {
			words += len(s.words)
		}
		if words > maxWords {
			t.Errorf("%s: %d words were read", name, words)
		}
	}
}

// What cannot be timed here can be counted: a line of quotes that never end is
// searched for their end once.
func BenchmarkReadOpenQuotes(b *testing.B) {
	text := strings.Repeat("“", 10_000)
	for b.Loop() {
		read(text)
	}
}
