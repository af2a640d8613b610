package trace

import (
	"bytes"
	"context"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	otlp "go.opentelemetry.io/proto/slim/otlp/trace/v1"

	"rapport/hub/trace/tracetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// listening is a tracer with a collector.
func listening(t testing.TB, share float64) (*Tracer, *tracetest.Collector) {
	t.Helper()
	c := tracetest.New(t)
	return telling(t, c.URL, share), c
}

// telling is a tracer that sends to an address.
func telling(t testing.TB, address string, share float64) *Tracer {
	t.Helper()
	to, err := ReadAddress(address)
	if err != nil {
		t.Fatal(err)
	}
	tracer := New(Options{To: to, Share: share, Version: "1.2.3", Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(tracer.client.CloseIdleConnections)
	return tracer
}

func TestReadAddress(t *testing.T) {
	for in, want := range map[string]string{
		"http://127.0.0.1:4318": "http://127.0.0.1:4318/v1/traces", "https://c.example/": "https://c.example/v1/traces",
		"https://c.example/otlp/v1/traces": "https://c.example/otlp/v1/traces",
	} {
		if got, err := ReadAddress(in); err != nil || got.String() != want {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "127.0.0.1:4318", "grpc://c.example", "http://", "http://c.example?a=b", "http://c.example#x", "http://c\n"} {
		if got, err := ReadAddress(in); err == nil {
			t.Errorf("%q is %v", in, got)
		}
	}
}

func TestWhatIsSentIsOTLP(t *testing.T) {
	tracer, collector := listening(t, 1)
	ctx, span := tracer.Begin(t.Context(), "GET", Asked, "")
	if tracer.From(ctx) != span || span == nil {
		t.Fatal("what a request causes does not know its span")
	}
	began := time.Date(2026, 11, 23, 10, 0, 0, 5, time.UTC)
	span.Add("transaction", Inside, began, began.Add(3*time.Millisecond), "store_down", Number("rapport.units", 1<<40))
	span.Name("GET /v1/things/:id")
	span.Say(Text("http.route", "/v1/things/:id"), Text("odd", "\xff\"<\u2028"), Text("none", ""), Number("zero", 0))
	span.End()
	if tracer.sendAll(t.Context(), false) {
		t.Fatal("the collector took nothing")
	}
	got := collector.Spans()
	if len(got) != 2 || got[0].Name != "transaction" || got[1].Name != "GET /v1/things/:id" {
		t.Fatalf("%v", got)
	}
	part, root := got[0], got[1]
	if !bytes.Equal(part.TraceId, root.TraceId) || !bytes.Equal(part.ParentSpanId, root.SpanId) || len(root.ParentSpanId) > 0 || bytes.Equal(part.SpanId, root.SpanId) {
		t.Errorf("they do not hang together:\n%v\n%v", root, part)
	}
	if root.Kind != otlp.Span_SPAN_KIND_SERVER || part.Kind != otlp.Span_SPAN_KIND_INTERNAL {
		t.Errorf("kinds %v and %v", root.Kind, part.Kind)
	}
	if root.Status.GetCode() != otlp.Status_STATUS_CODE_UNSET || part.Status.GetCode() != otlp.Status_STATUS_CODE_ERROR {
		t.Errorf("statuses %v and %v", root.Status, part.Status)
	}
	if part.StartTimeUnixNano != uint64(began.UnixNano()) || part.EndTimeUnixNano-part.StartTimeUnixNano != 3e6 || root.EndTimeUnixNano < root.StartTimeUnixNano {
		t.Errorf("times %v and %v", root, part)
	}
	if tracetest.Said(part, "rapport.units") != "1099511627776" || tracetest.Said(part, "error.type") != "store_down" || len(part.Attributes) != 2 {
		t.Errorf("%v", part.Attributes)
	}
	if len(root.Attributes) != 4 || root.Attributes[3].Value.Value == nil || root.Attributes[2].Value.Value == nil {
		t.Errorf("what is empty or zero lost its kind: %v", root.Attributes)
	}
	said := map[string]string{}
	for _, a := range collector.Requests()[0].Resource.Attributes {
		said[a.Key] = a.Value.GetStringValue()
	}
	if said["service.name"] != "rapport" || said["service.version"] != "1.2.3" || said["service.instance.id"] == "" {
		t.Errorf("who sends: %v", said)
	}
	if path, header := collector.Last(); header.Get("Content-Type") != "application/json" || path != "/v1/traces" {
		t.Errorf("%v to %s", header, path)
	}
}

// Spans that are many go in several requests, and each once.
func TestEverySpanIsSentOnce(t *testing.T) {
	tracer, collector := listening(t, 1)
	var threads sync.WaitGroup
	for range 4 {
		threads.Go(func() {
			for range maxSent/2 + 1 {
				_, s := tracer.Begin(t.Context(), "x", Asked, "")
				s.End()
			}
		})
	}
	threads.Wait()
	tracer.sendAll(t.Context(), false)
	seen := map[string]bool{}
	for _, s := range collector.Spans() {
		seen[string(s.SpanId)] = true
	}
	if want := 4 * (maxSent/2 + 1); len(seen) != want || tracer.Sent() != int64(want) || tracer.Lost() != 0 || len(collector.Requests()) < 3 {
		t.Errorf("%d spans in %d requests, %d sent, %d lost", len(seen), len(collector.Requests()), tracer.Sent(), tracer.Lost())
	}
}

func TestShareIsKept(t *testing.T) {
	tracer := telling(t, "http://127.0.0.1:1", 0.25)
	followed := 0
	for range 10_000 {
		if _, s := tracer.Begin(t.Context(), "x", Asked, ""); s != nil {
			followed++
		}
	}
	if followed < 2_200 || followed > 2_800 { // seven standard deviations
		t.Errorf("%d of 10,000 at a share of a quarter", followed)
	}
}

func TestParents(t *testing.T) {
	const id, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	for header, want := range map[string]struct{ said, wanted bool }{
		"00-" + id + "-" + span + "-01":                  {true, true},
		"00-" + id + "-" + span + "-00":                  {true, false},
		"00-" + id + "-" + span + "-ff":                  {true, true},
		"cc-" + id + "-" + span + "-01-what-comes-later": {true, true},
		"":                                   {},
		"00-" + id + "-" + span + "-01-more": {},
		"ff-" + id + "-" + span + "-01":      {},
		"00-" + strings.ToUpper(id) + "-" + span + "-01":     {},
		"00-" + strings.Repeat("0", 32) + "-" + span + "-01": {},
		"00-" + id + "-" + strings.Repeat("0", 16) + "-01":   {},
		"00-" + id + "-" + span + "-0g":                      {},
		"00-" + id + "-" + span:                              {},
		"cc-" + id + "-" + span + "-01.":                     {},
		"00_" + id + "-" + span + "-01":                      {},
		"00-" + strings.Repeat("x", 32) + "-" + span + "-01": {},
	} {
		from, said, wanted := readParent(header)
		if said != want.said || wanted != want.wanted || said && (hex.EncodeToString(from.trace[:]) != id || hex.EncodeToString(from.id[:]) != span) {
			t.Errorf("%q: said %t, wanted %t, %x %x", header, said, wanted, from.trace, from.id)
		}
	}
	tracer := telling(t, "http://127.0.0.1:1", 1e-300)
	_, s := tracer.Begin(t.Context(), "x", Asked, "00-"+id+"-"+span+"-01")
	if s == nil || hexID(s.rec.trace[:]) != id || hexID(s.rec.parent[:]) != span || hexID(s.rec.id[:]) == span {
		t.Errorf("what its caller follows is not followed on: %+v", s)
	}
	tracer.share = 1
	if _, s := tracer.Begin(t.Context(), "x", Asked, "00-"+id+"-"+span+"-00"); s != nil {
		t.Error("what its caller does not follow is followed")
	}
}

func FuzzParent(f *testing.F) {
	f.Add("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	f.Fuzz(func(t *testing.T, header string) {
		from, said, wanted := readParent(header)
		if !said && (wanted || from.trace != [16]byte{}) {
			t.Errorf("%q: %x", header, from.trace)
		}
		if said && !strings.Contains(header, hex.EncodeToString(from.trace[:])) {
			t.Errorf("%q has no %x", header, from.trace)
		}
	})
}

// Who is not followed costs no memory: neither without a collector nor with one.
func TestWhoIsNotFollowedCostsNothing(t *testing.T) {
	ctx := context.Background()
	for name, tracer := range map[string]*Tracer{"off": nil, "not chosen": telling(t, "http://127.0.0.1:1", 1e-300)} {
		allocs := testing.AllocsPerRun(1000, func() {
			in, s := tracer.Begin(ctx, "x", Asked, "")
			tracer.From(in).Add("part", Inside, time.Time{}, time.Time{}, "")
			s.Fail("no")
			s.Name("y")
			s.End()
		})
		if allocs != 0 {
			t.Errorf("%s: %v allocations", name, allocs)
		}
	}
}

func BenchmarkNotFollowed(b *testing.B) {
	for name, tracer := range map[string]*Tracer{"off": nil, "not chosen": telling(b, "http://127.0.0.1:1", 1e-300)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ctx, s := tracer.Begin(context.Background(), "x", Asked, "")
				_ = tracer.From(ctx)
				s.End()
			}
		})
	}
}

