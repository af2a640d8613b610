package door

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"rapport/hub/chat"
	"rapport/hub/trace"
)

// Options of the HTTP side.
type Options struct {
	Log     *slog.Logger
	Proxies []netip.Prefix // whose X-Forwarded-For is believed, and whose traceparent
	Traces  *trace.Tracer  // nil where nobody follows requests
}

// App is a Fiber app with safe settings.
type App struct {
	*fiber.App
	log      *slog.Logger
	proxies  []netip.Prefix
	traces   *trace.Tracer
	failures failureCounts
}

// headerBytes bounds a request's line and headers together. Every upgrade leaves
// a reader of this size to the collector.
const headerBytes = 4 << 10

// New makes an app: nothing that a handler gets is reused behind its back, slow
// and lying clients cost little, errors are JSON of one shape.
func New(o Options) *App {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	a := &App{log: o.Log, proxies: o.Proxies, traces: o.Traces}
	a.App = fiber.New(fiber.Config{
		Immutable:                    true, // strings outlive their request
		StreamRequestBody:            true, // else a declared length is allocated before its bytes come
		DisablePreParseMultipartForm: true,
		ReadTimeout:                  10 * time.Second,
		WriteTimeout:                 30 * time.Second,
		IdleTimeout:                  60 * time.Second,
		ReadBufferSize:               headerBytes,
		StrictRouting:                true,
		CaseSensitive:                true,
		DisableStartupMessage:        true,
		ErrorHandler:                 a.fail,
	})
	server := a.Server()
	server.KeepHijackedConns = true  // see the package's words on the upgrade
	server.ReduceMemoryUsage = false // with it, late reads go through a recycled context
	server.NoDefaultServerHeader = true
	server.Logger = quiet{o.Log}
	inner := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		inner(ctx)
		if ctx.Request.IsBodyStream() && ctx.UserValue(bodyRead) == nil {
			ctx.SetConnectionClose() // or its rest would be the next request
		}
	}
	a.Use(a.enter)
	return a
}

// enter is around every handler: it knows the client's address and turns a
// panic into an error.
func (a *App) enter(c *fiber.Ctx) (err error) {
	if span := a.follow(c); span != nil {
		defer func() { tellOf(span, c, err) }()
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	c.Locals(clientIP, clientAddr(c, a.proxies))
	return c.Next()
}

// Serve answers requests until Shutdown or until the listener fails.
func (a *App) Serve(ln net.Listener) error {
	a.Handler() // builds the routes' tree, as Fiber's own Listener does before it greets the terminal
	if err := a.Server().Serve(ln); err != nil {
		return fmt.Errorf("serve http: %w", err)
	}
	return nil
}

// Shutdown takes no new connection and waits for the requests under way.
// Sockets are the hub's and are not waited for.
func (a *App) Shutdown(ctx context.Context) error {
	if err := a.ShutdownWithContext(ctx); err != nil {
		return fmt.Errorf("shut down http: %w", err)
	}
	return nil
}

// Failures counts the errors answered so far, by code.
func (a *App) Failures() map[chat.Code]int64 { return a.failures.read() }

// quiet brings fasthttp's own log lines, which are about broken clients, to the
// debug level.
type quiet struct{ log *slog.Logger }

func (q quiet) Printf(format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	// Behind this word fasthttp quotes the request itself: passwords and cookies.
	message, _, _ = strings.Cut(message, "Buffer size=")
	message, _, _ = strings.Cut(message, "buffer size=")
	message, _, _ = strings.Cut(message, "contents:")
	q.log.Debug("http", "message", message)
}
