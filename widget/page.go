package widget

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/hours"
	"rapport/hub/wire"
	"rapport/static"
)

// siteConfig is what the loader and the panel are told of a site.
type siteConfig struct {
	Site           string          `json:"site"`
	Name           string          `json:"name"`
	Color          string          `json:"color"`
	Position       string          `json:"position"`
	Side           int64           `json:"side"`
	Bottom         int64           `json:"bottom"`
	Icon           string          `json:"icon"` // an SVG path
	Label          string          `json:"label"`
	Hidden         bool            `json:"hidden"`
	Picture        string          `json:"picture,omitempty"` // the panel only
	Form           *wire.ShownForm `json:"form,omitempty"`    // the panel only
	Version        string          `json:"version"`
	Greeting       string          `json:"greeting"`
	ReplyNote      string          `json:"reply_note"`
	Locales        []string        `json:"locales"`
	AllowedOrigins []string        `json:"allowed_origins"`
	TrackPages     bool            `json:"track_pages"`
	Files          bool            `json:"files"`
	Copies         bool            `json:"copies,omitempty"`      // the panel only: conversations can be had by e-mail
	SignedOnly     bool            `json:"signed_only,omitempty"` // only whom the site vouches for may begin
	Presence       wire.Presence   `json:"presence"`
	Quick          bool            `json:"quick,omitempty"` // the panel only: it has quick answers to fetch
	Hours          *[]openSpan     `json:"hours,omitempty"` // when it is open next; nil: always
}

// openSpan is a stretch in which the site is open, from one time to another.
type openSpan [2]chat.Time

// openSpans are enough for a page that stands open over a weekend.
const openSpans = 8

// opening tells when a site is open from now on, nil where it keeps no hours.
func opening(site *chat.Site, now chat.Time) *[]openSpan {
	c := hours.Of(site.Hours)
	if !c.Kept() {
		return nil
	}
	out := []openSpan{}
	for _, s := range c.Coming(now.Std(), openSpans) {
		out = append(out, openSpan{chat.At(s.From), chat.At(s.To)})
	}
	return &out
}

// configOf is what both are told in a language.
func (d *Door) configOf(site *chat.Site, locale string) siteConfig {
	origins := site.AllowedOrigins
	if origins == nil {
		origins = []string{}
	}
	said, look := site.In(locale), &site.Look
	c := siteConfig{
		Site: site.Key, Name: said.Name, Color: site.Color, Position: site.Position, Greeting: said.Greeting,
		Side: look.Side, Bottom: look.Bottom, Icon: static.Icon(look.Icon), Label: said.Label, Hidden: look.Launcher == "hidden",
		ReplyNote: said.ReplyNote, Locales: offered(site), AllowedOrigins: origins,
		TrackPages: site.TrackPages, Files: !site.NoFiles, SignedOnly: site.Identity.Required,
	}
	presence := d.Hub.Presence()
	c.Hidden = c.Hidden || site.Disabled || site.Form.Away == "hide" && presence.Status != hub.Online
	c.Version = versionOf(&c, site)
	c.Presence = presence
	c.Hours = opening(site, d.Clock())
	return c
}

