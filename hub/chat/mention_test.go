package chat

import (
	"slices"
	"strings"
	"testing"
)

func TestMentioned(t *testing.T) {
	all := []Named{
		{ID: "ben", Name: "Ben Carter"}, {ID: "bo", Name: "Bo"}, {ID: "noor", Name: "Noor Haddad"}, {ID: "noor2", Name: "Noor Said"},
		{ID: "returns", Name: "Returns", Members: []string{"ben", "bo"}}, {ID: "lee", Name: "Lee Park", Gone: true}, {ID: "øy", Name: "Øyvind Ås"},
	}
	for text, want := range map[string]string{
		"@Ben Carter can you look?":        "ben",
		"@ben, and @BO!":                   "ben bo",
		"Ask @Noor":                        "",
		"Ask @noor haddad":                 "noor",
		"@Returns team":                    "returns",
		"@Lee Park knew":                   "lee",
		"@Lee knew":                        "",
		"mail ben@bo.example":              "",
		"@Bob @Boo @Ben's":                 "ben",
		"(@øyvind ås)":                     "øy",
		"@":                                "",
		"\xff@Bo\xff":                      "bo",
		strings.Repeat("@x ", 100) + "@Bo": "",
	} {
		var got []string
		for _, n := range Mentioned(text, all) {
			got = append(got, n.ID)
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%q names %v, want %q", text, got, want)
		}
	}
}
