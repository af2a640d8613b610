package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/https"
)

// httpsConfig is what serve needs to speak HTTPS by itself.
type httpsConfig struct {
	domain    string
	plain     string
	terms     bool
	email     string
	directory string

	names []string // of domain; empty: somebody else speaks HTTPS, or nobody
}

func (h *httpsConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&h.domain, "domain", "", "`names` that lead to this machine, such as console.example.com,chat.example.com: gets their certificates and renews them. The first is the console's, the second the widget's, the third that of files")
	fs.BoolVar(&h.terms, "accept-terms", false, "with domain: you accept the terms of the authority, for Let's Encrypt those at https://letsencrypt.org/repository/")
	fs.StringVar(&h.email, "acme-email", "", "with domain: `address` that the authority may write to")
	fs.StringVar(&h.directory, "acme-directory", "", "with domain: `URL` of another authority than Let's Encrypt")
	fs.StringVar(&h.plain, "http-addr", ":80", "with domain: `address` where the authority looks, and whence everybody else is sent on to https")
}

// given reports whether a flag was set, by whatever means.
func given(fs *flag.FlagSet, name string) (set bool) {
	fs.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

// ownNames reads domain and derives the addresses from it that were not given.
func (c *config) ownNames(addrGiven bool) error {
	h := &c.https
	if h.domain == "" {
		return nil
	}
	for _, s := range strings.FieldsFunc(h.domain, func(r rune) bool { return r == ',' || r == ' ' }) {
		name, err := https.Name(s)
		if err != nil {
			return fmt.Errorf("domain %w", err)
		}
		h.names = append(h.names, name)
	}
	if !h.terms {
		return errors.New("domain: the authority that gives certificates has terms. Read them (Let's Encrypt: https://letsencrypt.org/repository/) and add --accept-terms")
	}
	if !addrGiven {
		c.addr = ":443"
	}
	for n, to := range []*string{&c.publicURL, &c.widgetURL, &c.filesURL} {
		if n < len(h.names) && *to == "" {
			*to = "https://" + h.names[n]
		}
	}
	return c.foreignName()
}

// foreignName finds an address that visitors would be sent to and that has no
// certificate here.
func (c *config) foreignName() error {
	for _, u := range []struct{ flag, url string }{{"public-url", c.publicURL}, {"widget-url", c.widgetURL}, {"files-url", c.filesURL}} {
		name, secure := strings.CutPrefix(strings.ToLower(strings.TrimSuffix(u.url, "/")), "https://")
		if u.url != "" && (!secure || !slices.Contains(c.https.names, name)) {
			return fmt.Errorf("%s %q: with --domain it starts with https:// and is one of %s", u.flag, u.url, strings.Join(c.https.names, ", "))
		}
	}
	return nil
}

// ports are what the server listens on.
type ports struct {
	main    net.Listener
	raw     net.Listener  // main without TLS
	metrics net.Listener  // nil where nobody measures
	plain   net.Listener  // nil without keeper
	certs   *https.Keeper // nil where somebody else speaks HTTPS
	keeping bool          // keepCertificates was called
}

// open takes the ports before anything else is done.
func (c *config) open(ctx context.Context, log *slog.Logger) (*ports, error) {
	p, err := c.openPublic(ctx, log)
	if err != nil || c.metrics == "" {
		return p, err
	}
	if p.metrics, err = new(net.ListenConfig).Listen(ctx, "tcp", c.metrics); err != nil {
		return nil, errors.Join(listenError(c.metrics, "metrics-addr", err), p.close())
	}
	return p, nil
}

// openPublic takes those that the world may reach.
func (c *config) openPublic(ctx context.Context, log *slog.Logger) (*ports, error) {
	bounds := door.ListenOptions{PerIP: c.perIP, Exempt: c.trusted}
	ln, err := door.Listen(ctx, c.addr, bounds)
	if err != nil {
		return nil, listenError(c.addr, "addr", err)
	}
	if len(c.https.names) == 0 {
		return &ports{main: ln, raw: ln}, nil
	}
	plain, err := door.Listen(ctx, c.https.plain, bounds)
	if err != nil {
		return nil, errors.Join(listenError(c.https.plain, "http-addr", err), ln.Close())
	}
	keeper := https.New(https.Options{
		Names: c.https.names, Folder: filepath.Join(c.data, "certificates"), Directory: c.https.directory, Email: c.https.email, Log: log,
	})
	return &ports{main: door.Secured(ln, keeper.TLS()), raw: ln, plain: plain, certs: keeper}, nil
}

func (p *ports) close() error {
	err := p.main.Close()
	for _, ln := range []net.Listener{p.plain, p.metrics} {
		if ln != nil {
			err = errors.Join(err, ln.Close())
		}
	}
	return err
}

func listenError(addr, flag string, err error) error {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("%s is in use already. Stop what listens there, or choose another address with --%s", addr, flag)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("%s may not be listened on by this user: ports below 1024 need the right to. With systemd, AmbientCapabilities=CAP_NET_BIND_SERVICE gives it; by hand, setcap cap_net_bind_service=+ep on the binary. Or choose another address with --%s", addr, flag)
	}
	return fmt.Errorf("cannot listen on %s: %w. Choose another address with --%s", addr, err, flag)
}

// keepCertificates gets and renews certificates and answers on port 80 until ctx
// ends, where the server speaks HTTPS by itself and does not do so yet. loops waits
// for it.
func (p *ports) keepCertificates(ctx context.Context, loops *sync.WaitGroup, log *slog.Logger) {
	if p.certs == nil || p.keeping {
		return
	}
	p.keeping = true
	loops.Go(func() { p.certs.Run(ctx) })
	loops.Go(func() {
		if err := servePlain(ctx, p, log); err != nil {
			log.Error("nothing answers on port 80 any more: certificates may not be renewed", "err", err)
		}
	})
}

// servePlain answers on port 80 until ctx ends.
func servePlain(ctx context.Context, p *ports, log *slog.Logger) error {
	app := door.New(door.Options{Log: log})
	app.Use(func(c *fiber.Ctx) error {
		proof, to := p.certs.Plain(c.Get(fiber.HeaderHost), c.OriginalURL())
		switch {
		case proof != nil:
			c.Set(fiber.HeaderContentType, "text/plain")
			return c.Send(proof)
		case to == "":
			return chat.ErrNotFound
		case c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead:
			return chat.Fail(chat.Invalid, "Use https.") // what was sent should not go out again by itself
		}
		return c.Redirect(to, fiber.StatusMovedPermanently)
	})
	stop := context.AfterFunc(ctx, func() { _ = app.Shutdown(context.Background()) }) // its requests are over in no time
	defer stop()
	return app.Serve(p.plain)
}
