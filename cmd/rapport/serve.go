package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/console"
	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/dispatch"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/links"
	"rapport/hub/reach"
	"rapport/hub/trace"
	"rapport/hub/visitors"
	"rapport/hub/webhooks"
	"rapport/storage"
	"rapport/widget"
)

// drainTime is how long a stopping server may take for what is under way.
const drainTime = 8 * time.Second

// serve runs the server until ctx ends.
func serve(ctx context.Context, args []string, s streams) int {
	c, err := readConfig(args, s.out)
	switch {
	case errors.Is(err, errHelp), errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(s.err, "rapport:", err)
		return 2
	}
	tuneCollector()
	log := c.logger(s.err)
	// The port comes first: when it is taken, nothing has been changed yet.
	p, err := c.open(ctx, log)
	if err != nil {
		return fail(s.err, err)
	}
	if err := c.serveOn(ctx, p, s.out, log); err != nil {
		return fail(s.err, err)
	}
	return 0
}

// serveOn serves on the ports until ctx ends or the store may not be written any more.
func (c *config) serveOn(ctx context.Context, p *ports, out io.Writer, log *slog.Logger) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	ousted := func() error {
		cause := context.Cause(ctx)
		var refused *storage.Unopened
		if errors.Is(cause, storage.ErrServed) || errors.Is(cause, storage.ErrBehind) || errors.As(cause, &refused) {
			return cause
		}
		return nil
	}
	srv, err := start(ctx, c, p, log, end)
	switch {
	case err != nil && ctx.Err() != nil:
		log.Info("stopping")
		return errors.Join(ousted(), p.close())
	case err != nil:
		return errors.Join(err, p.close())
	}
	if err := srv.greet(ctx, out, c.json); err != nil {
		return errors.Join(ousted(), err, p.close(), srv.stop())
	}
	go giveBack(ctx)
	err = srv.run(ctx, p)
	return errors.Join(ousted(), err)
}

// server is what runs: the store, the hub, the doors.
type server struct {
	c       *config
	data    *data
	store   *storage.Store
	others  peers
	leaving leaving
	hub     *hub.Hub
	desk    *desk.Desk
	app     *door.App
	agents  *console.Door
	guests  *widget.Door
	around  *visitors.List
	routes  *dispatch.Dispatcher
	lulls   *lulls
	calls   *reach.Caller
	links   *links.Finder
	hooks   *webhooks.Sender
	site    *chat.Site // the one that the greeting names
	demo    *chat.Site // that of the demonstration shop, nil without one
	console string     // the console's origin
	widget  string     // the widget's origin
	files   *files.Shelf
	meter   *meter // nil where nobody measures
	traces  *trace.Tracer
	log     *slog.Logger
	began   time.Time
	clock   clockTrust     // asked before anything is erased by age
	loops   sync.WaitGroup // what run has begun
}

