package cycle

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rapport/hub/chat"
)

type renderCases struct {
	Vars   map[string]string `json:"vars"`
	Render []struct {
		Name    string   `json:"name"`
		Body    string   `json:"body"`
		Text    string   `json:"text"`
		Missing []string `json:"missing"`
	} `json:"render"`
	Placeholders []struct {
		Text  string   `json:"text"`
		Names []string `json:"names"`
	} `json:"placeholders"`
}

func TestRenderGolden(t *testing.T) {
	g := golden[renderCases](t, "render.json")
	for _, c := range g.Render {
		text, missing := Render(c.Body, g.Vars)
		if text != c.Text || !slices.Equal(missing, c.Missing) {
			t.Errorf("%s: %q, missing %q; want %q, missing %q", c.Name, text, missing, c.Text, c.Missing)
		}
	}
	for _, c := range g.Placeholders {
		if got := Placeholders(c.Text); !slices.Equal(got, c.Names) {
			t.Errorf("placeholders of %q: %q, want %q", c.Text, got, c.Names)
		}
	}
}

// A reply may be sent exactly when nothing is missing, whatever stands in the
// template and in the values.
func FuzzRender(f *testing.F) {
	for _, s := range []string{"{{customer.first_name|there}}", "{{{a}}}", "{ customer.x", "{{a|{{b}}}}", "{{", "}}{{", "{{\x00}}"} {
		f.Add(s, "Maria")
	}
	f.Add("{{customer.first_name}}{b}}", "{")
	f.Fuzz(func(t *testing.T, body, value string) {
		vars := map[string]string{"customer.first_name": value, "a": value}
		text, missing := Render(body, vars)
		if !slices.Equal(missing, Placeholders(text)) {
			t.Fatalf("%q: missing %q, but %q is left", body, missing, Placeholders(text))
		}
		for _, name := range missing {
			if value != "" && strings.Contains(text, "{{"+name+"}}") && vars[name] != "" && !strings.Contains(body, "{{{") && !strings.Contains(body, "|") {
				t.Fatalf("%q: %q has a value and was left", body, name)
			}
		}
	})
}

// Values are text and nothing else: whatever a customer calls themselves, it
// neither acts as a variable nor keeps the reply from being sent.
func TestValuesNeverBecomeVariables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringOfN(rapid.RuneFrom([]rune("{}|. acgenrstuom")), 1, 30, -1).Draw(t, "value")
		text, missing := Render("Hello {{customer.name}}, I'm {{agent.name}}.", map[string]string{"customer.name": value, "agent.name": "Ana"})
		if len(missing) > 0 || !strings.HasSuffix(text, ", I'm Ana.") || strings.ContainsAny(text, "{}") {
			t.Fatalf("%q gave %q, missing %q", value, text, missing)
		}
	})
}

func TestValuesHoldOnlyWhatIsKnown(t *testing.T) {
	p := chat.Person{Name: "maria lopez", Attributes: []chat.Attribute{{Key: "plan", Value: "Gold"}, {Key: "empty"}}}
	got := Values(p, chat.Agent{Name: "Ana Reis"}, chat.Site{SiteSettings: chat.SiteSettings{Name: "Fern"}})
	want := map[string]string{
		"customer.first_name": "Maria", "customer.name": "maria lopez", "customer.attribute.plan": "Gold",
		"agent.first_name": "Ana", "agent.name": "Ana Reis", "site.name": "Fern",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for name := range Values(chat.Person{Name: "a", Email: "b", Attributes: p.Attributes}, chat.Agent{Name: "c"}, chat.Site{SiteSettings: chat.SiteSettings{Name: "d"}}) {
		listed := slices.ContainsFunc(Variables, func(v Variable) bool {
			return v.Name == name || v.Name == AttributePrefix+"KEY" && strings.HasPrefix(name, AttributePrefix)
		})
		if !listed {
			t.Errorf("%s has a value but is not on the list of variables", name)
		}
	}
}

func TestFirstName(t *testing.T) {
	for full, want := range map[string]string{
		"Maria Lopez": "Maria", "Maria": "Maria", "maria": "Maria", "  Maria   Lopez ": "Maria", "Lopez, Maria": "Maria",
		"Dr. Maria Lopez": "Maria", "Mr Lopez": "Mr Lopez", "Mrs. Lopez": "Mrs. Lopez", "Dr": "", "": "", "maria@example.com": "",
		"12345": "", "émile": "Émile", "王小明": "王小明", "Jean-Pierre Roux": "Jean-Pierre", "O'Neil": "O'Neil", "JD": "JD", "Lopez,": "Lopez",
	} {
		if got := FirstName(full); got != want {
			t.Errorf("FirstName(%q) = %q, want %q", full, got, want)
		}
	}
}
