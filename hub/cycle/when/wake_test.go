package when

import (
	"testing"
	"time"
)

// A Wednesday morning in Berlin.
func TestWakesAreRead(t *testing.T) {
	now, err := saidNow("@ 2026-11-25T10:00 Europe/Berlin always")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"tomorrow 9":            "2026-11-26 09:00",
		"tomorrow":              "2026-11-26 09:00",
		"Tomorrow morning":      "2026-11-26 09:00",
		"tomorrow at 3pm":       "2026-11-26 15:00",
		"tomorrow 14:30":        "2026-11-26 14:30",
		"tomorrow afternoon":    "2026-11-26 13:00",
		"tonight":               "2026-11-25 18:00",
		"this evening":          "2026-11-25 18:00",
		"Monday":                "2026-11-30 09:00",
		"monday 8":              "2026-11-30 08:00",
		"fri":                   "2026-11-27 09:00",
		"Fri 11":                "2026-11-27 11:00",
		"Wednesday":             "2026-12-02 09:00",
		"next Friday":           "2026-12-04 09:00",
		"next week":             "2026-11-30 09:00",
		"the weekend":           "2026-11-28 09:00",
		"in 2 hours":            "2026-11-25 12:00",
		"2 hours":               "2026-11-25 12:00",
		"2h":                    "2026-11-25 12:00",
		"45m":                   "2026-11-25 10:45",
		"in half an hour":       "2026-11-25 10:30",
		"an hour":               "2026-11-25 11:00",
		"3 days":                "2026-11-28 09:00",
		"in two weeks":          "2026-12-09 09:00",
		"3 December":            "2026-12-03 09:00",
		"today at 5pm":          "2026-11-25 17:00",
		"end of the day":        "2026-11-25 23:59",
		"until Monday at eight": "2026-11-30 08:00",
	} {
		got, ok := Wake(text, now, now.Location(), Hours{})
		if !ok || got.Format("2006-01-02 15:04") != want {
			t.Errorf("%q: %v %t, want %s", text, got.Format("2006-01-02 15:04"), ok, want)
		}
	}
	for _, text := range []string{"", "later", "yesterday", "today at 9am", "soon", "Monday or Tuesday", "1/2", "99999999h", "\xff", "12"} {
		if got, ok := Wake(text, now, now.Location(), Hours{}); ok {
			t.Errorf("%q gives %v", text, got)
		}
	}
}

// Mornings begin when the site opens, and a day without hours at nine.
func TestWakesKnowTheHours(t *testing.T) {
	now := time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)
	hours := Hours{time.Thursday: {{Open: 7*60 + 30, Close: 18 * 60}}}
	for text, want := range map[string]string{"tomorrow morning": "2026-11-26 07:30", "friday": "2026-11-27 09:00"} {
		if got, ok := Wake(text, now, nil, hours); !ok || got.Format("2006-01-02 15:04") != want {
			t.Errorf("%q: %v %t, want %s", text, got, ok, want)
		}
	}
}
