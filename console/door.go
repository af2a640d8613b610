package console

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/trace"
	"rapport/hub/visitors"
)

// Keys are the secrets of this door, one for each purpose, 32 bytes or more.
type Keys struct {
	Session []byte // signs the session cookie
	CSRF    []byte // derives each session's CSRF token
}

// Options of New.
type Options struct {
	Store     Store
	Desk      *desk.Desk
	Hub       *hub.Hub
	Clock     chat.Clock   // nil: the machine's
	Log       *slog.Logger // nil: nowhere
	Keys      Keys
	PublicURL string         // the console's own origin: "https://chat.example.com", without a path
	WidgetURL string         // where the loader is served from, for the snippet
	Previews  *door.Previews // of sites with settings that are not saved yet
	Tries     *door.Tries    // rules that invite, looked at on a page
	Mail      bool           // customers who have left are written to
	Visitors  *visitors.List // who looks around on the sites
	Traces    *trace.Tracer  // nil where nobody follows what is sent
	Reach     Reacher        // tells agents of who waits while no console is open; nil: nobody does
	Webhooks  Webhooker      // tells sites' own servers what happens
	Files     *files.Shelf
	Links     files.Links // to where files are served from
	Rates     door.Rates
	Gossip    *door.Gossip // by which rates hold over several servers; nil for one that is alone
	Counter   Counter      // of what guards passwords, for several servers; nil for one that is alone
	Limits    hub.Limits   // of each socket
}

// Door serves agents.
type Door struct {
	Options
	https  bool
	own    func(origin string) bool
	tokens tokens
	csrf   csrf
	gate   *gate
	rates  limiters
	page   fiber.Handler

	counts   viewCounts
	checking sync.Mutex // one look through the whole audit log at a time

	settings sync.Mutex // see settle
	owned    atomic.Bool
}

// New makes the door. It fails on a short key and on a URL that is no origin.
func New(o Options) (*Door, error) {
	if o.Clock == nil {
		o.Clock = chat.SystemClock
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if len(o.Keys.Session) < 32 || len(o.Keys.CSRF) < 32 {
		return nil, errors.New("console: each key needs 32 bytes or more")
	}
	for _, u := range []*string{&o.PublicURL, &o.WidgetURL} {
		clean, err := chat.CleanOrigin(*u)
		if err != nil {
			return nil, fmt.Errorf("console: %q is not the origin of a site, such as https://chat.example.com", *u)
		}
		*u = clean
	}
	public, err := url.Parse(o.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("console: public URL: %w", err)
	}
	d := &Door{
		Options: o, https: public.Scheme == "https", own: door.Origins(o.PublicURL),
		tokens: newTokens(o.Keys.Session, o.Clock), csrf: csrf{o.Keys.CSRF}, gate: newGate(),
		rates: newLimiters(o.Rates, o.Clock, o.Gossip),
	}
	d.page = d.servePage()
	return d, nil
}

// Mount adds the console's page, its calls and its socket.
func (d *Door) Mount(app fiber.Router) {
	api := app.Group(apiPrefix,
		door.Secure(door.Headers{CSP: "default-src 'none'; frame-ancestors 'none'", HTTPS: d.https}),
		door.SameSite(d.own))
	for _, r := range routes {
		api.Add(r.method, r.path, d.guard(r))
	}
	api.Get("/socket", door.Upgrade(d.Hub, socket{d}, door.UpgradeOptions{
		Origin: d.own, Limits: d.Limits, Prepare: d.prepareSocket, Log: d.Log,
	}))
	d.mountSiteAPI(app)
	for _, name := range installed {
		app.Get("/console/"+name, d.serveInstalled(name))
	}
	for _, path := range []string{"/console", "/console/", "/console/*"} {
		app.Get(path, d.page)
	}
}

// settle waits until nobody changes an agent or a site, at whichever server: each change
// reads, changes and saves. The next one waits for done.
func (d *Door) settle(ctx context.Context) (done func(), err error) {
	d.settings.Lock()
	release, err := d.Store.Settle(ctx)
	if err != nil {
		d.settings.Unlock()
		return nil, err
	}
	return func() { release(); d.settings.Unlock() }, nil
}
