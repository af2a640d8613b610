package hours_test

import (
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

func at(t *testing.T, zone, wall string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	out, err := time.ParseInLocation("2006-01-02 15:04", wall, loc)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// office is open from nine to five, Monday to Friday, with an hour for lunch.
func office(zone string) chat.Hours {
	h := chat.Hours{Kept: true, Zone: zone}
	for d := time.Monday; d <= time.Friday; d++ {
		h.Week[d] = chat.Periods{{Open: 9 * 60, Close: 12 * 60}, {Open: 13 * 60, Close: 17 * 60}}
	}
	return h
}

func TestAnOfficeOpensAgain(t *testing.T) {
	h := office("Europe/Berlin")
	h.Country = "DE-BY"
	h.OpenOn = []string{"Tag der Deutschen Einheit"}
	h.Days = []chat.Day{
		{Date: "2026-12-24", Until: "2027-01-03", Name: "Between the years"},
		{Date: "2026-12-28", Name: "Stocktaking", Hours: chat.Periods{{Open: 10 * 60, Close: 11 * 60}}},
		{Date: "2020-11-11", Yearly: true, Name: "Eleven eleven"},
	}
	c := hours.Of(h)
	for _, v := range []struct{ from, opens, why string }{
		{"2026-11-20 12:30", "2026-11-20 13:00", "lunch"},
		{"2026-11-20 17:00", "2026-11-23 09:00", "the weekend"},
		{"2026-11-10 18:00", "2026-11-12 09:00", "a day of every year"},
		{"2026-12-23 18:00", "2026-12-28 10:00", "days in a row, and one of them that is listed later"},
		{"2026-12-28 11:00", "2027-01-04 09:00", "New Year's Day"},
		{"2027-01-05 17:30", "2027-01-07 09:00", "Epiphany in Bavaria"},
		{"2026-04-02 17:30", "2026-04-07 09:00", "Easter"},
		{"2026-06-03 17:30", "2026-06-05 09:00", "Corpus Christi"},
	} {
		got, ok := c.NextOpening(at(t, h.Zone, v.from))
		if want := at(t, h.Zone, v.opens); !ok || !got.Equal(want) {
			t.Errorf("%s: from %s it opens at %s", v.why, v.from, got)
		}
	}
	for _, v := range []struct {
		from, due string
		hours     int
	}{
		{"2026-11-20 11:00", "2026-11-20 14:00", 2},
		{"2026-11-20 16:00", "2026-11-23 10:00", 2},
		{"2026-11-21 16:00", "2026-11-23 09:00", 0},
	} {
		if got, ok := c.Add(at(t, h.Zone, v.from), time.Duration(v.hours)*time.Hour); !ok || !got.Equal(at(t, h.Zone, v.due)) {
			t.Errorf("%d working hours after %s: %s", v.hours, v.from, got)
		}
	}
	if got, ok := c.DayAfter(at(t, h.Zone, "2026-12-23 10:00"), 2); !ok || !got.Equal(at(t, "UTC", "2027-01-04 00:00")) {
		t.Errorf("the second working day is %s", got)
	}
}

// A week without an opening has none, and what is asked ends.
func TestAClosedShopNeverOpens(t *testing.T) {
	c := hours.Of(chat.Hours{Kept: true, Zone: "Europe/Berlin", Country: "DE"})
	now := at(t, "UTC", "2026-11-22 09:00")
	if opens, ok := c.NextOpening(now); ok {
		t.Errorf("it opens at %s", opens)
	}
	if due, ok := c.Add(now, time.Minute); ok {
		t.Errorf("a minute of work is done at %s", due)
	}
	if day, ok := c.DayAfter(now, 1); ok {
		t.Errorf("it works on %s", day)
	}
	if n := c.Between(now, now.AddDate(1, 0, 0)); n != 0 {
		t.Errorf("it was open for %s", n)
	}
}

func TestWithoutHoursItIsAlwaysOpen(t *testing.T) {
	c := hours.Of(chat.Hours{Country: "DE", Days: []chat.Day{{Date: "2026-12-25"}}})
	now := at(t, "UTC", "2026-12-25 03:00")
	if !c.OpenAt(now) {
		t.Error("it is closed")
	}
	if closing, ok := c.NextClosing(now); ok {
		t.Errorf("it closes at %s", closing)
	}
	if due, ok := c.Add(now, time.Hour); !ok || !due.Equal(now.Add(time.Hour)) {
		t.Errorf("an hour of work is done at %s", due)
	}
	if day, _ := c.DayAfter(now, 1); !day.Equal(at(t, "UTC", "2026-12-28 00:00")) {
		t.Errorf("the next working day is %s", day)
	}
}

// Where clocks jump over two o'clock, a shop that opens then opens as they jump;
// where they show it twice, it is open both times.
func TestClocksThatChange(t *testing.T) {
	h := chat.Hours{Kept: true, Zone: "Europe/Berlin", Week: chat.Week{0: {{Open: 2*60 + 30, Close: 4 * 60}}}}
	c := hours.Of(h)
	spring := time.Date(2026, 3, 29, 1, 0, 0, 0, time.UTC)
	if opens, _ := c.NextOpening(spring.Add(-time.Hour)); !opens.Equal(spring) {
		t.Errorf("in spring it opens at %s", opens)
	}
	autumn := time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC)
	if sum := c.Between(autumn, autumn.Add(24*time.Hour)); sum != 2*time.Hour {
		t.Errorf("in autumn it is open for %s", sum)
	}
}

func TestHolidaysOfAYear(t *testing.T) {
	want := map[string]string{
		"2027-01-01": "New Year's Day", "2026-07-03": "Independence Day (observed)", "2026-07-04": "Independence Day", "2026-11-26": "Thanksgiving Day",
	}
	found := map[string]string{}
	for _, h := range append(hours.Holidays("US", 2026), hours.Holidays("US", 2027)...) {
		found[h.Date.Format(time.DateOnly)] = h.Name
	}
	for date, name := range want {
		if found[date] != name {
			t.Errorf("%s is %q, not %q", date, found[date], name)
		}
	}
	// New Year's Day of 2028 is a Saturday: it is made up for in 2027.
	if last := hours.Holidays("US", 2027); last[len(last)-1].Date.Format(time.DateOnly) != "2027-12-31" {
		t.Errorf("the last of 2027 is %v", last[len(last)-1])
	}
	if hours.Known("XX") || hours.Holidays("XX", 2026) != nil {
		t.Error("a country that is none has holidays")
	}
	for _, r := range hours.Regions() {
		if n := len(hours.Coming(r.Code, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))); n < 5 || n > 40 {
			t.Errorf("%s has %d public holidays within a year", r.Code, n)
		}
	}
}
