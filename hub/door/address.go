package door

import (
	"net"
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

const clientIP = "rapport.ip"

// IP is the client's address in canonical text: that of the connection or, if
// it comes from a trusted proxy, the rightmost address in X-Forwarded-For that
// is no trusted proxy. What stands further left anybody can write.
func IP(c *fiber.Ctx) string { return addr(c).String() }

// IPKey names the client's network for rate limits: the address, or the /64 of
// an IPv6 address, since a household has a whole one.
func IPKey(c *fiber.Ctx) string { return network(addr(c)) }

// Local reports a client on this machine, which no count of networks means.
func Local(c *fiber.Ctx) bool { return addr(c).IsLoopback() }

func network(a netip.Addr) string {
	if a.Is6() {
		p, _ := a.WithZone("").Prefix(64) // 64 bits always fit
		return p.String()
	}
	return a.String()
}

func addr(c *fiber.Ctx) netip.Addr {
	a, _ := c.Locals(clientIP).(netip.Addr)
	return a
}

func clientAddr(c *fiber.Ctx, proxies []netip.Prefix) netip.Addr {
	a := tcpAddr(c.Context().RemoteAddr())
	if !inside(a, proxies) {
		return a
	}
	headers := c.Request().Header.PeekAll(fiber.HeaderXForwardedFor)
	for i := len(headers) - 1; i >= 0; i-- {
		parts := strings.Split(string(headers[i]), ",")
		for j := len(parts) - 1; j >= 0; j-- {
			next, ok := parseAddr(strings.TrimSpace(parts[j]))
			if !ok {
				return a // not an address: believe nothing further left
			}
			if a = next; !inside(a, proxies) {
				return a
			}
		}
	}
	return a
}

// parseAddr reads an address with or without a port.
func parseAddr(s string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
		return a.Unmap(), true
	}
	p, err := netip.ParseAddrPort(s)
	return p.Addr().Unmap(), err == nil
}

func tcpAddr(a net.Addr) netip.Addr {
	if t, ok := a.(*net.TCPAddr); ok {
		return t.AddrPort().Addr().Unmap()
	}
	return netip.Addr{}
}

func inside(a netip.Addr, prefixes []netip.Prefix) bool {
	for _, p := range prefixes {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
