package starter

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

// everyTrade runs a test on the set of each trade.
func everyTrade(t *testing.T, test func(t *testing.T, s Set)) {
	for _, trade := range chat.Trades {
		t.Run(trade, func(t *testing.T) {
			s, err := Load(trade)
			if err != nil {
				t.Fatal(err)
			}
			test(t, s)
		})
	}
}

func TestStarterSetsAreLargeEnough(t *testing.T) {
	everyTrade(t, func(t *testing.T, s Set) {
		if p, m, a, v := len(s.Prompts), len(s.Templates), len(s.Answers), len(s.Standards); p < 50 || m < 60 || a < 15 || v < 12 {
			t.Errorf("%d prompts, %d templates, %d answers, %d standards", p, m, a, v)
		}
	})
	if _, err := Load("bakery"); !chat.Is(err, chat.Invalid) {
		t.Errorf("a trade without a set: %v", err)
	}
}

// Every step, type, mood, segment, loyalty group, journey stage and complaint
// stage has a prompt and a template of its own.
func TestStarterSetsCoverTheCycle(t *testing.T) {
	kinds := []struct {
		name  string
		words []string
		of    func(chat.Fit) []string
	}{
		{"type", chat.InteractionTypes, func(f chat.Fit) []string { return f.Types }},
		{"mood", chat.Moods, func(f chat.Fit) []string { return f.Moods }},
		{"segment", chat.Segments, func(f chat.Fit) []string { return f.Segments }},
		{"loyalty group", chat.LoyaltyGroups, func(f chat.Fit) []string { return f.Loyalty }},
		{"journey stage", chat.JourneyStages, func(f chat.Fit) []string { return f.Journey }},
		{"complaint stage", chat.ComplaintStages, func(f chat.Fit) []string { return f.Stages }},
	}
	everyTrade(t, func(t *testing.T, s Set) {
		for _, k := range kinds {
			for _, word := range k.words {
				has := func(f chat.Fit) bool { return slices.Contains(k.of(f), word) }
				if !slices.ContainsFunc(s.Prompts, func(p Prompt) bool { return has(p.Fit) }) {
					t.Errorf("no prompt for the %s %s", k.name, word)
				}
				if !slices.ContainsFunc(s.Templates, func(x Template) bool { return has(x.Fit) }) {
					t.Errorf("no template for the %s %s", k.name, word)
				}
			}
		}
		for _, step := range chat.Steps {
			shown := 0
			for _, p := range s.Prompts {
				if p.Step == step && asksForNothing(p.Fit) {
					shown++
				}
			}
			if shown < 4 || shown > 8 {
				t.Errorf("%s always shows %d prompts, want 4 to 8", step, shown)
			}
			n := 0
			for _, x := range s.Templates {
				if slices.Contains(x.Steps, step) {
					n++
				}
			}
			if n < 8 {
				t.Errorf("%s has %d templates, want at least 8", step, n)
			}
			if !slices.ContainsFunc(s.Standards, func(v Standard) bool { return slices.Contains(v.Steps, step) }) {
				t.Errorf("%s has no standard", step)
			}
		}
	})
}

// asksForNothing reports whether what has this fit is always shown.
func asksForNothing(f chat.Fit) bool {
	return len(f.Types)+len(f.Moods)+len(f.Segments)+len(f.Loyalty)+len(f.Journey)+len(f.Stages)+len(f.Channels)+len(f.Languages) == 0
}

// A line that was too long would be cut by the check and read as if it broke off.
func TestNothingInTheStarterSetsIsCut(t *testing.T) {
	everyTrade(t, func(t *testing.T, s Set) {
		for _, p := range s.Prompts {
			if n := utf8.RuneCountInString(p.Text); n > 48 {
				t.Errorf("prompt %s: aim of %d characters does not fit a line of the panel", p.Key, n)
			}
			if n := utf8.RuneCountInString(p.Help); n == 0 || n > 200 {
				t.Errorf("prompt %s: help has %d characters", p.Key, n)
			}
			if !strings.HasSuffix(p.Help, ".") && !strings.HasSuffix(p.Help, "?") {
				t.Errorf("prompt %s: help breaks off: %q", p.Key, p.Help)
			}
		}
		for _, v := range s.Standards {
			if !strings.HasSuffix(v.Why, ".") || !strings.HasSuffix(v.Shown, ".") {
				t.Errorf("standard %s breaks off: %q %q", v.Key, v.Why, v.Shown)
			}
		}
	})
}

var (
	stiff    = regexp.MustCompile(`(?i)unfortunately|as per\b|\bkindly\b|please be advised|our policy|inconvenience|valued customer|do not hesitate|\bvia\b|asap|assistance|regarding|furthermore`)
	sentence = regexp.MustCompile(`[.!?:]+\s+|\n+`)
	link     = regexp.MustCompile(`\{\{([^}|]*)(\|[^}]*)?\}\}`)
)

// Customers read plain sentences: short, and without the phrases of offices.
func TestStarterWordsArePlain(t *testing.T) {
	everyTrade(t, func(t *testing.T, s Set) {
		for title, body := range bodies(s) {
			if found := stiff.FindString(title + " " + body); found != "" {
				t.Errorf("%s says %q", title, found)
			}
			plain := link.ReplaceAllString(body, "$1")
			for _, one := range sentence.Split(plain, -1) {
				if n := len(strings.Fields(one)); n > 26 {
					t.Errorf("%s: a sentence of %d words: %q", title, n, one)
				}
			}
		}
	})
}

