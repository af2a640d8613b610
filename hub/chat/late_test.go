package chat

import (
	"strings"
	"testing"
)

func TestWordsAboutDelaysAreCleaned(t *testing.T) {
	got, err := CleanLate([]LateWords{{Language: "ar"}, {Language: "en", Known: "  Late, {{customer.first_name|there}}.  "}})
	if err != nil || len(got) != 1 || got[0].Known != "Late, {{customer.first_name|there}}." {
		t.Errorf("%+v %v", got, err)
	}
	for name, list := range map[string][]LateWords{
		"another language": {{Language: "xx", Known: "Late."}},
		"twice":            {{Language: "en", Known: "Late."}, {Language: "en", Open: "Late."}},
		"too long":         {{Language: "en", Open: strings.Repeat("x", maxLate+1)}},
	} {
		if _, err := CleanLate(list); !Is(err, Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
