package door

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// ListenOptions bound who may connect how often.
type ListenOptions struct {
	PerIP  int            // connections at once from one network; 0 means 200
	Exempt []netip.Prefix // trusted proxies, behind which many people stand
}

// defaultPerIP is enough for an office behind one address.
const defaultPerIP = 200

// Listen opens a TCP listener whose accept loop survives a lack of file
// descriptors and which caps the connections from one network. Loopback is not
// capped.
func Listen(ctx context.Context, addr string, o ListenOptions) (net.Listener, error) {
	// Beats find dead sockets and IdleTimeout dead requests, so the kernel need
	// not probe each of them every 15 s.
	lc := net.ListenConfig{KeepAlive: -1}
	ln, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, err)
	}
	if o.PerIP == 0 {
		o.PerIP = defaultPerIP
	}
	return &listener{Listener: ln, exempt: o.Exempt, places: NewPlaces(o.PerIP), done: make(chan struct{})}, nil
}

type listener struct {
	net.Listener
	exempt []netip.Prefix
	places *Places // by network
	once   sync.Once
	done   chan struct{}
}

// Accept returns the next connection that is under the cap.
func (l *listener) Accept() (net.Conn, error) {
	for wait := 5 * time.Millisecond; ; {
		c, err := l.Listener.Accept()
		switch {
		case err == nil:
			if counted := l.count(c); counted != nil {
				return counted, nil
			}
			_ = c.Close() // one too many
		case !passing(err):
			return nil, err
		default:
			select { // others may give descriptors back meanwhile
			case <-time.After(wait):
			case <-l.done:
				return nil, net.ErrClosed
			}
			wait = min(2*wait, time.Second)
		}
	}
}

// Close stops accepting; open connections stay.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.done) })
	return l.Listener.Close()
}

// Turn lets one server serve on a listener of Listen, raw, and give it back for the
// next: its Shutdown ends the turn and closes nothing, and who connects between the
// two waits. main is raw or, of Secured, what speaks TLS on it.
func Turn(main, raw net.Listener) net.Listener {
	return &turn{Listener: main, raw: raw.(*listener).Listener.(*net.TCPListener)}
}

type turn struct {
	net.Listener
	raw  *net.TCPListener
	over atomic.Bool
}

// Accept returns the next connection while the turn lasts.
func (t *turn) Accept() (net.Conn, error) {
	c, err := t.Listener.Accept()
	if err != nil && t.over.Load() {
		return nil, errors.Join(net.ErrClosed, t.raw.SetDeadline(time.Time{}))
	}
	return c, err
}

// Close ends the turn. Once more it does nothing: the port may be the next server's.
func (t *turn) Close() error {
	if t.over.Swap(true) {
		return nil
	}
	return t.raw.SetDeadline(time.Unix(1, 0))
}

// passing reports whether accepting can succeed later.
func passing(err error) bool {
	for _, e := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// count wraps a connection so that closing it gives its place back, or returns
// nil when its network has no place left.
func (l *listener) count(c net.Conn) net.Conn {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return c
	}
	key, ok := l.enter(tcpAddr(c.RemoteAddr()))
	switch {
	case !ok:
		return nil
	case key == "":
		return c
	}
	return &countedConn{TCPConn: tcp, listener: l, key: key}
}

// enter takes a place for an address; the key is what to give back, "" for
// those who are not counted.
func (l *listener) enter(a netip.Addr) (key string, ok bool) {
	if !a.IsValid() || a.IsLoopback() || inside(a, l.exempt) {
		return "", true
	}
	key = network(a)
	return key, l.places.Enter(key)
}

// countedConn embeds the TCP connection, so that writes of several buffers and
// half-closing still reach it.
type countedConn struct {
	*net.TCPConn
	listener *listener
	key      string
	once     sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() { c.listener.places.Leave(c.key) })
	return c.TCPConn.Close()
}
