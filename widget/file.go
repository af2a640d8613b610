package widget

import (
	"context"
	"mime"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/wire"
)

// uploadsAtOnce is how many files of one visitor may be on their way.
const uploadsAtOnce = 4

// upload takes a file in, to be sent along with a message. POST /v1/widget/files
func (d *Door) upload(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	if err := d.arrivals.Refuse(door.IPKey(c)); err != nil {
		return err
	}
	if err := d.uploads.Refuse(v.actor.ID); err != nil {
		return err
	}
	in, err := door.Upload(c)
	if err != nil {
		return err
	}
	defer in.Drain()
	site, err := d.Store.Site(c.UserContext(), v.actor.Site)
	if err != nil {
		return err
	}
	self, err := d.Store.Person(c.UserContext(), v.actor.ID)
	if err != nil {
		return err
	}
	if err := self.RefuseBlocked(); err != nil {
		return err
	}
	if site.NoFiles {
		return chat.Fail(chat.Forbidden, "No files can be sent here. Please describe it in words.")
	}
	if err := d.vouchedOrTalking(c.UserContext(), site, self); err != nil {
		return err
	}
	if err := d.shareOfDay(c, site.ID, in.Size); err != nil {
		return err
	}
	if !d.uploading.Enter(v.actor.ID) {
		return chat.Fail(chat.RateLimited, "Please wait until the other files have arrived.")
	}
	defer d.uploading.Leave(v.actor.ID)
	f, err := d.Files.Take(c.UserContext(), files.Upload{
		By: v.actor, SiteID: site.ID, Name: in.Name, Claimed: in.Claimed, Body: in.Body, Size: in.Size,
	})
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"file": wire.NewFile(f)})
}

// vouchedOrTalking refuses files of somebody who could send them nowhere: the site
// talks with others only, and no conversation of theirs is under way.
func (d *Door) vouchedOrTalking(ctx context.Context, site *chat.Site, p *chat.Person) error {
	if !site.Identity.Required || p.Verified {
		return nil
	}
	rows, err := d.Store.PersonChats(ctx, p.ID, listed)
	if err != nil || slices.ContainsFunc(rows, func(r chat.Row) bool { return r.State != chat.Closed }) {
		return err
	}
	return chat.ErrIdentityNeeded(site)
}

// shareOfDay takes a file's bytes out of what its network may send to the site in a
// day, before any of them come; one that does not say its size counts as the largest.
// RateLimited where there is no room.
func (d *Door) shareOfDay(c *fiber.Ctx, siteID string, size int64) error {
	if size < 0 {
		size = chat.MaxFile
	}
	if ok, wait := d.shares.Take(siteID+" "+door.IPKey(c), min(size, chat.MaxFile)); !ok {
		return chat.ErrFilesFull(wait)
	}
	return nil
}

// fileLinks says where a visitor fetches files of their conversations. One that is
// absent or not theirs is left out. GET /v1/widget/files?ids=ID,ID
func (d *Door) fileLinks(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	ids, err := door.IDs(c, "ids")
	if err != nil {
		return err
	}
	links := []wire.FileLink{}
	for _, id := range ids {
		f, err := d.Store.File(c.UserContext(), id)
		if err == nil {
			err = d.mayRead(c.UserContext(), v.actor, f)
		}
		if chat.Is(err, chat.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		url, expires := d.Links.To(f, v.actor, d.Clock())
		links = append(links, wire.FileLink{ID: f.ID, URL: url, ExpiresAt: expires})
	}
	return c.JSON(fiber.Map{"links": links})
}

// mayRead is NotFound unless a file is one that this reader may see: an agent any
// that stands somewhere, a customer those in their own conversations, but for what
// came with a note.
func (d *Door) mayRead(ctx context.Context, who chat.Actor, f *chat.File) error {
	if who.Kind == chat.ByAgent {
		a, err := d.Store.Agent(ctx, who.ID)
		if err != nil {
			return err
		}
		if a.DisabledAt > 0 {
			return chat.ErrNotFound
		}
		return nil
	}
	if f.State != chat.FileAttached || f.Note || f.ConversationID == "" {
		return chat.ErrNotFound
	}
	row, err := d.Store.RowByID(ctx, f.ConversationID)
	if err != nil {
		return err
	}
	p, err := d.Store.Person(ctx, who.ID)
	if err != nil {
		return err
	}
	if row.PersonID != p.ID {
		return chat.ErrNotFound
	}
	return nil
}

// file hands out what a link leads to. Whatever it is, a browser saves it and runs
// nothing of it: an image is shown where a page asks for it as one.
// GET /f/:token
func (d *Door) file(c *fiber.Ctx) error {
	door.Headers{CSP: "sandbox; default-src 'none'; frame-ancestors 'none'", HTTPS: strings.HasPrefix(d.Links.Origin(), "https:"), Referrer: "no-referrer"}.Apply(c)
	f, err := d.passed(c)
	if chat.Is(err, chat.NotFound) || chat.Is(err, chat.LinkExpired) {
		return d.noFile(c, err)
	}
	if err != nil {
		return err
	}
	body, err := d.Files.Store.Open(c.UserContext(), f.Blob)
	if chat.Is(err, chat.NotFound) {
		return d.noFile(c, err)
	}
	if err != nil {
		return err
	}
	if f.Shown() {
		c.Set("Cross-Origin-Resource-Policy", "cross-origin") // console and panel have other origins
	}
	c.Set(fiber.HeaderCacheControl, "private, max-age=900, immutable")
	c.Set(fiber.HeaderContentType, f.Type)
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	return c.SendStream(door.Paced(c, body), int(f.Size))
}

// passed is the file of a link that holds, for a reader who may still see it. What
// is altered, foreign or gone looks the same.
func (d *Door) passed(c *fiber.Ctx) (*chat.File, error) {
	pass, ok := files.Read(c.Params("token"))
	if !ok || !d.filesHost(c) {
		return nil, chat.ErrNotFound
	}
	f, err := d.Store.File(c.UserContext(), pass.FileID)
	if err != nil {
		return nil, err
	}
	if !d.Links.Holds(c.Params("token"), f) {
		return nil, chat.ErrNotFound
	}
	if d.Clock() > pass.Expires {
		return nil, chat.Fail(chat.LinkExpired, "This link has run out. Open the file from the conversation again.")
	}
	return f, d.mayRead(c.UserContext(), pass.Reader, f)
}

// filesHost reports a request to the host that files are served from: under
// another name of this server they would be that name's own.
func (d *Door) filesHost(c *fiber.Ctx) bool {
	u, err := url.Parse(d.Links.Origin())
	return err == nil && strings.EqualFold(u.Host, string(c.Context().Host()))
}

// noFile tells a person, in plain words, who followed a link in a tab.
func (d *Door) noFile(c *fiber.Ctx, err error) error {
	status, words := fiber.StatusNotFound, "There is no such file, or it is not for you."
	if chat.Is(err, chat.LinkExpired) {
		status, words = fiber.StatusGone, "This link has run out. Open the file from the conversation again."
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return c.Status(status).SendString(words)
}
