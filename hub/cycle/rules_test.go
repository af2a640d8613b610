package cycle

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// Every rule is explained, and its example is a line that it finds.
func TestEveryRuleIsExplainedByALineThatShowsIt(t *testing.T) {
	if got, want := slices.Sorted(maps.Keys(explained())), Rules(); !slices.Equal(got, want) {
		t.Errorf("explained are %v, rules %v", got, want)
	}
	for _, e := range Evidence("Ana Reis") {
		if !strings.HasSuffix(e.Means, ".") || strings.Contains(e.Example, "{") {
			t.Errorf("%s: means %q, example %q", e.Name, e.Means, e.Example)
		}
		r := english().rules[e.Name]
		if e.Example == "" {
			if !r.First && !r.Person {
				t.Errorf("%s has no example", e.Name)
			}
			continue
		}
		found := slices.ContainsFunc(chat.Steps, func(step chat.Step) bool {
			return slices.ContainsFunc(Try(e.Example, "Ana Reis", step), func(s Shown) bool { return s.Name == e.Name })
		})
		if !found {
			t.Errorf("%s is not found in its own example %q", e.Name, e.Example)
		}
	}
}

func TestALineIsTried(t *testing.T) {
	got := Try("Hello Maria! It rained. What happened to the lamp?", "Ana", chat.Understanding)
	want := []Shown{{"cause_asked", "What happened to the lamp?"}, {"greeted", "Hello Maria!"}, {"name_used", "Hello Maria!"}, {"open_question", "What happened to the lamp?"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := Try("", "", chat.Closing); got == nil || len(got) != 0 {
		t.Errorf("nothing shows %+v", got)
	}
}
