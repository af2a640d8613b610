package door

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"
	otlp "go.opentelemetry.io/proto/slim/otlp/trace/v1"

	"rapport/hub/chat"
	"rapport/hub/trace"
	"rapport/hub/trace/tracetest"
)

// A message that nobody follows costs no allocation more than one on a server without
// a collector: none.
func TestAFrameThatNobodyFollowsCostsNothing(t *testing.T) {
	ctx, id := context.Background(), chat.NewID()
	to, err := trace.ReadAddress("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	for name, tracer := range map[string]*trace.Tracer{
		"off": nil, "not chosen": trace.New(trace.Options{To: to, Share: 1e-300, Log: slog.New(slog.DiscardHandler)}),
	} {
		handled := 0
		allocs := testing.AllocsPerRun(1000, func() {
			_ = FollowFrame(ctx, tracer, "visitor's post", id, func(context.Context) error { handled++; return nil })
		})
		if allocs != 0 || handled < 1000 {
			t.Errorf("%s: %v allocations, handled %d times", name, allocs, handled)
		}
	}
}

// What went wrong with a request is told by its code and status, a panic too, and its
// address by the route's.
func TestFailedRequestsAreToldAsSuch(t *testing.T) {
	collector := tracetest.New(t)
	to, err := trace.ReadAddress(collector.URL)
	if err != nil {
		t.Fatal(err)
	}
	tracer := trace.New(trace.Options{To: to, Share: 1, Log: slog.New(slog.DiscardHandler)})
	app := New(Options{Traces: tracer})
	app.Get("/fine/:id", func(c *fiber.Ctx) error { return c.SendStatus(http.StatusAccepted) })
	app.Get("/refused", func(*fiber.Ctx) error { return chat.Fail(chat.RateLimited, "Not so fast.") })
	app.Get("/broken", func(*fiber.Ctx) error { return errors.New("a secret of ours") })
	app.Get("/panic", func(*fiber.Ctx) error { panic("a secret of ours") })
	for _, path := range []string{"/fine/a-secret", "/refused", "/broken", "/panic", "/nothing/a-secret"} {
		req, err := http.NewRequest(http.MethodGet, ownOrigin+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := app.Test(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
	}
	tracer.Flush(t.Context())
	want := map[string]struct{ status, code string }{
		"GET /fine/:id": {"202", ""}, "GET /refused": {"429", "rate_limited"}, "GET /broken": {"500", "internal"},
		"GET /panic": {"500", "internal"}, "GET /": {"404", "not_found"},
	}
	for _, s := range collector.Spans() {
		w, known := want[s.Name]
		failed := s.Status.GetCode() == otlp.Status_STATUS_CODE_ERROR
		if !known || tracetest.Said(s, "http.response.status_code") != w.status || tracetest.Said(s, "error.type") != w.code || failed != (w.code != "") {
			t.Errorf("%s: %v, %v", s.Name, s.Status, s.Attributes)
		}
		delete(want, s.Name)
	}
	if len(want) > 0 {
		t.Errorf("nobody was told of %v", want)
	}
}
