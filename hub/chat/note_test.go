package chat

import (
	"strings"
	"testing"
	"time"
)

func TestASensitiveNoteIsAgreedToAndEnds(t *testing.T) {
	const now = Time(1_800_000_000_000)
	year := now.Add(MaxSensitive)
	for _, c := range []struct {
		how   string
		until Time
		field string
	}{
		{"Yes, note it please", now + 1, ""},
		{"Yes, note it please", year, ""},
		{"Yes, note it please", year + 1, "until"},
		{"Yes, note it please", now, "until"},
		{"Yes, note it please", 0, "until"},
		{" \n ", year, "consent"},
	} {
		var n PersonNote
		err := n.Agreed(c.how, c.until, now)
		f, _ := err.(*Failure)
		if (f == nil) != (c.field == "") || f != nil && f.Field != c.field {
			t.Errorf("%q until %d: %v", c.how, c.until-now, err)
		}
		if c.field == "" && !n.Sensitive() {
			t.Errorf("%+v is not sensitive", n)
		}
	}
	var n PersonNote
	if err := n.Agreed(strings.Repeat("ü", 2*MaxConsent), now.Add(time.Hour), now); err != nil || len([]rune(n.Consent)) > MaxConsent {
		t.Errorf("%d runes, %v", len([]rune(n.Consent)), err)
	}
	if (&PersonNote{Text: "Two cats"}).Sensitive() {
		t.Error("every note is sensitive")
	}
}
