package door

import (
	"time"

	"rapport/hub/chat"
)

// networkShare is the part of the bytes which a site's customers may send in a day
// that one network may: one in so many. Eight networks would have to work together
// to leave nobody else any room; an office behind one address hardly feels it.
const networkShare = 8

// day is what a file quota is counted in.
const day = 24 * time.Hour

// NetworkShare is the rate of bytes that one network may send to one site. Half of
// its share fits in at once and the other half as a day passes, so that no day has
// more than the share.
func NetworkShare(q chat.FileQuota) Rate {
	half := max(q.SiteBytes/networkShare/2, 1)
	return Rate{Burst: int(half), Every: (day + time.Duration(half) - 1) / time.Duration(half), Keys: manyKeys}
}
