// Package widget is the visitors' door: the loader and the panel with their
// configuration, visitors' sessions and signed identities, their REST calls and
// their socket, and the demonstration shop. It decodes, asks the desk or the
// store, and answers; rules live in the desk.
package widget

import (
	"context"
	"log/slog"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/trace"
	"rapport/hub/visitors"
	"rapport/static"
	"rapport/storage"
)

// Store is what this door reads.
type Store interface {
	Epoch() string
	SiteByKey(ctx context.Context, key string) (*chat.Site, error)
	Site(ctx context.Context, id string) (*chat.Site, error)
	IdentitySecrets(ctx context.Context, siteID string) ([]chat.IdentitySecret, error)
	CountRetiringSecret(ctx context.Context, kid string) error
	Device(ctx context.Context, id string) (*chat.Device, error)
	DeviceOfSecret(ctx context.Context, hash string) (id string, err error)
	Person(ctx context.Context, id string) (*chat.Person, error)
	PersonRows(ctx context.Context, personID string, limit int) ([]chat.Row, error)
	PersonChats(ctx context.Context, personID string, limit int) ([]chat.Row, error)
	PersonChatIDs(ctx context.Context, personID string, limit int) ([]string, error)
	PersonConversations(ctx context.Context, personID string, limit int) ([]string, error)
	RowByID(ctx context.Context, id string) (*chat.Row, error)
	ResolveAlias(ctx context.Context, id string) (string, error)
	NextPublicEvents(ctx context.Context, conversationID string, public int64) ([]chat.Event, error)
	PublicLines(ctx context.Context, conversationID string, from, before int64) ([]chat.Event, error)
	PublicMessages(ctx context.Context, conversationID string, before int64, limit int) ([]storage.NamedMessage, bool, error)
	AddPageView(ctx context.Context, v *chat.PageView) error
	ChatPromises(ctx context.Context, conversationID string) ([]chat.Promise, error)
	Promise(ctx context.Context, id string) (*chat.Promise, error)
	PageViews(ctx context.Context, personID string) ([]chat.PageView, error)
	PersonNotes(ctx context.Context, personID string) ([]chat.PersonNote, error)
	FeedbackIn(ctx context.Context, conversationID string) ([]chat.Feedback, error)
	OwnProfiles(ctx context.Context, deviceID string) ([]string, error)
	LiveDevices(ctx context.Context, personID string) (int64, error)
	MailLink(ctx context.Context, tokenHash string) (*chat.MailLink, error)
	UseMailLink(ctx context.Context, tokenHash string) error
	StopSurveys(ctx context.Context, siteID, email string) error
	TranscriptLink(ctx context.Context, tokenHash string) (*chat.TranscriptLink, error)
	StopTranscripts(ctx context.Context, tokenHash string) error
	Card(ctx context.Context, id string) (*chat.Card, error)
	File(ctx context.Context, id string) (*chat.File, error)
	Agent(ctx context.Context, id string) (*chat.Agent, error)
	ShownTo(ctx context.Context, personID string, since chat.Time) (shown, declined int64, err error)
	FormGiven(ctx context.Context, personID, form string) (bool, error)
	Picture(ctx context.Context, siteID, name string) (*chat.Picture, error)
	QuickAnswers(ctx context.Context, siteID string) ([]chat.Answer, error)
	HasQuick(ctx context.Context, siteID string) (bool, error)
	NoteLoads(ctx context.Context, list []chat.Load) error
}

var _ Store = (*storage.Store)(nil)