// start opens everything and wires it; nothing is served yet, but that whoever comes
// before the database hears so. It calls end when another server has the database.
func start(ctx context.Context, c *config, p *ports, log *slog.Logger, end func(error)) (_ *server, err error) {
	d, err := openData(c.data, true)
	if err != nil {
		return nil, err
	}
	srv := &server{c: c, data: d, log: log, began: time.Now(), traces: c.traces.tracer(log)}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.close())
		}
	}()
	if err = unmoved(d.dir, c.store); err != nil {
		return nil, err
	}
	srv.addresses(p.main.Addr().(*net.TCPAddr).Port)
	opt := storage.Options{
		DSN: d.dsn(c.store), Key: d.purpose("seal"), Log: log, Alone: c.bell == nil, Together: c.bell != nil, Ousted: end,
		Publish: func(events []chat.Event) { srv.published(events) },
		Fatal:   srv.dieNow, Mail: c.mail != nil, Traces: srv.traces,
	}
	if c.metrics != "" {
		srv.meter = newMeter()
		opt.Acked, opt.Committed = srv.meter.heardAck, srv.meter.heardCommit
	}
	if srv.store, err = srv.openStore(ctx, opt, p); err != nil {
		return nil, err
	}
	if srv.clock.seen, err = srv.store.NewestAt(ctx); err != nil { // before this run writes anything
		return nil, errors.Join(err, srv.store.Close())
	}
	if err = srv.join(ctx); err != nil {
		return nil, errors.Join(err, srv.store.Close())
	}
	srv.hub = hub.New(hub.Options{Log: log, Rows: srv.store, Broker: srv.others.broker()})
	srv.desk = desk.New(srv.store, nil, log)
	srv.lulls = srv.newLulls()
	srv.links = srv.newLinks()
	srv.hooks = srv.newWebhooks()
	if srv.calls, err = srv.newCaller(); err != nil {
		return nil, errors.Join(err, srv.store.Close())
	}
	srv.routes = dispatch.New(dispatch.Options{Store: srv.store, Desk: srv.desk, Hub: srv.hub, Log: log})
	srv.followOthers()
	if err = srv.sites(ctx); err != nil {
		return nil, errors.Join(err, srv.store.Close())
	}
	if err = srv.mount(ctx); err != nil {
		return nil, errors.Join(err, srv.store.Close())
	}
	if err = srv.erasures().again(ctx); err != nil {
		return nil, errors.Join(err, srv.store.Close())
	}
	return srv, nil
}

// sites finds or makes the site that the greeting names and the demonstration
// shop's. On a new trial they are one. Of servers that begin on an empty database
// at once the first makes them, and whoever has another key hears so only now that
// something is sealed.
func (s *server) sites(ctx context.Context) error {
	done, err := s.store.Settle(ctx)
	if err != nil {
		return err
	}
	defer done()
	if err := s.store.OwnKey(ctx); err != nil {
		return keyHint(err, s.data.dir)
	}
	trial := s.c.local()
	if s.c.showDemo() {
		if s.demo, err = demoSite(ctx, s.store, trial, s.origins()); err != nil {
			return err
		}
	}
	s.site, err = firstSite(ctx, s.store, trial, s.demo)
	return err
}

// addresses decides under which origins console and widget are reached. On a
// trial the two names of this machine keep them apart.
func (s *server) addresses(port int) {
	s.console, s.widget = s.c.publicURL, s.c.widgetURL
	if s.c.local() {
		s.console = fmt.Sprintf("http://localhost:%d", port)
		if s.c.widgetURL == "" {
			s.widget = fmt.Sprintf("http://127.0.0.1:%d", port)
		}
	}
}

// origins that may hold the demonstration shop's chat.
func (s *server) origins() []string {
	if s.console == s.widget {
		return []string{s.widget}
	}
	return []string{s.widget, s.console}
}

func (s *server) mount(ctx context.Context) error {
	rates, guests, agents := door.DefaultRates(), hub.VisitorLimits(), hub.AgentLimits()
	if s.c.limits == "bench" {
		rates, guests, agents = door.HugeRates(), guests.Relaxed(), agents.Relaxed()
		s.log.Warn("limits are those of a benchmark")
	}
	if err := s.openFiles(ctx, rates.Files); err != nil {
		return err
	}
	links := files.NewLinks(s.data.purpose("file link"), s.filesURL())
	s.app = door.New(door.Options{Log: s.log, Proxies: s.c.trusted, Traces: s.traces})
	previews, tries := door.NewPreviews(chat.SystemClock, s.glimpses()), door.NewTries(chat.SystemClock, s.glimpses())
	s.around = s.lookAround()
	gossip, counter := s.limits()
	assets, err := s.assets(ctx)
	if err != nil {
		return err
	}
	agentsDoor, err := console.New(console.Options{
		Store: s.store, Desk: s.desk, Hub: s.hub, Clock: chat.SystemClock, Log: s.log,
		Keys:      console.Keys{Session: s.data.purpose("agent session"), CSRF: s.data.purpose("agent csrf")},
		PublicURL: s.console, WidgetURL: s.widget, Mail: s.c.mail != nil, Reach: s.calls, Webhooks: s.hooks, Files: s.files, Links: links, Rates: rates, Limits: agents,
		Previews: previews, Tries: tries, Visitors: s.around, Gossip: gossip, Counter: counter, Traces: s.traces,
	})
	if err != nil {
		return err
	}
	s.agents = agentsDoor
	demo := ""
	if s.demo != nil {
		demo = s.demo.Key
	}
	visitorsDoor := widget.New(widget.Options{
		Store: s.store, Desk: s.desk, Hub: s.hub, Clock: chat.SystemClock, Log: s.log,
		Key: s.data.purpose("visitor token"), URL: s.widget, Hosts: []string{s.console},
		Files: s.files, Links: links, Rates: rates, Limits: guests, PerIP: s.c.perIP, Mail: s.c.mail != nil, Demo: demo,
		Previews: previews, Tries: tries, Visitors: s.around, Gossip: gossip, Traces: s.traces,
		Assets: assets,
	})
	health{s.store, &s.others, &s.leaving}.mount(s.app)
	s.guests = visitorsDoor
	visitorsDoor.Mount(s.app)
	agentsDoor.Mount(s.app)
	mountDocs(s.app)
	s.app.Get("/", func(c *fiber.Ctx) error { return c.Redirect("/console/") })
	return nil
}

