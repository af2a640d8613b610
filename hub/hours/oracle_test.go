package hours_test

import (
	"slices"
	"testing"
	"time"

	_ "time/tzdata"

	"pgregory.net/rapid"
	"rapport/hub/chat"
	"rapport/hub/hours"
)

// The oracle reads the clock on the wall minute by minute, and knows nothing of
// days counted from 1970, of edges and of the stretches between clock changes.

func oracleOpen(h *chat.Hours, zone *time.Location, t time.Time) bool {
	if !h.Kept {
		return true
	}
	wall := t.In(zone)
	minute := wall.Hour()*60 + wall.Minute()
	y, m, d := wall.Date()
	today := time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	return oracleWithin(h, today, minute) || oracleWithin(h, today.AddDate(0, 0, -1), minute+24*60)
}

func oracleWithin(h *chat.Hours, date time.Time, minute int) bool {
	return slices.ContainsFunc(oraclePeriods(h, date), func(p chat.Period) bool { return p.Open <= minute && minute < p.Close })
}

func oraclePeriods(h *chat.Hours, date time.Time) chat.Periods {
	text := date.Format(time.DateOnly)
	for _, d := range slices.Backward(h.Days) {
		if !d.Yearly && (d.Date == text || d.Until != "" && d.Date <= text && text <= d.Until) {
			return d.Hours
		}
	}
	for _, d := range slices.Backward(h.Days) {
		if d.Yearly && d.Date[5:] == text[5:] {
			return d.Hours
		}
	}
	for _, v := range hours.Holidays(h.Country, date.Year()) {
		if v.Date.Format(time.DateOnly) == text && !slices.Contains(h.OpenOn, v.Name) {
			return nil
		}
	}
	return h.Week[date.Weekday()]
}

// Zones whose clocks do what clocks may do: half hours, quarters, a shift of half
// an hour and of two, midnight changes, winter time below standard, a date that
// was left out, and one that came twice.
var zones = []string{
	"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia",
	"Pacific/Kiritimati", "Pacific/Chatham", "Antarctica/Troll", "America/Havana", "Asia/Beirut", "Africa/Casablanca",
	"Europe/Dublin", "America/St_Johns", "Asia/Tehran", "Pacific/Kwajalein", "America/Juneau",
}

func genPeriods(t *rapid.T) chat.Periods {
	var out chat.Periods
	at := rapid.IntRange(0, 1439).Draw(t, "open")
	for range rapid.IntRange(0, 3).Draw(t, "periods") {
		if at >= 1440 {
			break
		}
		p := chat.Period{Open: at, Close: at + rapid.OneOf(rapid.IntRange(1, 180), rapid.IntRange(1, 1440)).Draw(t, "long")}
		out = append(out, p)
		at = p.Close + rapid.IntRange(0, 300).Draw(t, "pause")
	}
	return out
}

// near draws a date within two days of another.
func near(t *rapid.T, date time.Time) string {
	return date.AddDate(0, 0, rapid.IntRange(-2, 2).Draw(t, "day")).Format(time.DateOnly)
}

func genHours(t *rapid.T, zone string, about time.Time) chat.Hours {
	h := chat.Hours{Kept: rapid.IntRange(0, 9).Draw(t, "kept") > 0, Zone: zone}
	for i := range h.Week {
		h.Week[i] = genPeriods(t)
	}
	h.Country = rapid.SampledFrom([]string{"", "DE", "DE-BY", "GB", "US", "JP", "NZ"}).Draw(t, "country")
	for range rapid.IntRange(0, 3).Draw(t, "own days") {
		d := chat.Day{Date: near(t, about), Yearly: rapid.Bool().Draw(t, "yearly"), Hours: genPeriods(t)}
		if until := near(t, about); !d.Yearly && until > d.Date {
			d.Until = until
		}
		h.Days = append(h.Days, d)
	}
	s := chat.DefaultSettings("Shop")
	s.Hours = h
	if err := s.Validate(); err != nil {
		t.Fatalf("%+v: %v", h, err)
	}
	return s.Hours
}

