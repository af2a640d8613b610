package when

import "time"

// Found is one commitment.
type Found struct {
	// Text is the commitment in its own words without those that say when, at
	// most 120 code points.
	Text string
	// Start and End are the bytes of the sentence it stands in.
	Start, End int
	// Due is when it is due at the latest; zero if that is not said, or not in
	// a way that gives one instant.
	Due time.Time
	// Words are the words that said when; empty where Due is zero.
	Words string
}

// Due is the instant that words mean, said at now in zone; false where they
// give none, or more than one. Of a stretch ("tomorrow", "between two and
// four") it is the end.
func Due(text string, now time.Time, zone *time.Location, h Hours) (time.Time, bool) {
	all := read(text)
	if len(all) != 1 {
		return time.Time{}, false
	}
	f := newFinder(all[0].words, now, zone, &h)
	times := f.all()
	if len(times) != 1 {
		return time.Time{}, false
	}
	return f.resolve(&times[0])
}