// run serves until a context ends, then drains: no new work, sockets told to come
// back, everything acknowledged is on disk.
func (s *server) run(until context.Context, p *ports) error {
	ctx, cancel := context.WithCancel(context.WithoutCancel(until))
	defer cancel()
	served := make(chan error, 1)
	s.loops.Go(func() { served <- s.app.Serve(p.main) })
	p.keepCertificates(ctx, &s.loops, s.log)
	if p.metrics != nil {
		s.loops.Go(func() { s.showMeasures(ctx, p.metrics) })
	}
	s.loops.Go(func() { s.others.run(ctx) })
	for _, loop := range []func(context.Context){
		s.works, s.keepRoster, s.tellSpent, s.tailRevocations, s.tellCounts, s.forgetAround, s.noteErased,
		s.calls.Run, s.links.Run, s.hooks.Run, s.guests.KeepLoads, s.traces.Run,
	} {
		s.loops.Go(func() { loop(ctx) })
	}
	var err error
	select {
	case err = <-served:
	case <-until.Done():
		s.log.Info("stopping")
		s.leave()
	}
	cancel()
	err = errors.Join(err, s.stop())
	s.logCounts("stopped")
	return err
}

// stop ends what is under way. The store closes last: a letter that a loop has
// just handed in must still be noted, or it goes out twice.
func (s *server) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime)
	defer cancel()
	// The listener closes first, so that whoever is told to come back does not
	// come back here. Requests under way end while the sockets do.
	var wg sync.WaitGroup
	var appErr error
	wg.Go(func() { appErr = s.app.Shutdown(ctx) })
	hubErr := s.hub.Drain(ctx)
	wg.Wait()
	if s.others.rosters != nil {
		s.others.rosters.leave() // what the last requests have ended
	}
	bellErr := s.others.close(ctx)
	if !ended(ctx, &s.loops) {
		s.log.Warn("something is still under way and is left behind: a mail server that does not answer, perhaps")
	}
	return errors.Join(ignoreDeadline(appErr), ignoreDeadline(hubErr), ignoreDeadline(bellErr), s.store.Close(), s.data.close())
}

// ended waits for the loops and reports false when ctx ended before them.
func ended(ctx context.Context, loops *sync.WaitGroup) bool {
	done := make(chan struct{})
	go func() { defer close(done); loops.Wait() }()
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}

// ignoreDeadline: a client that keeps its connection open to the end is not a
// failure of stopping.
func ignoreDeadline(err error) error {
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// dieNow ends the process without another write: after a failed fsync nobody
// knows what is on disk, and a restart reads what is really there.
func (s *server) dieNow(err error) {
	s.log.Error("stopping at once: the disk failed", "err", err)
	os.Exit(3)
}
