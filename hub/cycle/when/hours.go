package when

import "time"

// Minutes of the day by which loose words are read where a site names no hours.
const (
	dayStart  = 8 * 60  // earliest plausible hour of "at eight"
	dayEnd    = 19 * 60 // and the first that is not
	firstHour = 9 * 60  // first thing
	lastHour  = 17 * 60 // close of business
	lastMin   = 24*60 - 1
)

// Period is a stretch of one day, in minutes since its midnight: 0 ≤ Open <
// Close ≤ 1440.
type Period struct{ Open, Close int }

// Hours are a site's opening periods by time.Weekday, in order of the day. The
// zero value is always open.
type Hours [7][]Period

// Always reports whether no hours are named.
func (h *Hours) Always() bool {
	for _, day := range h {
		if len(day) > 0 {
			return false
		}
	}
	return true
}

// opening is the minute at which a day begins; false where it is closed.
func (h *Hours) opening(d time.Weekday) (int, bool) {
	if h.Always() {
		return firstHour, true
	}
	if len(h[d]) == 0 {
		return 0, false
	}
	return h[d][0].Open, true
}

// closing is the minute at which a day ends; false where it is closed or never
// closes.
func (h *Hours) closing(d time.Weekday) (int, bool) {
	if n := len(h[d]); n > 0 {
		return h[d][n-1].Close, true
	}
	return 0, false
}

// plausible reports whether somebody who says only "at three" may mean this
// minute: it lies within the hours, their last minute included.
func (h *Hours) plausible(d time.Weekday, minute int) bool {
	if h.Always() {
		return minute >= dayStart && minute < dayEnd
	}
	for _, p := range h[d] {
		if minute >= p.Open && minute <= p.Close {
			return true
		}
	}
	return false
}

// works reports whether a day counts among working days: Monday to Friday, and
// open where hours are named.
func (h *Hours) works(d time.Weekday) bool {
	return d != time.Saturday && d != time.Sunday && (h.Always() || len(h[d]) > 0)
}
