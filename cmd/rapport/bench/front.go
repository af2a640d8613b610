package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// front stands before two servers as a plain proxy does: connections go to them in
// turn, to the other where one takes none, and to none that says it is not ready.
type front struct {
	listener net.Listener
	to       [2]string // addresses of the servers
	away     [2]atomic.Bool
	turn     atomic.Uint64
	stop     context.CancelFunc
	work     sync.WaitGroup

	mu     sync.Mutex
	closed bool
	open   map[net.Conn]bool
}

// lookEvery is how often the front asks whether a server is ready: as often as a
// careful proxy does. A server that stops goes on for three seconds.
const lookEvery = 500 * time.Millisecond

// newFront listens on a port of 127.0.0.1, before servers that need not run yet.
func newFront(ports [2]int) (*front, error) {
	f := &front{open: map[net.Conn]bool{}}
	for i, port := range ports {
		f.to[i] = fmt.Sprintf("127.0.0.1:%d", port)
	}
	var err error
	if f.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	f.stop = stop
	f.work.Go(f.accept)
	for i := range f.to {
		f.work.Go(func() { f.look(ctx, i) })
	}
	return f, nil
}

func (f *front) port() int { return f.listener.Addr().(*net.TCPAddr).Port }

// close ends it and every connection through it.
func (f *front) close() {
	f.stop()
	f.listener.Close()
	f.mu.Lock()
	f.closed = true
	for c := range f.open {
		c.Close()
	}
	f.mu.Unlock()
	f.work.Wait()
}

// look keeps up whether a server is ready.
func (f *front) look(ctx context.Context, i int) {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		f.away[i].Store(!ready(ctx, &client, "http://"+f.to[i]+"/readyz"))
		if pause(ctx, lookEvery) != nil {
			return
		}
	}
}

func ready(ctx context.Context, client *http.Client, address string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return false
	}
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func (f *front) accept() {
	for {
		c, err := f.listener.Accept()
		if err != nil {
			return
		}
		f.work.Go(func() { f.carry(c) })
	}
}

// carry brings one connection to a server, and every byte both ways until either ends.
func (f *front) carry(client net.Conn) {
	defer f.hold(client)()
	server, err := f.dial()
	if err != nil {
		return
	}
	defer f.hold(server)()
	f.work.Go(func() {
		_, _ = io.Copy(server, client) // who ended it, and how, is seen at the ends
		server.Close()
		client.Close()
	})
	_, _ = io.Copy(client, server)
}

// hold remembers a connection for close; what it returns closes and forgets it.
func (f *front) hold(c net.Conn) func() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open[c] = true
	if f.closed {
		c.Close()
	}
	return func() {
		c.Close()
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.open, c)
	}
}

// dial connects to the next server that is ready, else to any that takes it.
func (f *front) dial() (net.Conn, error) {
	err := errors.New("no server takes it")
	first := int(f.turn.Add(1))
	for _, unready := range []bool{false, true} {
		for n := range f.to {
			i := (first + n) % len(f.to)
			if f.away[i].Load() != unready {
				continue
			}
			var c net.Conn
			if c, err = net.Dial("tcp", f.to[i]); err == nil {
				return c, nil
			}
		}
	}
	return nil, err
}
