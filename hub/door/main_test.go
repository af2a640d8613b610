package door

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/hubtest"
)

// fasthttp starts two clocks that live as long as the process.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	)
}

// ownOrigin is where our pages come from in these tests.
const ownOrigin = "https://chat.example"

// server is a real one on loopback.
type server struct {
	app  *App
	addr string
}

func serve(t testing.TB, routes func(a *App)) server {
	t.Helper()
	a := New(Options{})
	routes(a)
	ln, err := Listen(t.Context(), "127.0.0.1:0", ListenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := a.Shutdown(ctx); err != nil {
			t.Errorf("shutdown: %v", err)
		}
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return server{a, ln.Addr().String()}
}

// socketServer serves one door at /socket and drains its hub with the test.
func socketServer(t testing.TB, d hub.Door, l hub.Limits, more ...func(a *App)) (server, *hub.Hub) {
	t.Helper()
	h := hub.New(hub.Options{})
	s := serve(t, func(a *App) {
		a.Get("/socket", Upgrade(h, d, UpgradeOptions{Origin: Origins(ownOrigin), Limits: l}))
		for _, f := range more {
			f(a)
		}
	})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := h.Drain(ctx); err != nil {
			t.Errorf("drain: %v", err)
		}
	})
	return s, h
}

func (s server) dial(t testing.TB) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// handshakeText is a good one.
const handshakeText = "GET /socket HTTP/1.1\r\nHost: chat.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
	"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: " + ownOrigin + "\r\n\r\n"

// socket opens a socket.
func (s server) socket(t testing.TB) *hubtest.Client {
	t.Helper()
	c, err := s.trySocket()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func (s server) trySocket() (*hubtest.Client, error) {
	nc, err := net.Dial("tcp", s.addr)
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(nc, handshakeText); err != nil {
		return nil, err
	}
	if err := readSwitch(nc); err != nil {
		_ = nc.Close()
		return nil, err
	}
	return hubtest.NewClient(nc), nil
}

// readSwitch reads the answer to a handshake byte by byte, so that nothing
// behind it is taken.
func readSwitch(nc net.Conn) error {
	var head []byte
	b := make([]byte, 1)
	for !bytes.HasSuffix(head, []byte("\r\n\r\n")) {
		if _, err := nc.Read(b); err != nil {
			return fmt.Errorf("handshake after %q: %w", head, err)
		}
		head = append(head, b[0])
	}
	if !bytes.HasPrefix(head, []byte("HTTP/1.1 101 ")) {
		return fmt.Errorf("handshake: %q", head)
	}
	return nil
}

// exchange sends raw bytes and reads one HTTP answer.
func (s server) exchange(t testing.TB, request string) (*http.Response, string) {
	t.Helper()
	c := s.dial(t)
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	_ = c.SetReadDeadline(time.Now().Add(15 * time.Second))
	res, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatalf("answer to %.60q: %v", request, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

// post sends a body and returns status and failure code.
func (s server) post(t testing.TB, path, contentType, body string, headers ...string) (int, chat.Failure) {
	t.Helper()
	req := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n%s",
		path, contentType, len(body), strings.Join(append(headers, ""), "\r\n"), body)
	res, text := s.exchange(t, req)
	var f chat.Failure
	_ = json.Unmarshal([]byte(text), &f) // not every answer is a failure
	return res.StatusCode, f
}
