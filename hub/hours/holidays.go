package hours

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/hub/sorted"

	"github.com/rickar/cal/v2"
)

// Holiday is a public holiday of one year.
type Holiday struct {
	Date time.Time // midnight UTC of its date
	Name string    // in the country's language; one that is kept on another day as well says so
}

// The library works out dates as midnights of a zone, and in some zones clocks
// skip midnights. Only dates are read from it.
func init() { cal.DefaultLoc = time.UTC }

// Holidays returns the public holidays of a country, or of a region as Regions
// names it, in one year and in its order. A holiday that falls on a weekend and is
// made up for on another day comes twice. Nil for a country that is not known.
func Holidays(country string, year int) []Holiday {
	var out []Holiday
	for _, h := range rules(country) {
		if h.Type != cal.ObservancePublic && h.Type != cal.ObservanceBank && h.Type != cal.ObservanceUnknown {
			continue
		}
		// What is made up for may fall into the year before: New Year's Day is kept
		// on the last Friday of December where Saturdays move forward.
		for y := year; y <= year+1; y++ {
			actual, kept := h.Calc(y)
			if actual.IsZero() {
				continue
			}
			if actual.Year() == year {
				out = append(out, Holiday{dateOf(actual), h.Name})
			}
			if kept.Year() == year && !kept.Equal(actual) {
				out = append(out, Holiday{dateOf(kept), h.Name + keptThen})
			}
		}
	}
	sorted.By(out, func(a, b Holiday) int {
		return cmp.Or(a.Date.Compare(b.Date), strings.Compare(a.Name, b.Name))
	})
	return slices.Compact(out)
}

// keptThen marks the day on which a holiday is made up for.
const keptThen = " (observed)"

func dateOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// Coming returns the public holidays of a country from the date of t on, those of
// one year.
func Coming(country string, t time.Time) []Holiday {
	from := dateOf(t)
	var out []Holiday
	for _, year := range [...]int{t.Year(), t.Year() + 1} {
		for _, h := range Holidays(country, year) {
			if !h.Date.Before(from) && h.Date.Before(from.AddDate(1, 0, 0)) {
				out = append(out, h)
			}
		}
	}
	return out
}