// versionOf is another one when anything of a configuration has changed but who is
// there, and when it opens next: open pages then draw their chat anew.
func versionOf(c *siteConfig, site *chat.Site) string {
	b, err := json.Marshal([]any{c, &site.Look, &site.Form, &site.Hours})
	if err != nil {
		panic("widget: a configuration has no JSON: " + err.Error()) // plain fields only
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// offered are the languages of a site's chat.
func offered(site *chat.Site) []string {
	if len(site.Look.Locales) > 0 {
		return site.Look.Locales
	}
	return static.Locales()
}

// serve answers with a built file, compressed as the browser likes it.
func serve(c *fiber.Ctx, f *static.File, cache string) error {
	if c.Get(fiber.HeaderIfNoneMatch) == f.ETag {
		return c.SendStatus(fiber.StatusNotModified)
	}
	body, encoding := f.Encoded(c.Get(fiber.HeaderAcceptEncoding))
	c.Set(fiber.HeaderContentType, f.Type)
	c.Set(fiber.HeaderETag, f.ETag)
	c.Set(fiber.HeaderCacheControl, cache)
	return send(c, body, encoding)
}

func send(c *fiber.Ctx, body []byte, encoding string) error {
	c.Vary(fiber.HeaderAcceptEncoding)
	c.Set("X-Content-Type-Options", "nosniff")
	if encoding != "" {
		c.Set(fiber.HeaderContentEncoding, encoding)
	}
	return c.Send(body)
}

// loader is the script that a site owner pastes. GET /w.js
func (d *Door) loader(c *fiber.Ctx) error {
	f, ok := static.Lookup("w.js")
	if !ok {
		return chat.ErrNotFound
	}
	d.sawLoad(c, chat.LoadScript, nil)
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return serve(c, f, "public, max-age=300")
}

// asset is a file whose name changes with its content. GET /assets/:name
func (d *Door) asset(c *fiber.Ctx) error {
	f, ok := d.Assets.Lookup(c.Params("name"))
	if !ok {
		return chat.ErrNotFound
	}
	return serve(c, f, "public, max-age=31536000, immutable")
}

// locale is the nearest language that the site offers to what the page asks for,
// else to what the browser likes.
func locale(c *fiber.Ctx, site *chat.Site) string {
	wanted := []string{}
	if tag := c.Query("locale"); tag != "" {
		wanted = append(wanted, tag)
	}
	for _, part := range strings.Split(c.Get(fiber.HeaderAcceptLanguage), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if tag != "" && len(wanted) < 8 {
			wanted = append(wanted, tag)
		}
	}
	return static.Locale(site.Look.Locales, wanted...)
}

// config is a script, because the host page's policy closes fetching to us.
// GET /v1/widget/config.js?site=KEY
func (d *Door) config(c *fiber.Ctx) error {
	site, err := d.siteByKey(c)
	if chat.Is(err, chat.NotFound) {
		d.sawLoad(c, chat.LoadStranger, nil)
	}
	if err != nil {
		return err
	}
	d.sawLoad(c, chat.LoadConfig, site)
	lang := locale(c, site)
	about, err := json.Marshal(d.configOf(site, lang))
	if err != nil {
		return err
	}
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=60")
	if door.IsPreview(site.Key) {
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	c.Vary(fiber.HeaderAcceptLanguage)
	script := static.ConfigScript(lang, about)
	switch {
	case door.IsPreview(site.Key):
		script = append(script, static.InviteScript(lang)...)
	case site.LooksAround():
		script = append(script, static.Beacon()...)
	case d.Tries.Of(c.UserContext(), site.ID):
		script = append(script, static.BeaconToTry(about)...)
	}
	body, encoding := static.Compress(script, c.Get(fiber.HeaderAcceptEncoding))
	return send(c, body, encoding)
}

// panel is the chat itself, in a frame that only the site's own pages may hold.
// GET /panel?site=KEY
func (d *Door) panel(c *fiber.Ctx) error {
	site, err := d.siteByKey(c)
	if err != nil {
		return err
	}
	d.sawLoad(c, chat.LoadPanel, site)
	lang := locale(c, site)
	config := d.configOf(site, lang)
	if config.Quick, err = d.Store.HasQuick(c.UserContext(), site.ID); err != nil {
		return err
	}
	if site.Look.Picture != "" {
		config.Picture = "/v1/widget/sites/" + site.ID + "/pictures/" + site.Look.Picture
	}
	config.Copies = d.Mail && !site.NoTranscripts
	config.Form = wire.NewShownForm(&site.Form, lang)
	about, err := json.Marshal(config)
	if err != nil {
		return err
	}
	ancestors := "'self'"
	for _, origin := range site.AllowedOrigins {
		ancestors += " " + origin
	}
	if door.IsPreview(site.Key) {
		ancestors = d.previewAncestors()
	}
	door.Headers{
		CSP: "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: " + d.Links.Origin() + "; media-src 'self' data:; connect-src 'self' " + socketOrigin(d.URL) +
			"; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors " + ancestors,
		Embeddable: true, HTTPS: strings.HasPrefix(d.URL, "https:"), Referrer: "no-referrer",
	}.Apply(c)
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set("X-Robots-Tag", "noindex")
	body, encoding := static.Compress(static.Panel(lang, site.Look.Theme, about), c.Get(fiber.HeaderAcceptEncoding))
	return send(c, body, encoding)
}

// socketOrigin is the ws form of an http origin: not every browser counts it as
// 'self'.
func socketOrigin(origin string) string { return "ws" + strings.TrimPrefix(origin, "http") }
