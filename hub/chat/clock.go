package chat

import "time"

// Time is an instant in milliseconds since 1970, UTC: the form of the wire and
// of the store. Zero means "not yet" or "unknown".
type Time int64

// At turns a time.Time into a Time.
func At(t time.Time) Time { return Time(t.UnixMilli()) }

// Std turns a Time back into a time.Time in UTC.
func (t Time) Std() time.Time { return time.UnixMilli(int64(t)).UTC() }

// Add returns the instant d later.
func (t Time) Add(d time.Duration) Time { return t + Time(d/time.Millisecond) }

// Sub returns how long t is after u.
func (t Time) Sub(u Time) time.Duration { return time.Duration(t-u) * time.Millisecond }

// Clock tells the time. Order never depends on it: sequence numbers do that.
type Clock func() Time

// SystemClock is the machine's own clock.
func SystemClock() Time { return At(time.Now()) }
