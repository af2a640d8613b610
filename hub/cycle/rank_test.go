package cycle

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"rapport/hub/chat"
)

// The console's tests read the same file: both rank alike, or one of them fails.
func TestRankIsTheBrowsers(t *testing.T) {
	data, err := os.ReadFile("testdata/rank.json")
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Templates []chat.Template
		Cases     []struct {
			Known Known
			Order []string
		}
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	before := slices.Clone(f.Templates)
	for _, c := range f.Cases {
		var titles []string
		for _, tpl := range Rank(f.Templates, c.Known) {
			titles = append(titles, tpl.Title)
		}
		if !slices.Equal(titles, c.Order) {
			t.Errorf("%+v\ngot  %q\nwant %q", c.Known, titles, c.Order)
		}
	}
	if !slices.EqualFunc(f.Templates, before, func(a, b chat.Template) bool { return a.Title == b.Title }) {
		t.Error("the list that was given has changed")
	}
}
