package hub

import (
	"net"
	"syscall"
	"time"
)

// lastWords is how long a closed connection may take to answer the close frame
// before it is cut.
const lastWords = 2 * time.Second

// startFlush makes sure that the queue is emptied. It is called under the lock by
// whoever fills it. What the socket takes at once leaves here and now: a goroutine
// for it would cost more than the write.
func (c *Conn) startFlush() {
	if c.flushing || len(c.queue) == 0 {
		return
	}
	if c.closing == 0 {
		c.writeNow()
	}
	c.flushAside()
}

// flushAside has a goroutine empty the queue. None stands by while it is empty:
// that is worth 4 KB for each idle socket.
func (c *Conn) flushAside() {
	if c.flushing || len(c.queue) == 0 {
		return
	}
	c.flushing = true
	c.hub.conns.Add(1) // the reader is still counted, so this is never from zero
	go c.flush()
}

// writeNow writes what the socket takes without waiting and leaves the rest in the
// queue, for a goroutine that may wait.
func (c *Conn) writeNow() {
	n := tryWrite(c.raw, c.queue)
	if n == 0 {
		return
	}
	c.hub.stats.bytesOut.Add(int64(n))
	done := 0
	for ; done < len(c.queue) && n >= len(c.queue[done].frame); done++ {
		n -= len(c.queue[done].frame)
		c.bytes[c.queue[done].kind] -= len(c.queue[done].frame)
	}
	c.hub.stats.framesOut.Add(int64(done))
	if c.queue = c.queue[done:]; len(c.queue) == 0 {
		c.queue = nil
	} else if n > 0 {
		c.cut = true
		c.queue[0].frame = c.queue[0].frame[n:]
		c.bytes[c.queue[0].kind] -= n
	}
	c.wake()
}

// rawOf is the kernel's side of a connection, or nil where something stands between,
// as TLS does.
func rawOf(nc net.Conn) syscall.RawConn {
	s, ok := nc.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := s.SyscallConn()
	if err != nil {
		return nil
	}
	return raw
}

// flush writes until the queue is empty.
func (c *Conn) flush() {
	for c.step() {
	}
	c.hub.conns.Done()
}

// step writes what is queued and reports whether the flusher goes on.
func (c *Conn) step() bool {
	batch, last := c.take()
	if batch == nil {
		if last {
			c.hangUp()
		}
		return false
	}
	if err := c.write(batch); err != nil {
		c.fail()
		return false
	}
	c.written(batch)
	return true
}

// take empties the queue, or ends the flusher; last says that the connection is
// closing and all of it is out.
func (c *Conn) take() (batch []item, last bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	batch, c.queue, c.cut = c.queue, nil, false
	if len(batch) == 0 {
		c.flushing = false
		if c.closing == 0 {
			// A limit left behind would wake the runtime when it runs out: 950
			// times a second for 19,000 idle visitors.
			_ = c.nc.SetWriteDeadline(time.Time{})
		}
		return nil, c.closing != 0
	}
	return batch, false
}

// write puts a batch on the socket in one call.
func (c *Conn) write(batch []item) error {
	if c.closed() != SlowReader { // then drop has set a shorter limit
		if err := c.nc.SetWriteDeadline(time.Now().Add(c.limits.WriteWait)); err != nil {
			return err
		}
	}
	c.hub.stats.framesOut.Add(int64(len(batch)))
	if len(batch) == 1 {
		n, err := c.nc.Write(batch[0].frame)
		c.hub.stats.bytesOut.Add(int64(n))
		return err
	}
	bufs := make(net.Buffers, len(batch))
	for i := range batch {
		bufs[i] = batch[i].frame
	}
	n, err := bufs.WriteTo(c.nc)
	c.hub.stats.bytesOut.Add(n)
	return err
}

// written gives the room back and wakes who waits for it.
func (c *Conn) written(batch []item) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range batch {
		c.bytes[batch[i].kind] -= len(batch[i].frame)
	}
	c.wake()
}

func (c *Conn) wake() {
	if c.room != nil {
		close(c.room)
		c.room = nil
	}
}

// fail ends a connection whose socket takes no more. The reader notices the
// closed socket and does the rest.
func (c *Conn) fail() {
	c.mu.Lock()
	if c.closing == 0 {
		c.closing = vanished
	}
	c.queue, c.flushing = nil, false
	c.wake()
	c.mu.Unlock()
	_ = c.nc.Close() // nothing is left to lose
}

// hangUp follows the close frame: our side is shut, and the peer gets a moment
// to close its own. Closing at once would send a reset that can overtake the
// close frame.
func (c *Conn) hangUp() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hungUp = true
	half, ok := c.nc.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil || c.nc.SetReadDeadline(time.Now().Add(lastWords)) != nil {
		_ = c.nc.Close()
	}
}

// refuse tells a newcomer why it cannot stay. Best effort: it was never ours.
func refuse(nc net.Conn, code Code) {
	if nc.SetWriteDeadline(time.Now().Add(time.Second)) == nil {
		_, _ = nc.Write(closeFrame(code))
	}
	_ = nc.Close()
}
