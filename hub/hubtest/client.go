package hubtest

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"rapport/hub"
)

// Client is the other end of a socket.
type Client struct {
	net.Conn
	br *bufio.Reader
}

// NewClient speaks over a connection that has been upgraded.
func NewClient(nc net.Conn) *Client { return &Client{Conn: nc, br: bufio.NewReader(nc)} }

// Dial connects to a hub in memory. The client is closed with the test.
func Dial(t testing.TB, h *hub.Hub, d hub.Door, l hub.Limits) *Client {
	t.Helper()
	ours, theirs := net.Pipe()
	c := NewClient(ours)
	t.Cleanup(func() { _ = c.Close() })
	h.Adopt(theirs, nil, d, &l, nil)
	return c
}

// Frame is one frame as it came.
type Frame struct {
	Op      byte
	Payload []byte
}

// Code is the close code of a close frame, or 0.
func (f Frame) Code() hub.Code {
	if f.Op != 8 || len(f.Payload) < 2 {
		return 0
	}
	return hub.Code(binary.BigEndian.Uint16(f.Payload))
}

// Mask makes a client's frame. b0 holds the final bit, reserved bits and opcode.
func Mask(b0 byte, payload []byte) []byte {
	key := [4]byte{0x12, 0x9a, 0xf0, 0x07}
	b := []byte{b0}
	switch n := len(payload); {
	case n < 126:
		b = append(b, 0x80|byte(n))
	case n <= 0xFFFF:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(n))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(n))
	}
	b = append(b, key[:]...)
	for i, p := range payload {
		b = append(b, p^key[i&3])
	}
	return b
}

// Text sends a text message.
func (c *Client) Text(t testing.TB, s string) {
	t.Helper()
	if _, err := c.Write(Mask(0x81, []byte(s))); err != nil {
		t.Fatalf("send %q: %v", s, err)
	}
}

// Next reads the next frame.
func (c *Client) Next() (Frame, error) {
	var h [2]byte
	if _, err := io.ReadFull(c.br, h[:]); err != nil {
		return Frame{}, err
	}
	n := uint64(h[1] & 0x7F)
	if size := map[uint64]int{126: 2, 127: 8}[n]; size > 0 {
		var ext [8]byte
		if _, err := io.ReadFull(c.br, ext[8-size:]); err != nil {
			return Frame{}, err
		}
		n = binary.BigEndian.Uint64(ext[:])
	}
	if h[1]&0x80 != 0 || h[0]&0x70 != 0 || h[0]&0x80 == 0 {
		return Frame{}, fmt.Errorf("server sent header % x", h)
	}
	f := Frame{Op: h[0] & 0x0F, Payload: make([]byte, n)}
	_, err := io.ReadFull(c.br, f.Payload)
	return f, err
}

// Receive reads the next frame within 5 s.
func (c *Client) Receive(t testing.TB) Frame {
	t.Helper()
	_ = c.SetReadDeadline(time.Now().Add(5 * time.Second)) // a closed pipe shows below
	f, err := c.Next()
	if err != nil {
		t.Fatalf("receive: %v", err)
	}
	return f
}

// JSON reads frames until a text frame of this type and decodes it into dst.
func (c *Client) JSON(t testing.TB, kind string, dst any) {
	t.Helper()
	for {
		f := c.Receive(t)
		var head struct{ Type string }
		switch {
		case f.Op == 8:
			t.Fatalf("waiting for %s: closed with %d", kind, f.Code())
		case f.Op != 1:
			continue
		}
		if err := json.Unmarshal(f.Payload, &head); err != nil {
			t.Fatalf("frame %q: %v", f.Payload, err)
		}
		if head.Type != kind {
			continue
		}
		if err := json.Unmarshal(f.Payload, dst); err != nil {
			t.Fatalf("frame %q: %v", f.Payload, err)
		}
		return
	}
}

// Closed reads frames until the close frame and checks its code.
func (c *Client) Closed(t testing.TB, want hub.Code) {
	t.Helper()
	for {
		if f := c.Receive(t); f.Op == 8 {
			if f.Code() != want {
				t.Fatalf("closed with %d %q, want %d", f.Code(), f.Payload, want)
			}
			return
		}
	}
}
