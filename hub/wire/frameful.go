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
		size += 500
		if m := events[i].Message; m != nil {
			size += len(m.Text)
		}
		if c := events[i].Card; c != nil {
			size += len(c.Text) + len(c.Limits) + len(c.OurPart) + len(c.YourPart) + len(c.Answer.Text)
			for _, o := range c.Options {
				size += len(o.Title) + len(o.Detail)
			}
		}
		if p := events[i].Promise; p != nil {
			size += len(p.Text) + len(p.Why) + len(p.Words)
		}
		if p := events[i].Person; p != nil {
			for _, a := range p.Attributes {
				size += len(a.Key) + len(a.Value)
			}
		}
		if i > 0 && size > frameBytes {
			return i
		}
	}
	return len(events)
}