// genInstant draws a whole minute, in most cases about a change of the zone's
// clock or a holiday.
func genInstant(t *rapid.T, zone *time.Location) time.Time {
	unix := rapid.OneOf(
		rapid.Int64Range(1_700_000_000, 1_900_000_000),
		rapid.Int64Range(700_000_000, 2_000_000_000),
		rapid.Just(time.Date(2011, 12, 30, 9, 0, 0, 0, time.UTC).Unix()), // Apia left this date out
		rapid.Just(time.Date(1993, 8, 21, 9, 0, 0, 0, time.UTC).Unix()),  // and Kwajalein this one
	).Draw(t, "instant")
	at := time.Unix(unix/60*60, 0)
	if _, change := at.In(zone).ZoneBounds(); !change.IsZero() && rapid.Bool().Draw(t, "at a change") {
		at = change.Truncate(time.Minute)
	}
	if rapid.IntRange(0, 3).Draw(t, "at new year") == 0 {
		at = time.Date(at.Year(), 12, 31, 12, 0, 0, 0, time.UTC)
	}
	return at.Add(time.Duration(rapid.IntRange(-2000, 2000).Draw(t, "minutes")) * time.Minute).UTC()
}

// looked is how far the oracle looks, in minutes.
const looked = 3 * 24 * 60

func oracleNext(h *chat.Hours, zone *time.Location, t time.Time, open bool) (time.Time, bool) {
	for i := range looked {
		if at := t.Add(time.Duration(i) * time.Minute); oracleOpen(h, zone, at) == open {
			return at, true
		}
	}
	return time.Time{}, false
}

func checkHours(t *rapid.T) {
	name := rapid.SampledFrom(zones).Draw(t, "zone")
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	at := genInstant(t, zone)
	h := genHours(t, name, at)
	c := hours.Of(h)
	if got := c.OpenAt(at); got != oracleOpen(&h, zone, at) {
		t.Fatalf("open at %s: %t", at.In(zone), got)
	}
	for _, open := range [...]bool{true, false} {
		look := c.NextClosing
		if open {
			look = c.NextOpening
		}
		got, ok := look(at)
		want, found := oracleNext(&h, zone, at, open)
		switch {
		case found && (!ok || !got.Equal(want)):
			t.Fatalf("from %s next open=%t is %s (%t), not %s", at.In(zone), open, got.In(zone), ok, want.In(zone))
		case !found && ok && got.Sub(at) < looked*time.Minute:
			t.Fatalf("from %s next open=%t is %s, which the oracle does not see", at.In(zone), open, got.In(zone))
		}
		if half := at.Add(-30500 * time.Millisecond); c.OpenAt(half) != open {
			if next, ok := look(half); ok && c.OpenAt(next) != open {
				t.Fatalf("between two minutes, %s is no change", next.In(zone))
			}
		}
	}
	sum := 0
	minutes := rapid.IntRange(0, looked).Draw(t, "stretch")
	for i := range minutes {
		if oracleOpen(&h, zone, at.Add(time.Duration(i)*time.Minute)) {
			sum++
		}
	}
	end := at.Add(time.Duration(minutes) * time.Minute)
	if got := c.Between(at, end); got != time.Duration(sum)*time.Minute {
		t.Fatalf("from %s to %s it is open for %s, not %d minutes", at.In(zone), end.In(zone), got, sum)
	}
	checkAdd(t, c, at, sum)
}

// checkAdd holds Add to what it says of itself: the earliest instant until which
// the site has been open for so long.
func checkAdd(t *rapid.T, c *hours.Calendar, at time.Time, minutes int) {
	d := time.Duration(minutes) * time.Minute
	got, ok := c.Add(at, d)
	if !ok {
		if _, opens := c.NextOpening(at); opens && d == 0 {
			t.Fatal("nothing to add, and no instant")
		}
		return
	}
	if sum := c.Between(at, got); sum != d {
		t.Fatalf("%s after %s comes at %s, open for %s by then", d, at, got, sum)
	}
	if d > 0 && c.Between(at, got.Add(-time.Second)) == d {
		t.Fatalf("%s after %s was reached before %s", d, at, got)
	}
}

func TestHoursAreWhatTheClockOnTheWallSays(t *testing.T) { rapid.Check(t, checkHours) }

func FuzzHours(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkHours)) }