// Options of New.
type Options struct {
	Store  Store
	Desk   *desk.Desk
	Hub    *hub.Hub
	Clock  chat.Clock
	Log    *slog.Logger
	Key    []byte   // signs visitors' tokens: at least 32 bytes
	URL    string   // the widget's own public URL, without a slash at its end
	Hosts  []string // other origins of this server that may open the socket
	Files  *files.Shelf
	Links  files.Links // says where files are served from, for both doors
	Rates  door.Rates
	Limits hub.Limits
	PerIP  int // sockets at once from one network, loopback aside; 0 means no bound
	// Previews shows sites with settings that are not saved yet; nil for none.
	Previews *door.Previews
	Gossip   *door.Gossip     // by which rates hold over several servers; nil for one that is alone
	Tries    *door.Tries      // rules that invite, looked at on a page; nil for none that the console keeps
	Visitors *visitors.List   // who looks around on the sites
	Traces   *trace.Tracer    // nil where nobody follows what is sent
	Mail     bool             // customers who have left can be written to
	Demo     string           // public key of the site that the demonstration shop shows; "" for no shop
	Assets   *static.Versions // nil serves this version's files only
}

// Door serves visitors.
type Door struct {
	Options
	tokens    tokens
	sessions  *door.Limiter
	messages  *door.Limiter
	networks  *door.Limiter
	typing    *door.Limiter
	requests  *door.Limiter
	pages     *door.Limiter
	profiles  *door.Limiter
	known     *door.Limiter
	devices   *door.Limiter
	marks     *door.Limiter
	opens     *door.Limiter
	invited   *door.Limiter
	uploads   *door.Limiter
	arrivals  *door.Limiter
	copies    *door.Limiter // of conversations by e-mail, by device and by network
	shares    *door.Limiter // bytes of a network for a site
	uploading *door.Places  // files of each person on their way
	near      *door.Places  // sockets of each network; nil for no bound
	tabs      *door.Places  // sockets of each person
	own       func(string) bool
	loads     *loads
}

// New makes the door.
func New(o Options) *Door {
	if o.Tries == nil {
		o.Tries = door.NewTries(o.Clock, nil)
	}
	d := &Door{
		Options: o, tokens: newTokens(o.Key, o.Clock),
		sessions:  o.Gossip.Share("visitors sessions", door.NewLimiter(o.Rates.Session, o.Clock)),
		messages:  o.Gossip.Share("visitors messages", door.NewLimiter(o.Rates.Message, o.Clock)),
		networks:  o.Gossip.Share("visitors networks", door.NewLimiter(o.Rates.Network, o.Clock)),
		typing:    o.Gossip.Share("visitors typing", door.NewLimiter(o.Rates.Typing, o.Clock)),
		requests:  o.Gossip.Share("visitors requests", door.NewLimiter(o.Rates.Visit, o.Clock)),
		pages:     o.Gossip.Share("visitors pages", door.NewLimiter(o.Rates.Page, o.Clock)),
		profiles:  o.Gossip.Share("visitors profiles", door.NewLimiter(o.Rates.Profile, o.Clock)),
		known:     o.Gossip.Share("visitors known", door.NewLimiter(o.Rates.Known, o.Clock)),
		devices:   o.Gossip.Share("visitors devices", door.NewLimiter(o.Rates.Device, o.Clock)),
		marks:     o.Gossip.Share("visitors marks", door.NewLimiter(o.Rates.Mark, o.Clock)),
		opens:     o.Gossip.Share("visitors opens", door.NewLimiter(o.Rates.Open, o.Clock)),
		invited:   o.Gossip.Share("visitors invited", door.NewLimiter(o.Rates.Invite, o.Clock)),
		uploads:   o.Gossip.Share("visitors uploads", door.NewLimiter(o.Rates.Upload, o.Clock)),
		arrivals:  o.Gossip.Share("visitors arrivals", door.NewLimiter(o.Rates.Arrival, o.Clock)),
		copies:    o.Gossip.Share("visitors copies", door.NewLimiter(o.Rates.Copy, o.Clock)),
		shares:    o.Gossip.Share("visitors shares", door.NewLimiter(door.NetworkShare(o.Rates.Files), o.Clock)),
		uploading: door.NewPlaces(uploadsAtOnce),
		tabs:      door.NewPlaces(maxSockets),
		loads:     newLoads(o.Clock),
		own:       door.Origins(append([]string{o.URL}, o.Hosts...)...),
	}
	if o.PerIP > 0 {
		d.near = door.NewPlaces(o.PerIP)
	}
	return d
}

