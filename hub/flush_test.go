package hub

import (
	"bytes"
	"encoding/binary"
	"io"
	"log/slog"
	"net"
	"testing"
	"time"
)

// A slow reader is told so in a frame of its own: what is cut in the middle when it
// is dropped goes out whole before.
func TestDropFinishesTheFrameThatHasBegun(t *testing.T) {
	ours, theirs := loopback(t)
	h := New(Options{Log: slog.New(slog.DiscardHandler)})
	defer func() { _ = h.Drain(t.Context()) }()
	limits := AgentLimits()
	c := &Conn{hub: h, nc: ours, raw: rawOf(ours), limits: &limits}
	long := bytes.Repeat([]byte("x"), 16<<20) // more than the sockets' buffers hold
	c.mu.Lock()
	_ = c.append(item{frame: textFrame(long)})
	_ = c.append(item{frame: textFrame([]byte("never sent"))})
	c.writeNow()
	if !c.cut {
		t.Fatal("the socket took all of it at once")
	}
	c.drop(SlowReader)
	c.mu.Unlock()

	_ = theirs.SetReadDeadline(time.Now().Add(20 * time.Second))
	head := make([]byte, 10)
	if _, err := io.ReadFull(theirs, head); err != nil || head[0] != 0x81 || head[1] != 127 || binary.BigEndian.Uint64(head[2:]) != uint64(len(long)) {
		t.Fatalf("frame begins with % x, %v", head, err)
	}
	body := make([]byte, len(long))
	if _, err := io.ReadFull(theirs, body); err != nil || !bytes.Equal(body, long) {
		t.Fatalf("the frame did not come whole: %v", err)
	}
	last := make([]byte, 4)
	if _, err := io.ReadFull(theirs, last); err != nil || last[0] != 0x88 || Code(binary.BigEndian.Uint16(last[2:])) != SlowReader {
		t.Fatalf("after it came % x, %v", last, err)
	}
}

func loopback(t *testing.T) (ours, theirs net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	theirs, err = net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if ours, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = ours.Close(), theirs.Close() })
	return ours, theirs
}
