package broker

import (
	"time"
)

// flushTime bounds the last words of a server that stops.
const flushTime = time.Second

// send is the goroutine that turns what is queued into notes. It alone waits for NATS.
func (b *Bell) send() {
	defer close(b.sent)
	for {
		select {
		case <-b.hello:
			b.note(look) // what was dropped meanwhile stands in the store
		case p := <-b.queue:
			b.tell(p)
		case <-b.done:
			b.finish()
			return
		}
	}
}

// finish sends what is still queued.
func (b *Bell) finish() {
	for {
		select {
		case p := <-b.queue:
			if !b.tell(p) {
				return
			}
		default:
			_ = b.nc.FlushTimeout(flushTime) // it fails where nobody listens any more
			return
		}
	}
}

// tell sends a signal and reports whether NATS took it.
func (b *Bell) tell(p parcel) bool {
	b.waiting.Add(-p.weight)
	ends, err := encoded(p.signal, b.room())
	if err != nil {
		b.state.say(b.log, err)
		_ = b.drop(err)
		return true
	}
	for _, end := range ends {
		if !b.note(end) {
			return false
		}
	}
	return true
}

// room is how many bytes the end of a note may take.
func (b *Bell) room() int {
	takes := int(b.nc.MaxPayload())
	if takes == 0 || takes > maxSent {
		takes = maxSent
	}
	return takes - headRoom
}

// maxSent bounds a note where NATS would take more: those behind it wait.
const maxSent = 512 << 10

// note numbers and sends one, and reports whether NATS took it. One that it did not
// take leaves a hole.
func (b *Bell) note(end []byte) bool {
	if b.hole.Swap(false) {
		b.number++
	}
	b.number++
	payload := append(appendHead(make([]byte, 0, headRoom+len(end)), b.id, b.number), end...)
	if err := b.nc.Publish(b.subject, payload); err != nil {
		b.stats.dropped.Add(1)
		return false
	}
	b.stats.sent.Add(1)
	return true
}
