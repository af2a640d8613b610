package door

import (
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/hubtest"
)

// Ghosts are what somebody still holds of a socket whose visitor has left: a
// late write through one must reach nobody, a late read must see nobody's
// bytes. Visitors come and go while every connection ever seen is written to
// and closed again. Each visitor must get its own number back and nothing else.
func TestNoGhosts(t *testing.T) {
	trials := 10_000
	if testing.Short() {
		trials = 1_000
	}
	var mu sync.Mutex
	var ghosts []*hub.Conn
	haunt := func() {
		mu.Lock()
		defer mu.Unlock()
		for _, g := range ghosts[max(0, len(ghosts)-50):] {
			_ = g.Send([]byte(`"ghost"`)) // ErrClosed is what we hope for
			_ = g.Write([]byte(`"ghost"`))
			g.Close(hub.Overloaded)
		}
	}
	l := hub.VisitorLimits()
	s, h := socketServer(t, hubtest.Door{
		OnHello: func(c *hub.Conn, frame []byte) error { return c.Send(frame) },
		OnFrame: func(c *hub.Conn, frame []byte) { _ = c.Send(frame) }, // the visitor may leave
		OnGone: func(c *hub.Conn) {
			mu.Lock()
			defer mu.Unlock()
			ghosts = append(ghosts, c)
		},
	}, l, func(a *App) {
		a.Post("/page", func(c *fiber.Ctx) error {
			var v struct {
				N string `json:"n"`
			}
			if err := Body(c, 1000, &v); err != nil {
				return err
			}
			return c.SendString(v.N)
		})
	})
	var wrong atomic.Int64
	var workers sync.WaitGroup
	for w := range 8 {
		workers.Go(func() {
			for i := w; i < trials; i += 8 {
				if err := visit(s, i); err != nil {
					wrong.Add(1)
					t.Errorf("visitor %d: %v", i, err)
					return
				}
				if i%7 == 0 {
					haunt()
				}
			}
		})
	}
	workers.Wait()
	waitClosed(t, h)
	if n := h.Stats(); n.Closes["internal"] != 0 || wrong.Load() != 0 {
		t.Fatalf("%d wrong, %+v", wrong.Load(), n)
	}
}

// visit opens a socket (its first frame sometimes travelling with the
// handshake), says its number twice, loads a page over plain HTTP on the side,
// and leaves with or without a word.
func visit(s server, i int) error {
	nc, err := net.Dial("tcp", s.addr)
	if err != nil {
		return err
	}
	defer nc.Close()
	_ = nc.SetDeadline(time.Now().Add(20 * time.Second))
	number := fmt.Sprintf(`{"n":"%d"}`, i)
	first := hubtest.Mask(0x81, []byte(number))
	opening := handshakeText
	if early := i%3 == 0; early {
		opening += string(first)
		first = nil
	}
	if _, err := io.WriteString(nc, opening); err != nil {
		return err
	}
	if err := readSwitch(nc); err != nil {
		return err
	}
	c := hubtest.NewClient(nc)
	if _, err := nc.Write(append(first, hubtest.Mask(0x81, []byte(number))...)); err != nil {
		return err
	}
	for range 2 {
		f, err := c.Next()
		if err != nil {
			return err
		}
		if string(f.Payload) != number {
			return fmt.Errorf("got %q", f.Payload)
		}
	}
	if i%5 == 0 {
		if err := page(s, number, fmt.Sprint(i)); err != nil {
			return err
		}
	}
	if i%2 == 0 {
		_, err = nc.Write(hubtest.Mask(0x88, []byte{3, 232}))
	}
	return err
}

// page posts over a connection of its own, which recycles contexts and readers.
func page(s server, body, want string) error {
	nc, err := net.Dial("tcp", s.addr)
	if err != nil {
		return err
	}
	defer nc.Close()
	_ = nc.SetDeadline(time.Now().Add(20 * time.Second))
	fmt.Fprintf(nc, "POST /page HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	all, err := io.ReadAll(nc)
	if err != nil {
		return err
	}
	if !strings.HasSuffix(string(all), "\r\n\r\n"+want) {
		return fmt.Errorf("page: %q", all)
	}
	return nil
}

func waitClosed(t *testing.T, h *hub.Hub) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); h.Stats().Open > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d sockets are still open", h.Stats().Open)
		}
	}
}
