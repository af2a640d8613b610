package cycle

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// golden reads a file of testdata, which the browser's tests may read too.
func golden[T any](t testing.TB, name string) T {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// shown lists the rules that a line of Ana's to Maria Lopez satisfies.
func shown(text, customer string, step chat.Step) []Rule {
	t := listen(text, english().names(customer, "Ana Reis"), step)
	out := []Rule{}
	for _, name := range Rules() {
		if t.first(english().rules[name]) >= 0 {
			out = append(out, name)
		}
	}
	return out
}

func TestRulesReadLinesAsPeopleMeanThem(t *testing.T) {
	type line struct {
		Text  string    `json:"text"`
		Step  chat.Step `json:"step"`
		Rules []Rule    `json:"rules"`
	}
	for _, c := range golden[[]line](t, "phrases.json") {
		if c.Step == "" {
			c.Step = chat.Understanding
		}
		slices.Sort(c.Rules)
		if got := shown(c.Text, "Maria Lopez", c.Step); !slices.Equal(got, c.Rules) {
			t.Errorf("%q in %s\n\tgot  %v\n\twant %v", c.Text, c.Step, got, c.Rules)
		}
	}
}

// Every condition of every rule is read by some line of the table, so that no
// phrase file is shipped unread.
func TestEveryRuleHasALine(t *testing.T) {
	type line struct {
		Rules []Rule `json:"rules"`
	}
	seen := map[Rule]bool{}
	for _, c := range golden[[]line](t, "phrases.json") {
		for _, r := range c.Rules {
			seen[r] = true
		}
	}
	for _, name := range Rules() {
		if r := english().rules[name]; !seen[name] && !r.First && !r.Person {
			t.Errorf("no line shows %s", name)
		}
	}
}

func TestNamesThatAreWordsToo(t *testing.T) {
	for _, c := range []struct {
		customer, text string
		used           bool
	}{
		{"Will Turner", "I will look at it, and that will do.", false},
		{"Will Turner", "Hi Will, good to meet you.", true},
		{"Mark", "Please mark the box.", false},
		{"Mark", "Hello Mark!", true},
		{"Grace Hope", "We hope for a little grace.", false},
		{"Maria", "Of course, Maria.", true},
		{"maria", "Of course, Maria.", true},
		{"José Núñez", "Thanks jose!", true},
		{"Mr Lopez", "Dear Mr Lopez", true},
		{"Mr Lopez", "Dear Mr Smith", false},
		{"Jean-Pierre Roux", "Bonjour, hello Jean-Pierre", true},
		{"lopez@example.com", "Write to lopez@example.com", false},
		{"", "Hello there", false},
		{"Ana Gil", "I'm Ana, hello!", false},
	} {
		got := slices.Contains(shown(c.text, c.customer, chat.Greeting), "name_used")
		if got != c.used {
			t.Errorf("%s in %q: used = %v, want %v", c.customer, c.text, got, c.used)
		}
	}
}

func TestYesIsAPlainYes(t *testing.T) {
	for text, want := range map[string]bool{
		"Yes":                          true,
		"yes!":                         true,
		"Yes, exactly. That's it.":     true,
		"Yep that's right":             true,
		"That's correct, thank you":    true,
		"Perfect, please do":           true,
		"Sounds good":                  true,
		"ok great":                     true,
		"Sure, go ahead":               true,
		"works for me 👍":               true,
		"Yes, but I need it on Friday": false,
		"Yes and no":                   false,
		"No":                           false,
		"Not quite":                    false,
		"That's not right":             false,
		"That's almost right":          false,
		"yes? are you sure":            false,
		"Yes. Why do you ask":          false,
		"I think yes":                  false,
		"sure you are":                 true, // sarcasm is beyond words; the agent undoes it with one key
		"ok I'll go elsewhere then":    false,
		"":                             false,
		"👍":                            false,
		"You said “yes, that's right” before": false,
	} {
		if got := saysYes(english().heard.listen(read(text))); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestReadingSplitsSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"One. Two! Three?", "one|two|three?"},
		{"It costs 3.50 at shop.example today", "it costs 3 50 at shop example today"},
		{"Don’t you?\nNo", "don't you?|no"},
		{"a “b c” d", "a " + gap + " d"},
		{`an "open quote stays`, "an open quote stays"},
		{"x\n> quoted\ny", "x|y"},
		{"see www.a.b/c now", "see " + gap + " now"},
		{"CAFÉ", "cafe"},
		{"one; two", "one|two"},
		{"❤️ 👍🏽", ""},
	} {
		var parts []string
		for _, s := range read(c.text) {
			var words []string
			for _, w := range s.words {
				words = append(words, w.text)
			}
			part := strings.Join(words, " ")
			if s.question {
				part += "?"
			}
			parts = append(parts, part)
		}
		if got := strings.Join(parts, "|"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAFaultyPhraseFileIsRefused(t *testing.T) {
	for name, data := range map[string]string{
		"no JSON":         `{`,
		"asks for naught": `{"rules":{"a":{"asks":"b"}}}`,
		"begins with gap": `{"rules":{"a":{"when":[{"any":[".. b"]}]}}}`,
		"begins optional": `{"rules":{"a":{"when":[{"any":["b? c"]}]}}}`,
		"empty word":      `{"rules":{"a":{"when":[{"any":["b| c"]}]}}}`,
		"hyphen":          `{"yes":{"starts":["e-mail it"]}}`,
		"unknown name":    `{"yes":{"starts":["hi {friend}"]}}`,
		"begins with it":  `{"yes":{"starts":["{called} here"]}}`,
		"empty phrase":    `{"yes":{"starts":[""]}}`,
		"empty thanks":    `{"thanks":{"core":[""]}}`,
	} {
		if _, err := newLexicon([]byte(data)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