// notes is a log to look into.
type notes struct {
	mu   sync.Mutex
	text strings.Builder
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.text.Write(p)
}

func (n *notes) count(s string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return strings.Count(n.text.String(), s)
}

// A collector that is away costs spans: no memory without end, one line of the log, and
// none of its password.
func TestACollectorThatIsAwayCostsSpansOnly(t *testing.T) {
	tracer, collector := listening(t, 1)
	log := &notes{}
	tracer.log = slog.New(slog.NewTextHandler(log, nil))
	address := *tracer.to
	tracer.to = closedAddress(t)
	burst := func(n int) {
		for range n {
			_, s := tracer.Begin(t.Context(), "x", Asked, "")
			s.End()
		}
	}
	burst(2 * maxKept)
	if len(tracer.kept) != maxKept || tracer.Lost() != maxKept {
		t.Errorf("%d kept, %d lost", len(tracer.kept), tracer.Lost())
	}
	deaf := tracer.sendAll(t.Context(), false)
	deaf = tracer.sendAll(t.Context(), deaf)
	if !deaf || log.count("dropped") != 1 || log.count("hidden") != 0 {
		t.Errorf("deaf %t:\n%s", deaf, log.text.String())
	}
	tracer.to = &address
	collector.Answer(http.StatusServiceUnavailable)
	if deaf = tracer.sendAll(t.Context(), deaf); !deaf || log.count("dropped") != 1 {
		t.Errorf("deaf %t:\n%s", deaf, log.text.String())
	}
	collector.Answer(0)
	burst(1)
	if deaf = tracer.sendAll(t.Context(), deaf); deaf || log.count("again") != 1 || tracer.Sent() == 0 {
		t.Errorf("deaf %t, %d sent:\n%s", deaf, tracer.Sent(), log.text.String())
	}
}

