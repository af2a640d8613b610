// Package tracetest is a collector of OpenTelemetry for tests.
package tracetest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"

	collector "go.opentelemetry.io/proto/slim/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/slim/otlp/common/v1"
	otlp "go.opentelemetry.io/proto/slim/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protojson"
)

// Collector reads what it gets with OpenTelemetry's own shapes and fails the test over
// whatever they do not know.
type Collector struct {
	URL string

	t      testing.TB
	mu     sync.Mutex
	status int
	got    []*otlp.ResourceSpans
	raw    []byte
	header http.Header
	path   string
}

// New listens on loopback until the test ends.
func New(t testing.TB) *Collector {
	t.Helper()
	c := &Collector{t: t}
	srv := httptest.NewServer(c)
	t.Cleanup(srv.Close)
	c.URL = srv.URL
	return c
}

// Answer has it refuse whatever comes with this status; 0 takes it again.
func (c *Collector) Answer(status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = status
}

func (c *Collector) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		c.t.Error(err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.header, c.path, c.raw = req.Header.Clone(), req.URL.Path, append(c.raw, body...)
	if c.status != 0 {
		w.WriteHeader(c.status)
		return
	}
	var read collector.ExportTraceServiceRequest
	if err := protojson.Unmarshal(withoutHex(c.t, body), &read); err != nil {
		c.t.Errorf("this is no OTLP: %v\n%s", err, body)
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	c.got = append(c.got, read.ResourceSpans...)
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte("{}"))
}

// Requests are those that were taken, one sender's spans each.
func (c *Collector) Requests() []*otlp.ResourceSpans {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.got)
}

// Spans are all that came, in the order in which they ended.
func (c *Collector) Spans() (all []*otlp.Span) {
	for _, from := range c.Requests() {
		for _, scope := range from.ScopeSpans {
			all = append(all, scope.Spans...)
		}
	}
	return all
}

// Named are the spans of this name.
func (c *Collector) Named(name string) []*otlp.Span {
	return slices.DeleteFunc(c.Spans(), func(s *otlp.Span) bool { return s.Name != name })
}

// Last is how the latest request was sent: to which path, with which headers.
func (c *Collector) Last() (path string, header http.Header) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.path, c.header
}

// Raw is everything that was ever sent to it.
func (c *Collector) Raw() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.raw)
}

// Said is an attribute of a span as text, "" where it has none.
func Said(s *otlp.Span, key string) string {
	for _, a := range s.Attributes {
		if a.Key != key {
			continue
		}
		if n, ok := a.Value.Value.(*common.AnyValue_IntValue); ok {
			return strconv.FormatInt(n.IntValue, 10)
		}
		return a.Value.GetStringValue()
	}
	return ""
}

// withoutHex writes ids in base64, as JSON of protocol buffers does everywhere but in
// OTLP. That is the one difference: all else is read as it came.
func withoutHex(t testing.TB, body []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Errorf("%v\n%s", err, body)
		return nil
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, child := range v {
				text, ok := child.(string)
				if !ok {
					walk(child)
					continue
				}
				size, isID := map[string]int{"traceId": 16, "spanId": 8, "parentSpanId": 8}[key]
				if !isID {
					continue
				}
				id, err := hex.DecodeString(text)
				if err != nil || len(id) != size {
					t.Errorf("%s %q is no id of %d bytes", key, text, size)
				}
				v[key] = base64.StdEncoding.EncodeToString(id)
			}
		case []any:
			for _, child := range v {
				walk(child)
			}
		}
	}
	walk(v)
	out, err := json.Marshal(v)
	if err != nil {
		t.Error(err)
	}
	return out
}
