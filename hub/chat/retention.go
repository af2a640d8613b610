package chat

import "time"

// Retention is how long a site keeps closed conversations. A new one keeps them until
// somebody erases them.
type Retention struct {
	Months int64 `json:"months"` // after closing, 0 for ever
	// SetAt is when this was said; the server puts it in.
	SetAt Time `json:"set_at"`
}

const (
	// maxRetention bounds Retention.Months.
	maxRetention = 120
	// RetentionGrace is how long nothing goes after somebody has said how long
	// conversations are kept: what is erased cannot be brought back.
	RetentionGrace = 24 * time.Hour
)

func (r *Retention) clean() error {
	if r.Months < 0 || r.Months > maxRetention {
		return FailField("retention.months", "Conversations are kept for 1 to %d months, or 0 for ever.", maxRetention)
	}
	return nil
}

// Before is the time of closing before which a conversation is too old, zero where none
// ever is.
func (r Retention) Before(now Time) Time {
	if r.Months == 0 {
		return 0
	}
	return Time(now.Std().UTC().AddDate(0, -int(r.Months), 0).UnixMilli())
}

// Begun reports whether anything goes by now.
func (r Retention) Begun(now Time) bool { return r.Months > 0 && now >= r.SetAt.Add(RetentionGrace) }
