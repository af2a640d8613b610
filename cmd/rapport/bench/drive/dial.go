package drive

import (
	"context"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// dialTimeout bounds one connection attempt, so that a lost SYN is tried again
// by us and not only by the kernel.
const dialTimeout = 15 * time.Second

// sources is how many addresses a crowd leaves from.
const sources = 20

// Source returns the n-th loopback address that connections leave from. Each
// carries at most about 28,000 ports, and a server counts connections by
// address; spreading keeps both far from their limits.
func Source(n int) net.IP { return net.IPv4(127, 0, 1, byte(1+n%sources)) }

// dialer leaves from source where the target is this machine. With
// IP_BIND_ADDRESS_NO_PORT the kernel chooses the port at connect, so that one
// port may serve several destinations.
func dialer(source net.IP) *net.Dialer {
	d := &net.Dialer{Timeout: dialTimeout, KeepAlive: -1}
	if source != nil {
		d.LocalAddr = &net.TCPAddr{IP: source}
		d.Control = func(_, _ string, c syscall.RawConn) error {
			var failed error
			err := c.Control(func(fd uintptr) {
				failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_IP, unix.IP_BIND_ADDRESS_NO_PORT, 1)
			})
			if err != nil {
				return err
			}
			return failed
		}
	}
	return d
}

// Dial connects to the host of an http origin, from source if that host is on
// loopback. The name localhost means 127.0.0.1 here, as the server listens there.
func Dial(ctx context.Context, origin string, source net.IP) (net.Conn, error) {
	u, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	if !strings.HasPrefix(host, "127.") {
		source = nil
	}
	return dialer(source).DialContext(ctx, "tcp", net.JoinHostPort(host, port))
}
