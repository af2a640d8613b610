package when

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// Whatever is written, reading it is bounded, and what is found can be shown.
func FuzzCommitments(f *testing.F) {
	for _, text := range []string{
		"I'll get back to you tomorrow at three.", "Back in 10-15 min!\n> I'll pay\nWe'll “quote” by 25/12.",
		"'ll i'll '’ll we’ll send it a.m. p.m.", "between 2 and 4pm UTC on the 5th of", "\xff\xfe I'll send\x00 it by 29 February 2027",
		"I will will will, and will and will", "end of end of end of the", "I'll call at 99999999999:99 on 9999-99-99",
		"a week from a week from Friday", "in 400 months I'll", "İ'll ſ'll send it", "I'll", "I'll send it on Dr. St. 31st of February",
	} {
		f.Add(text, int64(1_795_000_000))
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		now := time.Unix(unix%4_000_000_000, 0)
		for _, c := range Commitments(text, now, zone, shop) {
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End {
				t.Errorf("sentence %d to %d of %d bytes", c.Start, c.End, len(text))
			}
			if n := utf8.RuneCountInString(c.Text); n == 0 || n > maxText || !utf8.ValidString(c.Text) || strings.ContainsAny(c.Text, "\n\r") {
				t.Errorf("text of %d characters: %q", n, c.Text)
			}
			if (c.Words == "") != c.Due.IsZero() || !c.Due.IsZero() && !c.Due.After(now) {
				t.Errorf("%q is due %s, said at %s", c.Words, c.Due, now)
			}
		}
		if due, ok := meant(text, now, zone, Hours{}); ok && !due.After(now) {
			t.Errorf("%q means %s, said at %s", text, due, now)
		}
	})
}

func TestReadingIsBounded(t *testing.T) {
	for name, text := range map[string]string{
		"claims":      strings.Repeat("I'll send it tomorrow and ", 2000),
		"open quotes": strings.Repeat("“", 20_000),
		"times":       strings.Repeat("by Friday at three ", 2000),
		"one word":    strings.Repeat("a", 50_000),
		"fillers":     strings.Repeat("at the ", 8000),
	} {
		for _, s := range read(text) {
			if len(s.words) > maxSentence || s.end > maxRunes {
				t.Errorf("%s: a sentence of %d words up to byte %d was read", name, len(s.words), s.end)
			}
		}
		Commitments(text, time.Unix(1_795_000_000, 0), time.UTC, shop)
	}
}
