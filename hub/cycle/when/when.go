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
