package door

import (
	"testing"
	"time"

	"rapport/hub/chat"
)

// However a network spreads its files, no day takes more of them than its share; a
// person has room for all that is theirs at once.
func TestANetworkHasAShareOfADay(t *testing.T) {
	const mib = 1 << 20
	quota := DefaultRates().Files
	if quota.SiteBytes/networkShare/2 < quota.PersonBytes {
		t.Errorf("a share of %d has no room for one person at once", quota.SiteBytes/networkShare)
	}
	now := chat.Time(1)
	l := NewLimiter(NetworkShare(quota), func() chat.Time { return now })
	sent := int64(0)
	for range 24 * 60 {
		for {
			ok, wait := l.Take("site 203.0.113.7", mib)
			if !ok {
				if wait <= 0 || wait > day {
					t.Fatalf("wait %v", wait)
				}
				break
			}
			sent += mib
		}
		now = now.Add(time.Minute)
	}
	if share := quota.SiteBytes / networkShare; sent > share || sent < share*9/10 {
		t.Errorf("%d bytes in a day, want at most %d and most of it", sent, share)
	}
	if ok, _ := l.Take("site 203.0.113.8", mib); !ok {
		t.Error("another network was refused")
	}
	if ok, _ := l.Take("site 203.0.113.8", quota.SiteBytes); ok {
		t.Error("more than a share was taken at once")
	}
}