// Mount adds the routes.
func (d *Door) Mount(app fiber.Router) {
	app.Get("/w.js", d.loader)
	app.Get("/assets/:name", d.asset)
	app.Get("/v1/widget/config.js", d.limitRequests, d.config)
	app.Get("/panel", d.limitRequests, d.panel)
	app.Get("/v1/widget/answers", d.limitRequests, d.quickAnswers)
	app.Get("/v1/widget/sites/:id/pictures/:name", d.limitRequests, d.picture)
	app.Get("/preview", d.limitRequests, d.preview)

	api := app.Group("/v1/widget", d.limitRequests, keepPrivate)
	api.Post("/here", d.here)
	api.Post("/session", d.session)
	api.Get("/conversations", d.conversations)
	api.Get("/conversations/:id/messages", d.history)
	api.Post("/conversations/:id/messages", d.post)
	api.Post("/conversations/:id/end", d.end)
	api.Post("/conversations/:id/cards/:card/answer", d.answer)
	api.Get("/promises", d.promises)
	api.Get("/promises/:id/calendar", d.calendar)
	api.Post("/conversations/:id/feedback", d.feedback)
	api.Post("/conversations/:id/address", d.leaveAddress)
	api.Post("/conversations/:id/transcript", d.transcript)
	api.Post("/files", d.upload)
	api.Get("/files", d.fileLinks)
	api.Post("/attributes", d.attributes)
	api.Post("/answers/:id/open", d.openAnswer)
	api.Get("/known", d.knownOf)
	api.Post("/known/erase", d.eraseOwn)
	api.Post("/forget", d.forget)
	app.Get("/v1/widget/socket", door.Upgrade(d.Hub, socket{d}, door.UpgradeOptions{
		Origin: d.own, Limits: d.Limits, Log: d.Log, Prepare: d.prepareSocket,
	}))

	app.Get("/f/:token", d.limitRequests, d.file)
	app.Get("/l/:token", d.openLink)
	app.Post("/l/:token", d.answerLink)

	if d.Demo != "" {
		app.Get("/demo", func(c *fiber.Ctx) error { return c.Redirect("/demo/") })
		app.Get("/demo/identity", d.demoIdentity)
		app.Get("/demo/*", d.demo)
	}
}

func (d *Door) limitRequests(c *fiber.Ctx) error {
	if err := d.requests.Refuse(door.IPKey(c)); err != nil {
		return err
	}
	return c.Next()
}

// network is where a connection comes from, as rates count it.
type network string

// speak asks whether a person on a network may say something now.
func (d *Door) speak(from network, personID string) error {
	if err := d.networks.Refuse(string(from)); err != nil {
		return err
	}
	return d.messages.Refuse(personID)
}

// keepPrivate keeps answers about one visitor out of every cache.
func keepPrivate(c *fiber.Ctx) error {
	door.Headers{Referrer: "no-referrer"}.Apply(c)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Next()
}

// visitor is who makes a request.
type visitor struct {
	device string
	actor  chat.Actor
}

// who reads the bearer token of a request.
func (d *Door) who(c *fiber.Ctx) (visitor, error) {
	token, ok := strings.CutPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")
	if !ok {
		return visitor{}, chat.Fail(chat.Unauthorized, "Send the session's token as Authorization: Bearer.")
	}
	return d.recognise(c.UserContext(), token)
}

// recognise turns a token into its visitor. The device row decides whose it is
// now: a merge may have led it to another profile, a reset ended it.
func (d *Door) recognise(ctx context.Context, token string) (visitor, error) {
	claims, err := d.tokens.read(token)
	if err != nil {
		return visitor{}, err
	}
	device, err := d.Store.Device(ctx, claims.Subject)
	if chat.Is(err, chat.NotFound) || (err == nil && device.RevokedAt > 0) {
		return visitor{}, chat.Fail(chat.Unauthorized, "This session has ended. Start a new one.")
	}
	if err != nil {
		return visitor{}, err
	}
	return visitor{device.ID, chat.Actor{Kind: chat.ByPerson, ID: device.PersonID, Site: device.SiteID}}, nil
}
