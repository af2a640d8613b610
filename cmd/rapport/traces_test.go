package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	otlp "go.opentelemetry.io/proto/slim/otlp/trace/v1"

	"rapport/hub/chat"
	"rapport/hub/trace/tracetest"
)

func TestTracesAreChecked(t *testing.T) {
	for _, c := range []struct{ args, says string }{
		{"--traces 127.0.0.1:4318", "like http://127.0.0.1:4318"},
		{"--traces http://127.0.0.1:4318 --traces-share 0", "traces-share"},
		{"--traces http://127.0.0.1:4318 --traces-share 2", "traces-share"},
		{"--traces http://127.0.0.1:4318 --traces-share NaN", "traces-share"},
		{"--traces http://127.0.0.1:4318 --traces-share 1", ""},
		{"", ""},
	} {
		_, err := readConfig(strings.Fields(c.args), io.Discard)
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%q: %v", c.args, err)
		}
	}
}

// awaitSpan waits until a span of this name came for which ok holds.
func awaitSpan(t *testing.T, c *tracetest.Collector, name string, ok func(*otlp.Span) bool) *otlp.Span {
	t.Helper()
	for range 500 {
		for _, s := range c.Named(name) {
			if ok == nil || ok(s) {
				return s
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	var names []string
	for _, s := range c.Spans() {
		names = append(names, s.Name)
	}
	t.Fatalf("no such span %q among %q", name, names)
	return nil
}

// A message can be followed from the socket through the transaction to the hand-over,
// and what is told of it is times and ids: nothing that was said, nobody's address.
func TestAMessageIsFollowed(t *testing.T) {
	for name, store := range stores {
		t.Run(name, func(t *testing.T) { messageIsFollowed(t, store(t)) })
	}
}

func messageIsFollowed(t *testing.T, store string) {
	collector := tracetest.New(t)
	r := startServer(t, "--data", t.TempDir(), "--store", store, "--demo", "on", "--traces", collector.URL, "--traces-share", "1", "--trusted-proxies", "127.0.0.1")
	defer r.end(t)
	c := newContract(t, r.places.Widget)
	c.console, _, _ = strings.Cut(r.places.Console, "/console")
	c.learnFrames()
	_, setup, _ := strings.Cut(r.places.Setup, "#")
	const password = "a long walk by the river"
	me := c.call("setUp", object{"token": setup, "name": "Ottilie Carter", "email": "ottilie@shop.example", "password": password})
	c.csrf = me["csrf"].(string)
	c.token = c.call("startSession", object{"site": r.places.SiteKey})["token"].(string)
	maria := c.dial("visitor", "/v1/widget/socket")
	maria.send(object{"type": "hello", "protocol": 1, "token": c.token, "epoch": "", "resume": object{}})
	maria.await("hello", nil)
	talk := chat.NewID()
	maria.send(object{"type": "post", "ref": "r-1", "conversation_id": talk, "client_id": "c-traced-1", "text": "Where is my pelican lamp?"})
	maria.await("ack", nil)

	post := awaitSpan(t, collector, "visitor's post", nil)
	if tracetest.Said(post, "rapport.conversation") != talk || len(post.ParentSpanId) > 0 {
		t.Errorf("%v", post)
	}
	part := func(s *otlp.Span) bool { return bytes.Equal(s.ParentSpanId, post.SpanId) }
	stored, told := awaitSpan(t, collector, "transaction", part), awaitSpan(t, collector, "publish", part)
	for _, s := range []*otlp.Span{stored, told} {
		if !bytes.Equal(s.TraceId, post.TraceId) || s.StartTimeUnixNano < post.StartTimeUnixNano || s.EndTimeUnixNano < s.StartTimeUnixNano {
			t.Errorf("%s is no part of it:\n%v\n%v", s.Name, post, s)
		}
	}
	if told.StartTimeUnixNano != stored.EndTimeUnixNano || told.Kind != otlp.Span_SPAN_KIND_PRODUCER || tracetest.Said(stored, "rapport.units") == "" {
		t.Errorf("it was told before it was stored:\n%v\n%v", stored, told)
	}

	maria.send(object{"type": "post", "ref": "r-2", "conversation_id": talk, "client_id": "c-traced-2", "text": strings.Repeat("pelican", 3000)})
	maria.await("error", nil)
	refused := awaitSpan(t, collector, "visitor's post", func(s *otlp.Span) bool { return s.Status.GetCode() == otlp.Status_STATUS_CODE_ERROR })
	if tracetest.Said(refused, "error.type") == "" {
		t.Errorf("nobody sees why it failed: %v", refused)
	}

	// A proxy of ours that follows a request has its spans hang together with its own.
	followed := func(header string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.base+"/v1/console/conversations/"+talk, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("traceparent", header)
		res, err := c.browser.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(body)
	}
	const theirs = "4bf92f3577b34da6a3ce929d0e0e4736"
	if code, body := followed("00-" + theirs + "-00f067aa0ba902b7-01"); code != http.StatusOK {
		t.Fatal(code, body)
	}
	read := awaitSpan(t, collector, "GET /v1/console/conversations/:id", func(s *otlp.Span) bool { return len(s.ParentSpanId) > 0 })
	if fmt.Sprintf("%x", read.TraceId) != theirs || fmt.Sprintf("%x", read.ParentSpanId) != "00f067aa0ba902b7" {
		t.Errorf("%v", read)
	}
	if tracetest.Said(read, "rapport.conversation") != talk || tracetest.Said(read, "http.response.status_code") != "200" || len(tracetest.Said(read, "rapport.request")) != 16 {
		t.Errorf("%v", read.Attributes)
	}
	for _, secret := range []string{"pelican", password, "ottilie@shop.example", "Ottilie", c.token, c.csrf, setup, "127.0.0.1", r.places.SiteKey} {
		if strings.Contains(collector.Raw(), secret) {
			t.Errorf("the collector was told %q", secret)
		}
	}
}

// Whoever is no proxy of ours cannot choose that they are followed.
func TestStrangersDoNotChooseToBeFollowed(t *testing.T) {
	collector := tracetest.New(t)
	r := startServer(t, "--data", t.TempDir(), "--traces", collector.URL, "--traces-share", "1e-12")
	for range 3 {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.places.Widget+"/w.js", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	r.end(t) // sends what it has
	if spans := collector.Spans(); len(spans) > 0 {
		t.Errorf("%v", spans)
	}
}
