package starter

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rapport/hub/chat"
	"rapport/hub/cycle"
)

func load(t *testing.T) Set {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStarterSetCoversEveryStep(t *testing.T) {
	s := load(t)
	prompts, templates := s.For("site", 1)
	if n := len(templates); n < 18 || n > 25 {
		t.Errorf("%d templates, want 18 to 25", n)
	}
	for _, step := range chat.Steps {
		n := 0
		for _, p := range prompts {
			if p.Step == step {
				n++
			}
		}
		if n < 4 || n > 7 {
			t.Errorf("%s has %d prompts, want 4 to 7", step, n)
		}
		fitting := slices.DeleteFunc(slices.Clone(templates), func(x chat.Template) bool { return !slices.Contains(x.Steps, step) })
		if len(fitting) < 3 {
			t.Errorf("%s has %d templates, want at least 3", step, len(fitting))
		}
	}
}

// A line that was too long would be cut by the check and read as if it broke off.
func TestNothingInTheStarterSetIsCut(t *testing.T) {
	for _, p := range load(t).Prompts {
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
}

// Whoever the customer is, a starter template never leaves a placeholder.
func TestStarterTemplatesFillForAnUnknownCustomer(t *testing.T) {
	vars := cycle.Values(chat.Person{}, chat.Agent{Name: "Ana Reis"}, chat.Site{SiteSettings: chat.DefaultSettings("Fern & Clay")})
	_, templates := load(t).For("site", 1)
	for _, tpl := range templates {
		text, missing := cycle.Render(tpl.Body, vars)
		if len(missing) > 0 || strings.Contains(text, "{") {
			t.Errorf("%s: missing %v in %q", tpl.Title, missing, text)
		}
		if strings.Contains(text, "  ") || strings.Contains(text, " ,") {
			t.Errorf("%s: a hole is left in %q", tpl.Title, text)
		}
	}
}

// Sending a starter template ticks a prompt of one of its own steps: what we
// offer as a good reply is a good reply by our own rules.
func TestStarterTemplatesSatisfyTheirOwnPrompts(t *testing.T) {
	byHand := map[string]bool{"order": true, "fair": true}
	prompts, templates := load(t).For("site", 1)
	guide := cycle.NewGuide(prompts)
	step := make(map[string]chat.Step)
	for _, p := range prompts {
		step[chat.PromptPrefix+p.Key] = p.Step
	}
	vars := cycle.Values(chat.Person{Name: "Maria Lopez"}, chat.Agent{Name: "Ana Reis"}, chat.Site{SiteSettings: chat.DefaultSettings("Fern & Clay")})
	for _, tpl := range templates {
		text, _ := cycle.Render(tpl.Body, vars)
		s := cycle.Start()
		s.Step = tpl.Steps[len(tpl.Steps)-1]
		s.Replied = s.Step != chat.Greeting
		m := chat.Message{ID: "m", Kind: chat.Reply, By: chat.ByAgent, Text: text, At: 5}
		_, changes, _ := cycle.Apply(guide, s, cycle.Posted(m, "Maria Lopez", "Ana Reis", &tpl))
		own := slices.ContainsFunc(changes, func(c cycle.Change) bool {
			return c.What != chat.StepAim && c.What != "prompt:first_reply" && slices.Contains(tpl.Steps, step[c.What])
		})
		if own == byHand[tpl.Shortcut] {
			t.Errorf("%s: ticks of its own step: %v; got %+v", tpl.Title, own, changes)
		}
	}
}

func TestParseNamesTheFirstFault(t *testing.T) {
	prompt := `{"key":"a","step":"greeting","evidence":"","text":"Aim","help":""}`
	template := `{"title":"T","shortcut":"t","steps":["closing"],"body":"B"}`
	file := func(prompts, templates string) string {
		return `{"format":"rapport.guide","version":1,"language":"en","prompts":[` + prompts + `],"templates":[` + templates + `]}`
	}
	if _, err := Parse([]byte(file(prompt, template))); err != nil {
		t.Fatalf("a good file: %v", err)
	}
	for name, c := range map[string]struct {
		data, field string
		code        chat.Code
	}{
		"no JSON":        {"hello", "", chat.BadJSON},
		"unknown field":  {file(prompt, `{"name":"T"}`), "", chat.BadJSON},
		"two documents":  {file(prompt, template) + "{}", "", chat.BadJSON},
		"another format": {`{"format":"x","version":1}`, "format", chat.Invalid},
		"no version":     {`{"format":"rapport.guide"}`, "format", chat.Invalid},
		"key twice":      {file(prompt+","+prompt, ""), "prompts[1].key", chat.Invalid},
		"bad key":        {file(strings.Replace(prompt, `"a"`, `"A b"`, 1), ""), "prompts[0].key", chat.Invalid},
		"no step":        {file(strings.Replace(prompt, "greeting", "waving", 1), ""), "prompts[0].step", chat.Invalid},
		"no aim":         {file(strings.Replace(prompt, "Aim", " ", 1), ""), "prompts[0].text", chat.Invalid},
		"unknown rule":   {file(strings.Replace(prompt, `"evidence":""`, `"evidence":"magic"`, 1), ""), "prompts[0].evidence", chat.Invalid},
		"shortcut twice": {file("", template+","+template), "templates[1].shortcut", chat.Invalid},
		"empty body":     {file("", template+","+strings.Replace(template, `"B"`, `" "`, 1)), "templates[1].body", chat.Invalid},
		"no title":       {file("", strings.Replace(template, `"T"`, `""`, 1)), "templates[0].title", chat.Invalid},
	} {
		_, err := Parse([]byte(c.data))
		f, ok := err.(*chat.Failure)
		if !ok || f.Code != c.code || f.Field != c.field {
			t.Errorf("%s: got %v, want %s at %q", name, err, c.code, c.field)
		}
	}
}

func TestRowsOfASiteHaveIDsOriginAndOrder(t *testing.T) {
	s := load(t)
	prompts, templates := s.For("s1", 42)
	for i, p := range prompts {
		if !chat.ValidID(p.ID) || p.SiteID != "s1" || p.Origin != "starter:1" || p.Position != int64(i+1) {
			t.Fatalf("prompt %d: %+v", i, p)
		}
	}
	for _, tpl := range templates {
		if !chat.ValidID(tpl.ID) || tpl.SiteID != "s1" || tpl.Origin != "starter:1" || tpl.UpdatedAt != 42 || tpl.Version != 1 {
			t.Fatalf("template %+v", tpl)
		}
	}
}
