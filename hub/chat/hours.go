package chat

import (
	"cmp"
	"encoding/json"
	"regexp"
	"time"

	"rapport/hub/sorted"
)

// Hours are when a site is open, by the clock on its wall. The zero value keeps
// none: it is always open. What they mean is worked out in package hours.
type Hours struct {
	Kept    bool     `json:"kept"`              // false: always open, whatever else stands here
	Zone    string   `json:"zone"`              // IANA name; "" for UTC
	Week    Week     `json:"week"`              // of an ordinary week
	Country string   `json:"country"`           // on whose public holidays it is closed, "DE" or "DE-BY"; "" for none
	OpenOn  []string `json:"open_on,omitempty"` // names of its public holidays on which it is open all the same
	Days    []Day    `json:"days,omitempty"`    // days that are unlike their week; of several, the last counts
}

// Week is what is kept on each day, by time.Weekday: Sunday comes first.
type Week [7]Periods

// Periods are a day's opening periods in its order; none is a day closed.
type Periods []Period

// Period is a stretch of a day in minutes since its midnight, the second not
// included: 0 ≤ Open < 1440 and Open < Close ≤ Open + 1440. Past 1440 it goes on
// into the next day.
type Period struct {
	Open  int `json:"open"`
	Close int `json:"close"`
}

// Day is a date, or several in a row, on which other hours are kept than their
// weekdays'. They stand above public holidays, and one that is not yearly above
// one that is.
type Day struct {
	Date   string  `json:"date"`            // "2026-12-24" in the site's zone
	Until  string  `json:"until,omitempty"` // the last of several, "" for one
	Yearly bool    `json:"yearly,omitempty"`
	Name   string  `json:"name"` // what the owner calls it, may be ""
	Hours  Periods `json:"hours"`
}

// Bounds of a site's hours.
const (
	MaxPeriods  = 8   // of one day
	MaxDays     = 200 // unlike their week
	maxDayRun   = 92  // dates of one Day
	maxOpenOn   = 60
	dayMinutes  = 24 * 60
	dateForm    = time.DateOnly
	maxZoneName = 64
)

// MarshalJSON writes none as an empty list.
func (p Periods) MarshalJSON() ([]byte, error) {
	if p == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]Period(p))
}

// Clean orders the periods and reports what cannot be kept; field names the
// setting they stand in.
func (p Periods) Clean(field string) error {
	if len(p) > MaxPeriods {
		return FailField(field, "At most %d periods a day.", MaxPeriods)
	}
	sorted.By(p, func(a, b Period) int { return cmp.Compare(a.Open, b.Open) })
	for i, v := range p {
		if v.Open < 0 || v.Open >= dayMinutes || v.Close <= v.Open || v.Close > v.Open+dayMinutes {
			return FailField(field, "A period ends after it begins, within 24 hours.")
		}
		if i > 0 && v.Open < p[i-1].Close {
			return FailField(field, "Two periods of one day overlap. Make them one, or part them.")
		}
	}
	return nil
}

// Clean orders each day's periods and reports what cannot be kept; field names
// the setting they stand in.
func (w *Week) Clean(field string) error {
	for _, day := range w {
		if err := day.Clean(field); err != nil {
			return err
		}
	}
	return nil
}

var countryForm = regexp.MustCompile(`^[A-Z]{2}(-[A-Z0-9]{1,3})?$`)

// clean makes hours fit to store.
func (h *Hours) clean() error {
	if err := CheckZone("hours.zone", h.Zone); err != nil {
		return err
	}
	if err := h.Week.Clean("hours.week"); err != nil {
		return err
	}
	if h.Country != "" && !countryForm.MatchString(h.Country) {
		return FailField("hours.country", "%q is no country.", h.Country)
	}
	if len(h.OpenOn) > maxOpenOn {
		return FailField("hours.open_on", "At most %d of these.", maxOpenOn)
	}
	for i := range h.OpenOn {
		h.OpenOn[i] = CleanLine(h.OpenOn[i], MaxName)
	}
	if len(h.Days) > MaxDays {
		return FailField("hours.days", "At most %d days.", MaxDays)
	}
	for i := range h.Days {
		if err := h.Days[i].clean(); err != nil {
			return err
		}
	}
	return nil
}

func (d *Day) clean() error {
	first, err := time.Parse(dateForm, d.Date)
	if err != nil {
		return FailField("hours.days", "%q is no date.", d.Date)
	}
	if d.Until == d.Date {
		d.Until = ""
	}
	if d.Until != "" {
		last, err := time.Parse(dateForm, d.Until)
		if err != nil {
			return FailField("hours.days", "%q is no date.", d.Until)
		}
		if n := last.Sub(first) / (24 * time.Hour); n < 1 || n >= maxDayRun {
			return FailField("hours.days", "Days in a row end after they begin, at most %d later.", maxDayRun-1)
		}
		if d.Yearly {
			return FailField("hours.days", "What comes every year is one day.")
		}
	}
	d.Name = CleanLine(d.Name, MaxName)
	return d.Hours.Clean("hours.days")
}

// CheckZone refuses what is no IANA zone; "" is UTC.
func CheckZone(field, name string) error {
	// "Local" would be wherever the server stands.
	if len(name) > maxZoneName || name == "Local" {
		return FailField(field, "%q is no time zone. Write it like Europe/Berlin.", CleanLine(name, maxZoneName))
	}
	if _, err := LoadZone(name); err != nil {
		return FailField(field, "%q is no time zone. Write it like Europe/Berlin.", name)
	}
	return nil
}