// closedAddress is one at which nobody answers, with a password.
func closedAddress(t *testing.T) *url.URL {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	to, err := ReadAddress("http://me:hidden@" + ln.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// A server that stops sends what it has, and does not wait for a collector that hangs.
func TestStoppingSendsTheRestAndWaitsForNobody(t *testing.T) {
	tracer, collector := listening(t, 1)
	_, s := tracer.Begin(t.Context(), "last", Asked, "")
	s.End()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	tracer.Run(ctx)
	if len(collector.Named("last")) > 0 {
		t.Error("a tracer that never ran sent something")
	}
	ctx, stop = context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); tracer.Run(ctx) }()
	time.AfterFunc(50*time.Millisecond, stop)
	<-ended
	if len(collector.Named("last")) != 1 {
		t.Error("what was known when the server stopped was not sent")
	}

	ln, err := net.Listen("tcp", "127.0.0.1:0") // takes connections, and answers nothing
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	hanging := telling(t, "http://"+ln.Addr().String(), 1)
	_, s = hanging.Begin(t.Context(), "last", Asked, "")
	s.End()
	ctx, stop = context.WithCancel(t.Context())
	ended = make(chan struct{})
	go func() { defer close(ended); hanging.Run(ctx) }()
	time.AfterFunc(50*time.Millisecond, stop)
	select {
	case <-ended:
	case <-time.After(lastWithin + 3*time.Second):
		t.Error("a collector that hangs keeps the server from stopping")
	}
}
