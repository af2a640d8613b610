package wire

import "rapport/hub/chat"

// frameBytes is about how large a frame of missed events becomes. A connection
// may hold one frame that is larger than its queue, so its size must not follow
// from what somebody wrote.
const frameBytes = 32 << 10

// Frameful is how many of the events go into one frame, at least one.
func Frameful(events []chat.Event) int {
	size := 0
	for i := range events {
		size += events[i].Weight()
		if i > 0 && size > frameBytes {
			return i
		}
	}
	return len(events)
}
