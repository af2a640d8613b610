package proof

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync"

	"github.com/gobwas/ws"

	"rapport/cmd/rapport/bench/drive"
)

// Lossy stands between clients and server and swallows, without a sign, what
// one side says: the connection stays up and every byte is confirmed.
type Lossy struct {
	mu       sync.Mutex
	toServer bool
	toClient bool
	match    []byte // swallow one frame to the client that holds this
}

// SwallowToServer and SwallowToClient switch the loss of one direction.
func (l *Lossy) SwallowToServer(on bool) { l.mu.Lock(); defer l.mu.Unlock(); l.toServer = on }
func (l *Lossy) SwallowToClient(on bool) { l.mu.Lock(); defer l.mu.Unlock(); l.toClient = on }

// SwallowOne loses the next frame to a client that holds word, and only that.
func (l *Lossy) SwallowOne(word string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.match = []byte(word)
}

// Swallowed reports whether the frame of SwallowOne has come by.
func (l *Lossy) Swallowed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.match == nil
}

// Through makes connections lossy; it is a drive.Through over another.
func (l *Lossy) Through(dial drive.Through) drive.Through {
	return func(ctx context.Context, origin string, source net.IP) (net.Conn, error) {
		conn, err := dial(ctx, origin, source)
		if err != nil {
			return nil, err
		}
		return &lossyConn{Conn: conn, loss: l}, nil
	}
}

// lossyConn lets the handshake pass and then handles whole frames.
type lossyConn struct {
	net.Conn
	loss  *Lossy
	shook bool   // the handshake's answer has passed
	ready []byte // for the client
}

func (c *lossyConn) Write(p []byte) (int, error) {
	c.loss.mu.Lock()
	lose := c.loss.toServer
	c.loss.mu.Unlock()
	if lose {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

func (c *lossyConn) Read(p []byte) (int, error) {
	for len(c.ready) == 0 {
		if err := c.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, c.ready)
	c.ready = c.ready[n:]
	return n, nil
}

// fill reads the handshake's answer, then one frame, and keeps it for the
// client unless it is to be lost. A read that runs out of time in the middle of
// a frame ends the connection, as its caller closes it then.
func (c *lossyConn) fill() error {
	if !c.shook {
		return c.readHead()
	}
	h, err := ws.ReadHeader(c.Conn)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := ws.WriteHeader(&out, h); err != nil {
		return err
	}
	if _, err := io.CopyN(&out, c.Conn, h.Length); err != nil {
		return err
	}
	if !c.loss.loses(out.Bytes()) {
		c.ready = out.Bytes()
	}
	return nil
}

func (l *Lossy) loses(frame []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.match != nil && bytes.Contains(frame, l.match) {
		l.match = nil
		return true
	}
	return l.toClient
}

// readHead passes the HTTP answer, byte by byte, since frames may follow at once.
func (c *lossyConn) readHead() error {
	var head []byte
	one := make([]byte, 1)
	for !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
		if _, err := c.Conn.Read(one); err != nil {
			return err
		}
		head = append(head, one[0])
	}
	c.ready, c.shook = head, true
	return nil
}
