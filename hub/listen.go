package hub

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"time"
	"unicode/utf8"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// greet waits for the first message and hands it to the door. What follows is
// read on a fresh goroutine: a hello reaches into the store and leaves a deep
// stack behind, which 19,000 idle visitors would keep.
func (c *Conn) greet() {
	defer c.hub.conns.Done()
	code := c.hello()
	if code != 0 {
		c.end(code)
		return
	}
	c.hub.conns.Add(1)
	go c.listen()
}

// hello reads until the first message and reports the code to end with, or 0.
func (c *Conn) hello() Code {
	if err := c.nc.SetReadDeadline(time.Now().Add(c.limits.Hello)); err != nil {
		return vanished
	}
	frame, code := c.message()
	if code != 0 {
		return code
	}
	if err := c.nc.SetReadDeadline(time.Time{}); err != nil {
		return vanished
	}
	if err := c.ask(frame); err != nil {
		var f *chat.Failure
		if !errors.As(err, &f) {
			c.hub.log.Error("hello failed", "error", err)
			f = chat.Fail(chat.Internal, "Something went wrong on our side. We will try again.")
		}
		_ = c.Send(wire.Error("", f)) // fails only if the door closed it already
		code = refusal(f.Code)
	}
	return code
}

// ask calls the door's Hello; from now on Gone is owed.
func (c *Conn) ask(frame []byte) (err error) {
	c.greeted = true
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return c.door.Hello(c.hub.ctx, c, frame)
}

// listen hands messages to the door until the connection ends.
func (c *Conn) listen() {
	defer c.hub.conns.Done()
	for {
		frame, code := c.message()
		if code != 0 {
			c.end(code)
			return
		}
		if !c.tell(frame) {
			c.end(Broken)
			return
		}
	}
}

// tell calls the door's Frame and reports whether it survived.
func (c *Conn) tell(frame []byte) (ok bool) {
	defer func() {
		if p := recover(); p != nil {
			c.hub.log.Error("frame handler panicked", "panic", p, "stack", string(debug.Stack()))
			ok = false
		}
	}()
	c.door.Frame(c.hub.ctx, c, frame)
	return true
}

// plainBeat is how browsers write the answer to a beat. It is a sign of life
// and nothing else, so no door needs to see it: decoding it would leave every
// idle visitor with 4 KB of grown stack.
const plainBeat = `{"type":"beat"}`

// message reads the next message, answering control frames on the way, or
// reports the code to end with.
func (c *Conn) message() ([]byte, Code) {
	for {
		op, payload, err := c.in.next()
		if err != nil {
			return nil, readCode(err)
		}
		if code := c.closed(); code != 0 {
			return nil, code
		}
		c.seen.Store(c.hub.now())
		c.hub.stats.framesIn.Add(1)
		if !c.allowed() {
			return nil, TooManyFrames
		}
		switch op {
		case opText:
			if !c.greeted || string(payload) != plainBeat {
				return payload, 0
			}
		case opPing:
			c.pong(payload)
		case opClose:
			return nil, c.farewell(payload)
		}
	}
}

// allowed takes one frame from the connection's allowance.
func (c *Conn) allowed() bool {
	now := c.hub.now()
	c.tokens = min(c.tokens+(now-c.filled)*int64(c.limits.PerSecond), int64(c.limits.Burst)*1000)
	c.filled = now
	c.tokens -= 1000
	return c.tokens >= 0
}

// pong answers a ping. Its bytes count like any others, so a peer that pings
// and does not read is a slow reader.
func (c *Conn) pong(payload []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.enqueue(item{frame: buildFrame(opPong, payload)}) // fails only while closing
}

// end is the last thing a reader does: it says why, leaves every list, waits
// for the peer to hang up and tells the door.
func (c *Conn) end(code Code) {
	if code == vanished {
		c.fail()
	} else {
		c.Close(code)
	}
	c.hub.forget(c)
	c.linger()
	_ = c.nc.Close()      // closed already, or the peer had its time
	c.hub.wheel.remove(c) // until now Drain could cut it
	c.hub.stats.closed(c.reason())
	if c.greeted {
		c.leave()
	}
}

// linger reads on without looking until the peer closes or its time is over.
func (c *Conn) linger() {
	c.in.discard()
	if c.closed() == vanished || !c.limitLinger() {
		return
	}
	for n := 0; n < 1<<20; {
		m, err := c.in.fromSource(c.in.buf)
		if err != nil {
			return
		}
		n += m
	}
}

// limitLinger gives the flusher the time of one write to bring out the close
// frame; from then on hangUp has set a shorter one.
func (c *Conn) limitLinger() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hungUp || c.nc.SetReadDeadline(time.Now().Add(c.limits.WriteWait)) == nil
}

// leave calls the door's Gone; a panic there must not take the server down.
func (c *Conn) leave() {
	defer func() {
		if p := recover(); p != nil {
			c.hub.log.Error("gone handler panicked", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	c.door.Gone(c)
}

// farewell checks the peer's close frame and gives the code to answer with: the
// peer's own, as RFC 6455 asks.
func (c *Conn) farewell(payload []byte) Code {
	if len(payload) == 1 {
		return ProtocolError
	}
	code := noStatus
	if len(payload) > 1 {
		code = Code(payload[0])<<8 | Code(payload[1])
		if !validCloseCode(code) {
			return ProtocolError
		}
		if !utf8.Valid(payload[2:]) {
			return NotUTF8
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byPeer = c.closing == 0
	return code
}

// readCode is the close code for an error of the reader. Only the hello has a
// time limit; one that runs out later belongs to a connection that is closing.
func readCode(err error) Code {
	var v *violation
	switch {
	case errors.As(err, &v):
		return v.code
	case errors.Is(err, os.ErrDeadlineExceeded):
		return NoHello
	}
	return vanished
}
