//go:build !race

// The race detector finds this trap before it can be shown, so the test runs
// without it only.

package door

import (
	"net"
	"sync"
	"testing"
	"time"

	"github.com/gofiber/contrib/websocket"
	"github.com/gofiber/fiber/v2"
)

// The trap is real: with Fiber's defaults a connection that was kept beyond its
// handler writes to the next visitor. If this ever passes with no ghost, the
// libraries were mended and Upgrade may become simpler.
func TestDefaultsAreHaunted(t *testing.T) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	var mu sync.Mutex
	var kept []*websocket.Conn
	app.Get("/socket", websocket.New(func(c *websocket.Conn) {
		mu.Lock()
		kept = append(kept, c)
		mu.Unlock()
		for {
			if _, _, err := c.ReadMessage(); err != nil {
				return
			}
		}
	}))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- app.Listener(ln) }()
	defer func() {
		_ = app.Shutdown()
		<-done
	}()
	s := server{addr: ln.Addr().String()}
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
		if haunted(t, s, &mu, &kept) {
			return
		}
	}
	t.Fatal("no ghost within 10 s")
}

// haunted lets one visitor leave and the next come, writes to the first, and
// reports whether the second got it.
func haunted(t *testing.T, s server, mu *sync.Mutex, kept *[]*websocket.Conn) bool {
	t.Helper()
	first, err := s.trySocket()
	if err != nil {
		t.Fatal(err)
	}
	_ = first.Close()
	time.Sleep(2 * time.Millisecond)
	second, err := s.trySocket()
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	time.Sleep(2 * time.Millisecond)
	mu.Lock()
	if len(*kept) < 2 {
		mu.Unlock()
		return false
	}
	ghost := (*kept)[0]
	*kept = nil
	mu.Unlock()
	func() {
		defer func() { _ = recover() }() // a pooled connection without an inner one panics
		if ghost.Conn != nil {
			_ = ghost.WriteMessage(websocket.TextMessage, []byte("ghost"))
		}
	}()
	_ = second.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	f, err := second.Next()
	return err == nil && string(f.Payload) == "ghost"
}