// bodies are the words that customers read, by title.
func bodies(s Set) map[string]string {
	out := map[string]string{}
	for _, x := range s.Templates {
		out["template "+x.Title] = x.Body
	}
	for _, a := range s.Answers {
		out["answer "+a.Title] = a.Text
	}
	return out
}

// The "/" menu offers templates and answers side by side: one shortcut, one row.
func TestStarterShortcutsAreUnique(t *testing.T) {
	everyTrade(t, func(t *testing.T, s Set) {
		seen := map[string]string{}
		note := func(shortcut, title string) {
			if shortcut == "" || seen[shortcut] != "" {
				t.Errorf("/%s: %q and %q", shortcut, seen[shortcut], title)
			}
			seen[shortcut] = title
		}
		for _, x := range s.Templates {
			note(x.Shortcut, x.Title)
		}
		for _, a := range s.Answers {
			note(a.Shortcut, a.Title)
		}
	})
}

// A greeting greets before it identifies itself or anybody else.
func TestGreetingsGreetFirst(t *testing.T) {
	greeting := regexp.MustCompile(`^(Hello|Hi|What a lovely message)\b`)
	everyTrade(t, func(t *testing.T, s Set) {
		for _, x := range s.Templates {
			if x.Steps[0] == chat.Greeting && !greeting.MatchString(x.Body) {
				t.Errorf("%s begins with %q", x.Title, x.Body)
			}
		}
	})
}

// Whoever the customer is and whatever the owner has told, a starter text never
// leaves a placeholder, a hole, or a doubled full stop.
func TestStarterTextsFillForAnUnknownCustomer(t *testing.T) {
	bare := chat.Site{SiteSettings: chat.DefaultSettings("Fern & Clay")}
	told := bare
	told.Facts = chat.Facts{Returns: "You can send it back within 30 days.", Delivery: "It takes two days.", Price: "All prices include tax.", Phone: "0123 456.", Tone: "Warm wishes"}
	everyTrade(t, func(t *testing.T, s Set) {
		for title, body := range bodies(s) {
			for _, site := range []chat.Site{bare, told} {
				text, missing := cycle.Render(body, cycle.Values(chat.Person{}, chat.Agent{Name: "Ana Reis"}, site))
				if len(missing) > 0 || strings.Contains(text, "{") {
					t.Errorf("%s: missing %v in %q", title, missing, text)
				}
				if strings.Contains(text, "  ") || strings.Contains(text, " ,") || strings.Contains(text, "..") {
					t.Errorf("%s: a hole is left in %q", title, text)
				}
			}
			for _, m := range link.FindAllStringSubmatch(body, -1) {
				if strings.HasPrefix(m[1], "site.") && m[1] != "site.name" && m[2] == "" {
					t.Errorf("%s: %s has no words to fall back on", title, m[1])
				}
			}
		}
	})
}

// Most starter templates tick a prompt of one of their own steps: what we offer
// as a good reply is a good reply by our own rules.
func TestStarterTemplatesSatisfyTheirOwnPrompts(t *testing.T) {
	everyTrade(t, func(t *testing.T, s Set) {
		g := s.For("site", s.Origin(), 1)
		guide, step := cycle.NewGuide(g.Prompts), map[string]chat.Step{}
		for _, p := range g.Prompts {
			step[chat.PromptPrefix+p.Key] = p.Step
		}
		vars := cycle.Values(chat.Person{Name: "Maria Lopez"}, chat.Agent{Name: "Ana Reis"}, chat.Site{SiteSettings: chat.DefaultSettings("Fern & Clay")})
		var silent []string
		for _, tpl := range g.Templates {
			text, _ := cycle.Render(tpl.Body, vars)
			st := cycle.Start()
			st.Step = tpl.Steps[len(tpl.Steps)-1]
			st.Replied = st.Step != chat.Greeting
			m := chat.Message{ID: "m", Kind: chat.Reply, By: chat.ByAgent, Text: text, At: 5}
			_, changes, _ := cycle.Apply(guide, st, cycle.Posted(m, "Maria Lopez", "Ana Reis", &tpl))
			if !slices.ContainsFunc(changes, func(c cycle.Change) bool {
				return c.What != chat.StepAim && c.What != "prompt:first_reply" && slices.Contains(tpl.Steps, step[c.What])
			}) {
				silent = append(silent, tpl.Shortcut)
			}
		}
		if n := len(g.Templates); len(silent)*100 > 12*n {
			t.Errorf("%d of %d templates tick nothing of their own step: %v", len(silent), n, silent)
		}
	})
}

func TestRowsOfASiteHaveIDsOriginAndOrder(t *testing.T) {
	s, err := Load("shop")
	if err != nil {
		t.Fatal(err)
	}
	g := s.For("s1", s.Origin(), 42)
	for i, p := range g.Prompts {
		if !chat.ValidID(p.ID) || p.SiteID != "s1" || p.Origin != "starter:2" || p.Position != int64(i+1) {
			t.Fatalf("prompt %d: %+v", i, p)
		}
	}
	for _, tpl := range g.Templates {
		if !chat.ValidID(tpl.ID) || tpl.SiteID != "s1" || tpl.Origin != "starter:2" || tpl.UpdatedAt != 42 || tpl.Version != 1 {
			t.Fatalf("template %+v", tpl)
		}
	}
	if len(g.Answers) == 0 || g.Answers[0].SiteID != "s1" || len(g.Standards) == 0 || g.Standards[1].Position != 2 {
		t.Errorf("answers %+v standards %+v", g.Answers, g.Standards)
	}
	// What goes out comes in again.
	text, err := From(g, "en").JSON()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(s)
	b, _ := json.Marshal(back)
	if string(a) != string(b) {
		t.Errorf("lost on the way:\n%s\n%s", a, b)
	}
}
