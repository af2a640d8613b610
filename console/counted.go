package console

import (
	"errors"
	"sync"
	"time"

	"rapport/hub/chat"
)

// counted is how many conversations a view holds.
type counted struct {
	n    int
	more bool
}

// countFor is how long a count is good: everybody who looks meanwhile shares it.
const countFor = 5 * time.Second

// maxCounts bounds what is remembered.
const maxCounts = 1000

// viewCounts remembers the counts of views for a moment, so that a team with many
// screens counts as seldom as one of them.
type viewCounts struct {
	mu    sync.Mutex
	known map[string]countNow
}

type countNow struct {
	counted
	at chat.Time
}

// of returns the count of a key, counting where none is known. Two may count the
// same at once; nothing is kept of a count that failed.
func (v *viewCounts) of(key string, now chat.Time, count func() (counted, error)) (counted, error) {
	v.mu.Lock()
	known, ok := v.known[key]
	v.mu.Unlock()
	if ok && now.Sub(known.at) < countFor && now >= known.at {
		return known.counted, nil
	}
	fresh, err := count()
	if err != nil {
		return fresh, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil || len(v.known) >= maxCounts {
		v.known = map[string]countNow{}
	}
	v.known[key] = countNow{fresh, now}
	return fresh, nil
}

// plain is the sentence of a failure.
func plain(err error) string {
	var f *chat.Failure
	if errors.As(err, &f) {
		return f.Message
	}
	return ""
}
