package drive

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws"
)

func TestPlace(t *testing.T) {
	p, err := NewPlace("http://localhost:4501/console/", "http://127.0.0.1:4501", "key")
	if err != nil || p.Console != "http://localhost:4501" || p.Widget != "http://127.0.0.1:4501" {
		t.Fatal(p, err)
	}
	if p, err := NewPlace("https://chat.example/console/", "", ""); err != nil || p.Widget != "https://chat.example" {
		t.Fatal(p, err)
	}
	for _, bad := range []string{"", "localhost:4501", "ftp://x", "http://"} {
		if _, err := NewPlace(bad, "", ""); err == nil {
			t.Errorf("%q was accepted", bad)
		}
	}
	if got := socketURL("https://chat.example", "/v1"); got != "wss://chat.example/v1" {
		t.Error(got)
	}
}

func TestProcessFigures(t *testing.T) {
	before, err := CPU(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < 100*time.Millisecond; {
	}
	after, err := CPU(os.Getpid())
	if err != nil || after-before < 50*time.Millisecond || after-before > 2*time.Second {
		t.Errorf("100 ms of work measured as %s, %v", after-before, err)
	}
	rss, err := RSS(os.Getpid())
	if err != nil || rss < 1<<20 || rss > 1<<32 {
		t.Errorf("RSS %d, %v", rss, err)
	}
	if _, err := RSS(1 << 30); err == nil {
		t.Error("a process that is not there has memory")
	}
}

// pair is a socket and the server's end of its connection.
func pair(t *testing.T) (*Socket, net.Conn) {
	t.Helper()
	a, b := net.Pipe()
	t.Cleanup(func() { a.Close(); b.Close() })
	return &Socket{conn: a, br: bufio.NewReader(a)}, b
}

// clientFrame reads what the socket wrote, unmasked.
func clientFrame(from io.Reader) (ws.Header, string, error) {
	h, err := ws.ReadHeader(from)
	if err != nil {
		return h, "", err
	}
	payload := make([]byte, min(h.Length, 1<<20))
	_, err = io.ReadFull(from, payload)
	ws.Cipher(payload, h.Mask, 0)
	return h, string(payload), err
}

func TestSocketReads(t *testing.T) {
	s, server := pair(t)
	long := strings.Repeat("x", 70_000)
	pong := make(chan string, 1)
	go func() {
		for _, f := range []ws.Frame{
			ws.NewFrame(ws.OpText, true, []byte("one")),
			ws.NewFrame(ws.OpText, false, []byte("in ")),
			ws.NewPingFrame([]byte("there?")),
		} {
			_ = ws.WriteFrame(server, f) // a failure shows as a missing frame
		}
		_, payload, _ := clientFrame(server)
		pong <- payload
		_ = ws.WriteFrame(server, ws.NewFrame(ws.OpContinuation, true, []byte("two parts")))
		_ = ws.WriteFrame(server, ws.NewTextFrame([]byte(long)))
		_ = ws.WriteFrame(server, ws.NewCloseFrame(ws.NewCloseFrameBody(4004, "slow_reader")))
	}()
	var buf []byte
	var err error
	for _, want := range []string{"one", "in two parts", long} {
		if buf, err = s.Read(buf); err != nil || string(buf) != want {
			t.Fatalf("got %.40q, want %.40q, %v", buf, want, err)
		}
	}
	if got := <-pong; got != "there?" {
		t.Errorf("ping answered with %q", got)
	}
	if _, err := s.Read(buf); CodeOf(err) != 4004 {
		t.Errorf("close read as %v", err)
	}
	if CodeOf(io.EOF) != 0 || CodeOf(errors.Join(&Closed{Code: 1001})) != 1001 {
		t.Error("close codes are not found in errors")
	}
}

func TestSocketWrites(t *testing.T) {
	s, server := pair(t)
	for _, n := range []int{0, 125, 126, 60_000} {
		want := strings.Repeat("ü", n/2)
		go func() { _ = s.Write([]byte(want)) }() // a failure shows on the other side
		header, payload, err := clientFrame(server)
		if err != nil || !header.Masked || header.OpCode != ws.OpText {
			t.Fatal(header, err)
		}
		if payload != want {
			t.Errorf("%d bytes arrive otherwise", n)
		}
	}
}

func TestSources(t *testing.T) {
	seen := map[string]bool{}
	for n := range 3 * sources {
		ip := Source(n).To4()
		if ip[0] != 127 || ip[2] != 1 || ip[3] == 0 {
			t.Fatal(ip)
		}
		seen[ip.String()] = true
	}
	if len(seen) != sources {
		t.Errorf("%d addresses", len(seen))
	}
}
