package bench

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

// backend is a server that says its name, and whether it is ready.
type backend struct {
	*httptest.Server
	stops atomic.Bool
}

func newBackend(t *testing.T, name string) *backend {
	t.Helper()
	b := &backend{}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" && b.stops.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(w, name)
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *backend) port() int { return b.Listener.Addr().(*net.TCPAddr).Port }

// who are the servers that answer a number of newcomers.
func who(t *testing.T, f *front, newcomers int) map[string]int {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	names := map[string]int{}
	for range newcomers {
		resp, err := client.Get(fmt.Sprintf("http://127.0.0.1:%d/", f.port()))
		if err != nil {
			t.Fatal(err)
		}
		name, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		names[string(name)]++
	}
	return names
}

func TestFrontGoesWhereAServerIsReady(t *testing.T) {
	a, b := newBackend(t, "a"), newBackend(t, "b")
	f, err := newFront([2]int{a.port(), b.port()})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	if names := who(t, f, 10); names["a"] != 5 || names["b"] != 5 {
		t.Errorf("ten newcomers went to %v", names)
	}
	b.stops.Store(true)
	for end := time.Now().Add(10 * time.Second); !f.away[1].Load() && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	if names := who(t, f, 10); names["a"] != 10 {
		t.Errorf("one says that it stops, and newcomers go to %v", names)
	}
	a.Close()
	if names := who(t, f, 10); names["b"] != 10 {
		t.Errorf("one is gone and the other stops, but takes connections: newcomers go to %v", names)
	}
}

// A connection ends for the client when its server ends it.
func TestFrontEndsWithTheServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	f, err := newFront([2]int{port, port})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = io.WriteString(c, "bye")
			c.Close()
		}
	}()
	defer l.Close()
	c, err := net.Dial("tcp", f.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(10 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if said, err := io.ReadAll(c); err != nil || string(said) != "bye" {
		t.Errorf("read %q, %v", said, err)
	}
}
