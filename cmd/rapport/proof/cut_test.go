package proof

import (
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"rapport/storage/storagetest/cluster"
)

// wire carries connections to a server and can lose what goes one way: the kernel drops
// each packet where it may (see apart), and holds nothing back. Elsewhere the wire holds
// what comes until the way is free again, as TCP sees to it on a network that loses
// everything for a while; ends that close meanwhile are not heard of either.
type wire struct {
	to       string
	listener net.Listener
	ended    chan struct{}
	there    gate // towards the server
	back     gate // and from it
}

// gate lets pass or holds.
type gate struct {
	mu   sync.Mutex
	free chan struct{} // closed while it lets pass
}

func newGate() gate {
	free := make(chan struct{})
	close(free)
	return gate{free: free}
}

// hold lets nothing pass until what it returns is called.
func (g *gate) hold() (lift func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	free := make(chan struct{})
	g.free = free
	return func() { close(free) }
}

func (g *gate) passage() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.free
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	w := &wire{to: to, ended: make(chan struct{}), there: newGate(), back: newGate()}
	var err error
	if w.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { close(w.ended); _ = w.listener.Close() })
	go func() {
		for {
			c, err := w.listener.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w
}

func (w *wire) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", w.to)
	if err != nil {
		return
	}
	defer server.Close()
	go w.pump(server, client, &w.there)
	w.pump(client, server, &w.back)
}

// pump carries one way until either end closes.
func (w *wire) pump(to, from net.Conn, g *gate) {
	defer to.Close()
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		select {
		case <-g.passage():
		case <-w.ended:
			return
		}
		if n > 0 {
			if _, bad := to.Write(piece[:n]); bad != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// way is one of two directions.
type way struct {
	name string
	lose func() (lift func())
}

// both are the ways whose loss is tried, one after the other.
func (w *wire) both(t *testing.T) []way {
	lose := func(end string, g *gate) func() func() {
		if os.Getenv(netEnv) == "" {
			return g.hold
		}
		return func() func() {
			port := w.listener.Addr().(*net.TCPAddr).Port
			if err := nft(fmt.Sprintf("add rule ip cut in tcp %s %d drop", end, port)); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := nft("flush chain ip cut in"); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return []way{{"what the server says", lose("dport", &w.there)}, {"what it is told", lose("sport", &w.back)}}
}

// TestNATSHeardOneWay is promise P3 and P4 where one of two servers reaches NATS, or is
// reached from there, and not both: everybody hears all within seconds.
func TestNATSHeardOneWay(t *testing.T) {
	if apart(t) {
		return
	}
	var w *wire
	s := newPair(t, busy, cluster.Database(t), func(s *pair) {
		w = newWire(t, s.natsAddress())
		s.natsOf[0] = w.listener.Addr().String()
	})
	for _, c := range w.both(t) {
		time.Sleep(500 * time.Millisecond)
		lift := c.lose()
		time.Sleep(500 * time.Millisecond)
		if !s.w.hear(5 * time.Second) {
			t.Errorf("%s is lost, and somebody does not hear of the other server's people", c.name)
		}
		lift()
	}
	s.w.finish()
}

// hear waits until everybody has what somebody with the same rights has now.
func (w *world) hear(limit time.Duration) bool {
	heads := map[string]int64{}
	at := func(c *Client, conversation string) string { return fmt.Sprint(c.Wire, conversation) }
	for _, c := range w.clients {
		for _, id := range c.Homes {
			heads[at(c, id)] = max(heads[at(c, id)], c.Head(id))
		}
	}
	return until(limit, func() bool {
		return every(w.clients, func(c *Client) bool {
			for _, id := range c.Homes {
				if c.Head(id) < heads[at(c, id)] {
					return false
				}
			}
			return true
		})
	})
}

// TestPostgresHeardOneWay is promise P1 to P4 where one of two servers reaches the
// database, or is reached from there, and not both: the other goes on, and so does the
// one when it hears again.
func TestPostgresHeardOneWay(t *testing.T) {
	if apart(t) {
		return
	}
	pg := cluster.New(t)
	pg.Start()
	pg.Exec("postgres", `CREATE ROLE rapport LOGIN PASSWORD 'x'`, `CREATE DATABASE chat OWNER rapport`)
	store := pg.URL("rapport", "x", "chat")
	u, err := url.Parse(store)
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(t, u.Host)
	u.Host, u.RawQuery = w.listener.Addr().String(), "sslmode=disable"
	s := newPair(t, busy, store, func(s *pair) { s.storeOf[0] = u.String() })
	for _, c := range w.both(t) {
		time.Sleep(500 * time.Millisecond)
		lift := c.lose()
		time.Sleep(time.Second)
		before := s.w.acked()
		if !until(lapse, func() bool { return s.w.acked() > before+100 }) {
			t.Errorf("%s is lost on the way to one server's database, and the other stores nothing in %s", c.name, lapse)
		}
		lift()
		before = s.w.acked()
		if !until(lapse, func() bool { return s.w.acked() > before+100 }) {
			t.Errorf("%s is heard again, and nothing is stored in %s", c.name, lapse)
		}
	}
	s.w.finish()
}

// lapse is the longest that a server which cannot reach the database may keep another
// from storing: its sessions may hold a lock until Postgres ends them.
const lapse = 30 * time.Second

// A wire holds one way, and lets through what it held.
func TestWire(t *testing.T) {
	echo, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer echo.Close()
	go func() {
		c, err := echo.Accept()
		if err == nil {
			_, _ = io.Copy(c, c)
		}
	}()
	w := newWire(t, echo.Addr().String())
	c, err := net.Dial("tcp", w.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, way := range w.both(t) {
		lift := way.lose()
		if _, err := io.WriteString(c, "hello"); err != nil {
			t.Fatal(err)
		}
		heard := make([]byte, 5)
		_ = c.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		if n, err := c.Read(heard); err == nil {
			t.Errorf("%s is held, and %q came back", way.name, heard[:n])
		}
		lift()
		_ = c.SetReadDeadline(time.Now().Add(10 * time.Second))
		if _, err := io.ReadFull(c, heard); err != nil || string(heard) != "hello" {
			t.Errorf("%s was let go: %q came back, %v", way.name, heard, err)
		}
	}
}
