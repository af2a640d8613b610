package chat_test

import (
	"encoding/json"
	"strings"
	"testing"

	"rapport/hub/chat"
)

func TestHoursThatCannotBeKept(t *testing.T) {
	days := func(d ...chat.Day) chat.Hours { return chat.Hours{Days: d} }
	for why, h := range map[string]chat.Hours{
		"ends before it begins": {Week: chat.Week{1: {{Open: 600, Close: 540}}}},
		"more than a day":       {Week: chat.Week{1: {{Open: 600, Close: 2041}}}},
		"begins tomorrow":       {Week: chat.Week{1: {{Open: 1440, Close: 1500}}}},
		"before midnight":       {Week: chat.Week{1: {{Open: -1, Close: 1500}}}},
		"overlap":               {Week: chat.Week{1: {{Open: 700, Close: 800}, {Open: 600, Close: 701}}}},
		"the server's own zone": {Zone: "Local"},
		"no zone":               {Zone: "Europe/Atlantis"},
		"a path":                {Zone: "../../etc/passwd"},
		"no country":            {Country: "de"},
		"no date":               days(chat.Day{Date: "2026-02-30"}),
		"an end before":         days(chat.Day{Date: "2026-12-24", Until: "2026-12-23"}),
		"a quarter":             days(chat.Day{Date: "2026-01-01", Until: "2026-04-03"}),
		"yearly days in a row":  days(chat.Day{Date: "2026-12-24", Until: "2026-12-26", Yearly: true}),
		"too many days":         days(make([]chat.Day, chat.MaxDays+1)...),
	} {
		s := chat.DefaultSettings("Shop")
		s.Hours = h
		if err := s.Validate(); !chat.Is(err, chat.Invalid) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestHoursAreOrdered(t *testing.T) {
	s := chat.DefaultSettings("Shop")
	s.Hours = chat.Hours{
		Kept: true, Zone: "Asia/Kolkata",
		Week: chat.Week{5: {{Open: 1320, Close: 1560}, {Open: 600, Close: 1320}}},
		Days: []chat.Day{{Date: "2026-12-24", Until: "2026-12-24", Name: " Christmas\nEve "}},
	}
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	if s.Hours.Week[5][0].Open != 600 {
		t.Errorf("Friday is %v", s.Hours.Week[5])
	}
	if d := s.Hours.Days[0]; d.Until != "" || d.Name != "Christmas Eve" {
		t.Errorf("the day is %+v", d)
	}
}

// Sites from before there were hours keep none, and say nothing of them.
func TestASiteWithoutHoursSaysNothing(t *testing.T) {
	s := chat.DefaultSettings("Shop")
	if err := s.Validate(); err != nil {
		t.Fatal(err)
	}
	told, err := json.Marshal(s)
	if err != nil || strings.Contains(string(told), `"hours"`) {
		t.Errorf("%s, %v", told, err)
	}
	told, err = json.Marshal(chat.Hours{Kept: true})
	if err != nil || strings.Contains(string(told), "null") {
		t.Errorf("%s, %v", told, err)
	}
}
