package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/wire"
)

// upload takes a file in: for a conversation, or for a template of a site.
func (d *Door) upload(c *fiber.Ctx, me *signedIn) (any, error) {
	in, err := door.Upload(c)
	if err != nil {
		return nil, err
	}
	defer in.Drain()
	u := files.Upload{By: me.actor(), Name: in.Name, Claimed: in.Claimed, Body: in.Body, Size: in.Size}
	switch conversation, site := c.Query("conversation"), c.Query("site"); {
	case chat.ValidID(conversation) && site == "":
		row, err := d.Store.RowByID(c.UserContext(), conversation)
		if err != nil {
			return nil, err
		}
		u.ConversationID, u.SiteID = row.ID, row.SiteID
	case chat.ValidID(site) && conversation == "":
		found, err := d.Store.Site(c.UserContext(), site)
		if err != nil {
			return nil, err
		}
		u.SiteID = found.ID
	default:
		return nil, chat.FailField("conversation", "Say which conversation, or which site, the file is for.")
	}
	f, err := d.Files.Take(c.UserContext(), u)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"file": wire.NewFile(f)}, nil
}

// fileLinks says where an agent fetches files. One that is absent is left out, and
// so is one that a colleague has not sent yet or keeps with a template of their own.
func (d *Door) fileLinks(c *fiber.Ctx, me *signedIn) (any, error) {
	ids, err := door.IDs(c, "ids")
	if err != nil {
		return nil, err
	}
	links := []wire.FileLink{}
	for _, id := range ids {
		f, err := d.Store.File(c.UserContext(), id)
		if err == nil {
			err = d.mayFetch(c, me, f)
		}
		if chat.Is(err, chat.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		url, expires := d.Links.To(f, me.actor(), d.Clock())
		links = append(links, wire.FileLink{ID: f.ID, URL: url, ExpiresAt: expires})
	}
	return fiber.Map{"links": links}, nil
}

// mayFetch is ErrNotFound for a file that is a colleague's, or another team's.
func (d *Door) mayFetch(c *fiber.Ctx, me *signedIn, f *chat.File) error {
	if f.State == chat.FilePending && f.ByID != me.agent.ID {
		return chat.ErrNotFound
	}
	if f.TemplateID == "" {
		return nil
	}
	t, err := d.Store.Template(c.UserContext(), f.TemplateID)
	if err != nil {
		return err
	}
	return d.maySee(c, me, t)
}
