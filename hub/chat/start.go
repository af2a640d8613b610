package chat

import "strings"

// firstRunScreens is how many screens lead an owner to a chat that runs.
const firstRunScreens = 5

// Start is how far the owner of a new site has come.
type Start struct {
	Screen int64 `json:"screen"` // which one is next, from 1; 0 once they are done
}

func (s *Start) clean() error {
	if s.Screen < 0 || s.Screen > firstRunScreens {
		return FailField("start.screen", "A screen is 1 to %d, or 0 once all are done.", firstRunScreens)
	}
	return nil
}

// DemoMark begins the keys of demonstration shops and of no other: NewSiteKey has
// no o.
const DemoMark = "demo"

// Demo reports whether this is the site of the demonstration shop.
func (s *Site) Demo() bool { return strings.HasPrefix(s.Key, DemoMark) }

// NewSiteKey is public and short enough to read aloud: 12 letters and digits.
func NewSiteKey() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	key := make([]byte, 0, 12)
	for _, c := range []byte(NewSecret()) {
		if len(key) == cap(key) {
			break
		}
		key = append(key, letters[int(c)%len(letters)])
	}
	return string(key)
}
