package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
	"rapport/static"
)

// readDoc decodes one of the documents into v.
func readDoc(t *testing.T, name string, v any) {
	t.Helper()
	f, ok := static.LookupDoc(name)
	if !ok {
		t.Fatalf("there is no %s", name)
	}
	if err := json.Unmarshal(f.Body(), v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// wholeApp is the app with every route of the server.
func wholeApp(t *testing.T) *door.App {
	t.Helper()
	srv := wholeServer(t)
	t.Cleanup(func() {
		if err := srv.stop(); err != nil {
			t.Error(err)
		}
	})
	return srv.app
}

// wholeServer is a server that is wired and serves nobody yet.
func wholeServer(t *testing.T) *server {
	t.Helper()
	c, err := readConfig([]string{"--data", t.TempDir(), "--addr", "127.0.0.1:0", "--demo", "on"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv, err := start(context.Background(), c, &ports{main: ln}, slog.New(slog.DiscardHandler), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ln.Close() })
	return srv
}

var pathParameter = regexp.MustCompile(`:(\w+)`)

func TestEveryRouteIsDocumentedAndEveryDocumentedRouteIsThere(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	readDoc(t, "openapi.json", &doc)
	var documented, there []string
	for place, methods := range doc.Paths {
		for method := range methods {
			documented = append(documented, strings.ToUpper(method)+" "+place)
		}
	}
	for _, r := range wholeApp(t).GetRoutes(true) {
		if r.Method == fiber.MethodHead {
			continue // Fiber answers HEAD wherever it answers GET
		}
		place := pathParameter.ReplaceAllString(r.Path, "{$1}")
		there = append(there, r.Method+" "+strings.Replace(place, "*", "{path}", 1))
	}
	for _, d := range documented {
		if !slices.Contains(there, d) {
			t.Errorf("documented and not there: %s", d)
		}
	}
	for _, r := range there {
		if !slices.Contains(documented, r) {
			t.Errorf("there and not documented: %s", r)
		}
	}
}

func TestDocumentedErrorsAreTheCodes(t *testing.T) {
	var doc struct {
		Errors []struct {
			Code   chat.Code
			Status int
		} `json:"x-errors"`
	}
	readDoc(t, "openapi.json", &doc)
	for _, e := range doc.Errors {
		if door.Status(e.Code) != e.Status {
			t.Errorf("%s is documented with status %d and answered with %d", e.Code, e.Status, door.Status(e.Code))
		}
	}
}

func TestDocumentedRatesHold(t *testing.T) {
	var doc struct {
		Rates []struct {
			Name  string
			Burst int
			Every int64 `json:"every_ms"`
		} `json:"x-rates"`
	}
	readDoc(t, "openapi.json", &doc)
	r := door.DefaultRates()
	rates := map[string]door.Rate{
		"session": r.Session, "device": r.Device, "mark": r.Mark, "widget": r.Visit, "message": r.Message, "page": r.Page, "profile": r.Profile, "known": r.Known, "open": r.Open, "invite": r.Invite, "copy": r.Copy, "typing": r.Typing, "upload": r.Upload, "arrival": r.Arrival,
		"console": r.Request, "login": r.Login, "secret": r.Login, "link": r.Link, "api": r.API,
	}
	for _, d := range doc.Rates {
		if real := rates[d.Name]; real.Burst != d.Burst || real.Every != time.Duration(d.Every)*time.Millisecond {
			t.Errorf("%s is documented as %+v and set to %+v", d.Name, d, real)
		}
		delete(rates, d.Name)
	}
	for name := range rates {
		t.Errorf("the rate %s is not documented", name)
	}
}

func TestDocumentedHeaderLimitHolds(t *testing.T) {
	var doc struct {
		Limits []struct {
			Name  string
			Value int
		} `json:"x-limits"`
	}
	readDoc(t, "openapi.json", &doc)
	r := startServer(t, "--data", t.TempDir())
	defer r.end(t)
	for _, limit := range doc.Limits {
		if limit.Name != "headers" {
			continue
		}
		for fill, want := range map[int]int{limit.Value - 300: http.StatusOK, limit.Value: http.StatusRequestHeaderFieldsTooLarge} {
			req, err := http.NewRequest(http.MethodGet, r.places.Widget+"/healthz", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Fill", strings.Repeat("a", fill))
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != want {
				t.Errorf("%d bytes of a header: %d, want %d", fill, res.StatusCode, want)
			}
		}
	}
}

// socketDocs is what asyncapi.json says of both sockets.
type socketDocs struct {
	Channels map[string]struct {
		Limits []struct {
			Name  string
			Value int64
		} `json:"x-limits"`
	} `json:"channels"`
	Codes []struct {
		Code hub.Code
		Name string
	} `json:"x-close-codes"`
}

func TestDocumentedSocketLimitsHold(t *testing.T) {
	var doc socketDocs
	readDoc(t, "asyncapi.json", &doc)
	for channel, l := range map[string]hub.Limits{"visitor": hub.VisitorLimits(), "agent": hub.AgentLimits()} {
		real := map[string]int64{
			"message": int64(l.Message), "fragments": int64(l.Fragments), "hello": l.Hello.Milliseconds(),
			"burst": int64(l.Burst), "per_second": int64(l.PerSecond), "silence": l.Silence.Milliseconds(), "answers": int64(l.Answers),
			"queue_frames": int64(l.Frames), "queue_own": int64(l.OwnBytes), "queue_shared": int64(l.Shared), "write": l.WriteWait.Milliseconds(),
		}
		for _, d := range doc.Channels[channel].Limits {
			if v, ok := real[d.Name]; !ok || v != d.Value {
				t.Errorf("%s: %s is documented as %d and set to %d", channel, d.Name, d.Value, v)
			}
			delete(real, d.Name)
		}
		for name := range real {
			t.Errorf("%s: %s is not documented", channel, name)
		}
	}
	if wire.StatedLimits.Frame != hub.VisitorLimits().Message {
		t.Error("a hello states another frame limit than the one that holds")
	}
}

func TestDocumentedCloseCodesAreTheHubs(t *testing.T) {
	var doc socketDocs
	readDoc(t, "asyncapi.json", &doc)
	for _, c := range doc.Codes {
		if c.Code.Name() != c.Name {
			t.Errorf("%d is documented as %s and called %s", c.Code, c.Name, c.Code.Name())
		}
	}
}

func TestDocsAreServedStrictly(t *testing.T) {
	r := startServer(t, "--data", t.TempDir())
	defer r.end(t)
	for path, kind := range map[string]string{
		"/docs/": "text/html", "/docs/openapi.json": "application/json", "/docs/asyncapi.json": "application/json",
		"/docs/guide.md": "text/markdown", "/docs/golden/frames/visitor.hello.json": "application/json",
	} {
		res, err := http.Get(r.places.Widget + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		h := res.Header
		if res.StatusCode != 200 || !strings.HasPrefix(h.Get("Content-Type"), kind) || len(body) == 0 || h.Get("ETag") == "" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "script-src 'self'; style-src 'self'") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", path, res.StatusCode, h)
		}
	}
	for _, path := range []string{"/docs/../go.mod", "/docs/%2e%2e/static.go", "/docs/nothing.json", "/docs/golden"} {
		res, err := http.Get(r.places.Widget + path)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != 404 || !bytes.Contains(body, []byte("not_found")) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
	}
}
