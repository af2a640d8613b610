package console

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// tagShape is Tag of the protocol.
type tagShape struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Uses int64  `json:"uses"`
}

func (d *Door) tagsOf(ctx context.Context, siteID string) (any, error) {
	list, err := d.Store.Tags(ctx, siteID)
	if err != nil {
		return nil, err
	}
	out := make([]tagShape, 0, len(list))
	for _, v := range list {
		out = append(out, tagShape{v.ID, v.Name, v.Uses})
	}
	return fiber.Map{"tags": out}, nil
}

func (d *Door) listTags(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	return d.tagsOf(c.UserContext(), site)
}

// addTag puts a tag on a conversation; one that the site does not have yet is made,
// and the team's pickers learn of it.
func (d *Door) addTag(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if r.ID != "" && !chat.ValidID(r.ID) {
		return nil, chat.ErrNotFound
	}
	row, err := d.done(c, func(ctx context.Context, id string) error { return d.Desk.AddTag(ctx, me.actor(), id, r.ID, r.Name) })
	if err != nil {
		return nil, err
	}
	if r.ID == "" {
		d.tellTeam(row.SiteID, "tags")
	}
	return wire.NewRow(row), nil
}

func (d *Door) removeTag(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	tag, err := idOf(c, "tag")
	if err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error { return d.Desk.RemoveTag(ctx, me.actor(), id, tag) })
}

func (d *Door) renameTag(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Name string `json:"name"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	name, err := chat.CleanTag(r.Name)
	if err != nil {
		return nil, err
	}
	return d.onTag(c, me, "tag.renamed", "", func(ctx context.Context, site, id string) (*chat.Tag, error) {
		return d.Store.RenameTag(ctx, site, id, name)
	})
}

func (d *Door) mergeTag(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Into string `json:"into"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if !chat.ValidID(r.Into) {
		return nil, chat.ErrNotFound
	}
	return d.onTag(c, me, "tag.merged", r.Into, func(ctx context.Context, site, id string) (*chat.Tag, error) {
		return d.Store.MergeTags(ctx, site, id, r.Into)
	})
}

func (d *Door) deleteTag(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	if _, err := d.onTag(c, me, "tag.deleted", "", func(ctx context.Context, site, id string) (*chat.Tag, error) {
		return &chat.Tag{}, d.Store.DeleteTag(ctx, site, id)
	}); err != nil {
		return nil, err
	}
	return nothing{}, nil
}

// onTag does something to the tag in the path, notes it and tells the team.
func (d *Door) onTag(c *fiber.Ctx, me *signedIn, deed, detail string, do func(ctx context.Context, site, id string) (*chat.Tag, error)) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "tag")
	if err != nil {
		return nil, err
	}
	v, err := do(c.UserContext(), site, id)
	if err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, deed, id, detail)
	d.tellTeam(site, "tags")
	return tagShape{v.ID, v.Name, v.Uses}, nil
}

// apiTags are the tags of the site, for its own server.
func (d *Door) apiTags(c *fiber.Ctx, key *chat.APIKey) (any, error) {
	return d.tagsOf(c.UserContext(), key.SiteID)
}

// apiTag lets the site's own server put tags on a conversation, by name, and take
// them off.
func (d *Door) apiTag(c *fiber.Ctx, key *chat.APIKey) (any, error) {
	var r struct {
		Add    []string `json:"add"`
		Remove []string `json:"remove"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if len(r.Add)+len(r.Remove) > chat.MaxTagsOn {
		return nil, chat.FailField("add", "Name at most %d tags at once.", chat.MaxTagsOn)
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	ctx, who := c.UserContext(), chat.Actor{Kind: chat.BySystem, Site: key.SiteID}
	for _, name := range r.Add {
		if err := d.Desk.AddTag(ctx, who, id, "", name); err != nil {
			return nil, err
		}
	}
	row, err := d.Store.RowByID(ctx, id)
	if err != nil {
		return nil, err
	}
	if row.SiteID != key.SiteID {
		return nil, chat.ErrNotFound
	}
	for _, tag := range row.Tags {
		if slices.ContainsFunc(r.Remove, func(name string) bool { return chat.FoldTag(name) == chat.FoldTag(tag.Name) }) {
			if err := d.Desk.RemoveTag(ctx, who, id, tag.ID); err != nil {
				return nil, err
			}
		}
	}
	if row, err = d.Store.RowByID(ctx, id); err != nil {
		return nil, err
	}
	d.tellTeam(key.SiteID, "tags")
	tags := row.Tags
	if tags == nil {
		tags = []chat.TagCard{}
	}
	return fiber.Map{"tags": tags}, nil
}
