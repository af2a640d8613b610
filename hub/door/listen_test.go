package door

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
)

// failing is a listener that lacks descriptors a few times, then gives a
// connection from somewhere else.
type failing struct {
	net.Listener
	errs []error
	from []string
}

func (f *failing) Accept() (net.Conn, error) {
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return nil, &net.OpError{Op: "accept", Err: os.NewSyscallError("accept4", err)}
	}
	if len(f.from) == 0 {
		return nil, net.ErrClosed
	}
	f.from = f.from[1:]
	return new(net.TCPConn), nil
}

func TestAcceptSurvivesALackOfDescriptors(t *testing.T) {
	l := &listener{Listener: &failing{errs: []error{syscall.EMFILE, syscall.ENFILE, syscall.ECONNABORTED}, from: []string{"x"}},
		places: NewPlaces(1), done: make(chan struct{})}
	if c, err := l.Accept(); err != nil || c == nil {
		t.Fatalf("got %v, %v", c, err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Fatalf("got %v", err)
	}
}

func TestConnectionsPerNetwork(t *testing.T) {
	l := &listener{places: NewPlaces(2), exempt: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}
	enter := func(ip string) bool {
		_, ok := l.enter(netip.MustParseAddr(ip))
		return ok
	}
	first, second, third := enter("203.0.113.7"), enter("203.0.113.7"), enter("203.0.113.7")
	if !first || !second || third {
		t.Fatal("the cap does not hold")
	}
	if !enter("203.0.113.8") {
		t.Fatal("a neighbour is capped too")
	}
	for range 5 {
		if !enter("10.1.2.3") || !enter("127.0.1.9") {
			t.Fatal("a proxy or loopback is capped")
		}
	}
	if !enter("2001:db8::1") || !enter("2001:db8::2") || enter("2001:db8::3") || !enter("2001:db8:0:1::1") {
		t.Fatal("IPv6 is not counted by /64")
	}
	c := &countedConn{TCPConn: new(net.TCPConn), listener: l, key: "203.0.113.7"}
	_ = c.Close()
	_ = c.Close() // twice gives one place back
	if !enter("203.0.113.7") || enter("203.0.113.7") {
		t.Fatal("a closed connection keeps its place, or gives back two")
	}
}

func TestClientAddress(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8")}
	a := New(Options{Proxies: proxies})
	a.Get("/ip", func(c *fiber.Ctx) error { return c.SendString(IP(c) + " " + IPKey(c)) })
	ln, err := Listen(t.Context(), "127.0.0.1:0", ListenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.Serve(ln) }()
	s := server{a, ln.Addr().String()}
	cases := []struct{ header, want string }{
		{"", "127.0.0.1 127.0.0.1"},
		{"X-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7 203.0.113.7"},
		{"X-Forwarded-For: 1.2.3.4, 203.0.113.7\r\n", "203.0.113.7 203.0.113.7"},
		{"X-Forwarded-For: 1.2.3.4, 203.0.113.7, 10.0.0.5\r\n", "203.0.113.7 203.0.113.7"},
		{"X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7 203.0.113.7"},
		{"X-Forwarded-For: 203.0.113.7:4711\r\n", "203.0.113.7 203.0.113.7"},
		{"X-Forwarded-For: ::ffff:203.0.113.7\r\n", "203.0.113.7 203.0.113.7"},
		{"X-Forwarded-For: 2001:db8::7\r\n", "2001:db8::7 2001:db8::/64"},
		{"X-Forwarded-For: [2001:db8::7]:80\r\n", "2001:db8::7 2001:db8::/64"},
		{"X-Forwarded-For: 203.0.113.7, unknown\r\n", "127.0.0.1 127.0.0.1"},
		{"X-Forwarded-For: <script>\r\n", "127.0.0.1 127.0.0.1"},
		{"X-Forwarded-For: 10.0.0.9\r\n", "10.0.0.9 10.0.0.9"},
		{"X-Real-Ip: 1.2.3.4\r\nForwarded: for=1.2.3.4\r\n", "127.0.0.1 127.0.0.1"},
	}
	for _, c := range cases {
		if _, got := s.exchange(t, "GET /ip HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"+c.header+"\r\n"); got != c.want {
			t.Errorf("%q: got %s, want %s", c.header, got, c.want)
		}
	}
	if err := a.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

func TestUntrustedPeersMayNotForward(t *testing.T) {
	s := serve(t, func(a *App) { a.Get("/ip", func(c *fiber.Ctx) error { return c.SendString(IP(c)) }) })
	if _, got := s.exchange(t, "GET /ip HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"); got != "127.0.0.1" {
		t.Fatalf("got %s", got)
	}
}

func TestLimiter(t *testing.T) {
	now := chat.Time(1_700_000_000_000)
	l := NewLimiter(Rate{Burst: 3, Every: time.Second, Keys: 2}, func() chat.Time { return now })
	take := func(key string, n int) (passed int) {
		for range n {
			if ok, _ := l.Allow(key); ok {
				passed++
			}
		}
		return passed
	}
	if n := take("a", 10); n != 3 {
		t.Fatalf("%d passed at once", n)
	}
	if _, wait := l.Allow("a"); wait != time.Second {
		t.Fatalf("wait %s", wait)
	}
	if err := l.Refuse("a"); !chat.Is(err, chat.RateLimited) {
		t.Fatal(err)
	}
	now += 2500
	if n := take("a", 10); n != 2 {
		t.Fatalf("%d passed after 2.5 s", n)
	}
	if n := take("b", 1); n != 1 {
		t.Fatal("another key is limited too")
	}
	now -= 86_400_000 // the clock is set back a day
	if n := take("a", 10); n != 0 {
		t.Fatalf("%d passed on an empty bucket", n)
	}
	now += 3000
	if n := take("a", 10); n != 3 {
		t.Fatalf("%d passed: locked out by the clock", n)
	}
	take("c", 3) // forgets b, which was used longest ago
	if len(l.keys) != 2 || l.used.Len() != 2 || l.keys["b"] != nil {
		t.Fatalf("%d keys", len(l.keys))
	}
	if n := take("huge", 3); n != 3 {
		t.Fatal("a new key starts full")
	}
}

func TestHugeRatesNeverRefuse(t *testing.T) {
	l := NewLimiter(HugeRates().Message, chat.SystemClock)
	for i := range 100_000 {
		if err := l.Refuse("bench"); err != nil {
			t.Fatalf("message %d: %v", i, err)
		}
	}
}

// Below these versions lie known holes; see the advisories GO-2026-4950 and
// GO-2026-4950's neighbours for fasthttp.
func TestVersionFloors(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	floors := map[string][3]int{
		"github.com/valyala/fasthttp":   {1, 70, 0},
		"github.com/fasthttp/websocket": {1, 5, 12},
		"github.com/gofiber/fiber/v2":   {2, 52, 12},
		"github.com/golang-jwt/jwt/v5":  {5, 2, 2},
		"github.com/jackc/pgx/v5":       {5, 9, 0},
	}
	for module, floor := range floors {
		m := regexp.MustCompile(`(?m)^\s*(?:require )?` + regexp.QuoteMeta(module) + ` v(\d+)\.(\d+)\.(\d+)`).FindStringSubmatch(string(mod))
		if m == nil {
			t.Errorf("%s is not in go.mod", module)
			continue
		}
		var have [3]int
		for i := range have {
			have[i], _ = strconv.Atoi(m[i+1]) // digits by the pattern
		}
		if less(have, floor) {
			t.Errorf("%s is %s, below its floor %v", module, strings.TrimSpace(m[0]), floor)
		}
	}
}

func less(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

func TestSecureHeaders(t *testing.T) {
	s := serve(t, func(a *App) {
		a.Use("/page", Secure(Headers{CSP: "default-src 'none'", HTTPS: true}))
		a.Use("/w.js", Secure(Headers{Embeddable: true, Referrer: "origin"}))
		a.Get("/page", func(c *fiber.Ctx) error { return c.SendString("x") })
		a.Get("/w.js", func(c *fiber.Ctx) error { return c.SendString("x") })
	})
	get := func(path string) map[string][]string {
		res, _ := s.exchange(t, "GET "+path+" HTTP/1.1\r\nHost: x\r\n\r\n")
		return res.Header
	}
	wants := map[string]map[string]string{
		"/page": {"Content-Security-Policy": "default-src 'none'", "Strict-Transport-Security": "max-age=31536000",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "no-referrer"},
		"/page/missing": {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"},
		"/w.js": {"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Opener-Policy": "", "Strict-Transport-Security": "",
			"Referrer-Policy": "origin", "X-Content-Type-Options": "nosniff"},
	}
	for path, want := range wants {
		got := get(path)
		for name, value := range want {
			if v := strings.Join(got[name], ","); v != value {
				t.Errorf("%s: %s is %q, want %q", path, name, v, value)
			}
		}
	}
}

// Two servers take turns at one port: whoever connects between them is served by the
// second, and nobody is turned away.
func TestTurnsAtAListener(t *testing.T) {
	ln, err := Listen(t.Context(), "127.0.0.1:0", ListenOptions{})
	if err != nil {
		t.Fatal(err)
	}
	server := func(name string) *App {
		app := New(Options{})
		app.Get("/", func(c *fiber.Ctx) error {
			c.Context().SetConnectionClose()
			return c.SendString(name)
		})
		return app
	}
	ask := func() string {
		t.Helper()
		conn, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
		if _, err := conn.Write([]byte("GET / HTTP/1.1\r\nHost: x\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(conn)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(answer), "\r\n\r\n")
		return body
	}
	for n := range 3 {
		first, turn, served := server("first"), Turn(ln, ln), make(chan error, 1)
		if n < 2 { // once it is over before it has begun
			go func() { served <- first.Serve(turn) }()
			if got := ask(); got != "first" {
				t.Errorf("answered by %q", got)
			}
		}
		if err := turn.Close(); err != nil {
			t.Fatal(err)
		}
		if n == 2 {
			go func() { served <- first.Serve(turn) }()
		}
		if err := errors.Join(<-served, first.Shutdown(t.Context())); err != nil {
			t.Error(err)
		}
	}
	between := make(chan string, 1)
	go func() { between <- ask() }()
	time.Sleep(50 * time.Millisecond) // it waits at the port by now, or comes later: both are right
	second := server("second")
	go func() { _ = second.Serve(ln) }()
	if got := <-between; got != "second" {
		t.Errorf("who came between them was answered by %q", got)
	}
	if err := second.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", ln.Addr().String()); err == nil {
		t.Error("the port is open after the last")
	}
}
