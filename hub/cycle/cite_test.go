package cycle

import "testing"

// What a reason quotes stands in quotation marks once, on one line, and cut at a word.
func TestCite(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "They said it.",
		"Where is\nmy parcel?":      "They said it: “Where is my parcel?”",
		"“My bowl came broken.”":    "They said it: “My bowl came broken.”",
		"He said “now”, I think so": "They said it: “He said “now”, I think so”",
	} {
		if got := cite("They said it", text); got != want {
			t.Errorf("cite of %q is %q, want %q", text, got, want)
		}
	}
}
