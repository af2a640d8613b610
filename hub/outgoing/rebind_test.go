package outgoing

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// names answers each question for an IPv4 address with the next of a list, the last
// one again and again.
func names(t *testing.T, addresses ...[4]byte) (*net.Resolver, *atomic.Int64) {
	t.Helper()
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	asked := &atomic.Int64{}
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := socket.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil {
				continue
			}
			m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				at := addresses[min(int(asked.Add(1))-1, len(addresses)-1)]
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: &dnsmessage.AResource{A: at}}}
			}
			if answer, err := m.Pack(); err == nil {
				_, _ = socket.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", socket.LocalAddr().String())
	}}, asked
}

// A name is judged by where it leads when the connection is made, however often it
// led elsewhere before.
func TestNamesThatLeadInside(t *testing.T) {
	came := atomic.Int64{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.Config.ConnState = func(net.Conn, http.ConnState) { came.Add(1) }
	server.StartTLS()
	defer server.Close()
	for name, list := range map[string][][4]byte{
		"to this machine":  {{127, 0, 0, 1}},
		"to a neighbour":   {{10, 0, 0, 1}},
		"to the cloud's":   {{169, 254, 169, 254}},
		"another time":     {{192, 0, 2, 1}, {127, 0, 0, 1}},
		"to a documented ": {{203, 0, 113, 7}},
	} {
		t.Run(name, func(t *testing.T) {
			resolver, asked := names(t, list...)
			c := reader(resolver)
			defer c.CloseIdleConnections()
			for range len(list) {
				answer, err := c.Get("https://rebinding.example/")
				if err == nil {
					_ = answer.Body.Close()
				}
				if err == nil || !strings.Contains(err.Error(), "not on the public internet") {
					t.Errorf("it says %v", err)
				}
			}
			if asked.Load() < int64(len(list)) {
				t.Errorf("asked %d times", asked.Load())
			}
		})
	}
	if came.Load() != 0 {
		t.Errorf("%d connections were made", came.Load())
	}
}
