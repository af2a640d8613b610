package outgoing

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

func TestOnlyPublicAddresses(t *testing.T) {
	for _, a := range []string{"8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "172.32.0.1", "100.128.0.1"} {
		if !Public(netip.MustParseAddr(a)) {
			t.Errorf("%s is refused", a)
		}
	}
	for _, a := range []string{
		"127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255",
		"192.0.0.170", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::7f00:1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "fec0::1",
		"64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "100::1", "3fff::1", "5f00::1",
	} {
		if Public(netip.MustParseAddr(a)) {
			t.Errorf("%s counts as public", a)
		}
	}
}

// No form of writing an address leads to what only this machine reaches: a listener
// counts who comes.
func TestNothingReachesThisMachine(t *testing.T) {
	came := 0
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came++ }))
	server.Config.ConnState = func(net.Conn, http.ConnState) { came++ }
	server.Start()
	defer server.Close()
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	client := Client()
	defer client.CloseIdleConnections()
	for _, host := range []string{
		"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "127.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.1.", "localhost.",
	} {
		for _, address := range []string{"http://" + host + ":" + port + "/", "https://" + host + ":" + port + "/", "https://" + host + "/"} {
			if answer, err := client.Get(address); err == nil {
				_ = answer.Body.Close()
				t.Errorf("%s answered %d", address, answer.StatusCode)
			}
		}
	}
	if came != 0 {
		t.Errorf("%d connections were made", came)
	}
}

func TestOnlyThePortOfHTTPS(t *testing.T) {
	for _, address := range []string{"8.8.8.8:80", "8.8.8.8:22", "8.8.8.8:0", "nonsense"} {
		if err := judge("tcp", address, nil); err == nil {
			t.Errorf("%s is let through", address)
		}
	}
	if err := judge("tcp", "8.8.8.8:443", nil); err != nil {
		t.Error(err)
	}
}

// A proxy of the environment would judge in our place.
func TestNoProxy(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	transport := Client().Transport.(*http.Transport)
	if transport.Proxy != nil {
		t.Error("a proxy would be asked")
	}
	answer := &http.Response{StatusCode: 302, Header: http.Header{"Location": {"http://127.0.0.1/"}}, Body: http.NoBody}
	if err := Client().CheckRedirect(&http.Request{Response: answer}, nil); err == nil || !strings.Contains(err.Error(), "last response") {
		t.Errorf("a redirect is followed: %v", err)
	}
}
