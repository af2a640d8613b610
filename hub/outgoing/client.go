// Package outgoing asks addresses that others have named: browsers' push services,
// pages that somebody's link leads to, and servers that are told what happens. Such an address may be chosen to make
// this server speak to what only it can reach, so it is judged when the connection
// is made, by the address that its name leads to then: only public ones, only the
// port of https, no redirects, no proxy of the environment, and an end to waiting.
package outgoing

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// wait bounds a whole exchange.
const wait = 5 * time.Second

// MaxAnswer is how much of an answer callers read, in bytes.
const MaxAnswer = 4 << 10

// maxHeader bounds what comes before a page, in bytes.
const maxHeader = 64 << 10

// Client is a client for such addresses. Certificates are checked as ever.
func Client() *http.Client { return client(nil) }

// Reader is a client for pages of strangers: they tell more of themselves before they
// begin, and are asked once.
func Reader() *http.Client { return reader(nil) }

// TellFor bounds an exchange with a server that is told what happens.
const TellFor = 10 * time.Second

// Teller is a client for servers that are told what happens: they may take longer.
func Teller() *http.Client {
	c := client(nil)
	t := c.Transport.(*http.Transport)
	c.Timeout, t.ResponseHeaderTimeout = TellFor, TellFor
	return c
}

func reader(names *net.Resolver) *http.Client {
	c := client(names)
	t := c.Transport.(*http.Transport)
	t.MaxResponseHeaderBytes, t.DisableKeepAlives = maxHeader, true
	return c
}

// client finds names by a resolver of its own, or by the machine's where that is nil.
func client(names *net.Resolver) *http.Client {
	dialer := &net.Dialer{Timeout: wait, Control: judge, Resolver: names}
	return &http.Client{
		Timeout: wait,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: wait, ResponseHeaderTimeout: wait,
			MaxResponseHeaderBytes: MaxAnswer, IdleConnTimeout: wait, MaxConnsPerHost: 4, DisableCompression: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// ErrClosed is why no connection is made to some addresses.
var ErrClosed = errors.New("not on the public internet")

// judge refuses a connection before it is made; address is what the name led to.
func judge(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || at.Port() != 443 || !Public(at.Addr()) {
		return fmt.Errorf("%s: %w", address, ErrClosed)
	}
	return nil
}

// closed are networks that are no way out to the public internet, beyond those that
// net/netip names: shared, reserved and documentation ones, and those of IPv6 that
// carry an IPv4 address, which could be any.
var closed = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10",
)

func prefixes(list ...string) (out []netip.Prefix) {
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

// Public reports whether an address is somebody's on the public internet.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range closed {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
