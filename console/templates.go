package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/door"
	"rapport/hub/wire"
)

func (d *Door) listTemplates(c *fiber.Ctx, me *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	templates, err := d.rated(c.UserContext(), site, me)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"templates": shown(templates, wire.NewTemplate)}, nil
}

// rated are the templates that an agent may use, with how they rank by outcome.
func (d *Door) rated(ctx context.Context, site string, me *signedIn) ([]chat.Template, error) {
	templates, err := d.Store.Templates(ctx, site, me.agent.ID)
	cycle.Rate(templates)
	return templates, err
}

// listVersions shows what a template says and what it said before, latest first.
func (d *Door) listVersions(c *fiber.Ctx, me *signedIn) (any, error) {
	t, err := d.templateIn(c, me)
	if err != nil {
		return nil, err
	}
	versions, err := d.Store.TemplateVersions(c.UserContext(), t.ID)
	if err != nil {
		return nil, err
	}
	current, err := d.versionOf(c.UserContext(), t)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"current": current, "versions": shown(versions, wire.NewTemplateVersion)}, nil
}

// versionOf is the version of a template that is in use.
func (d *Door) versionOf(ctx context.Context, t *chat.Template) (wire.TemplateVersion, error) {
	v := chat.TemplateVersion{Version: t.Version, Title: t.Title, Shortcut: t.Shortcut, Body: t.Body, Steps: t.Steps, Fit: t.Fit, Files: t.Files, ByID: t.ByID, At: t.UpdatedAt}
	var err error
	if v.ByName, err = d.nameOf(ctx, t.ByID); err != nil {
		return wire.TemplateVersion{}, err
	}
	return wire.NewTemplateVersion(&v), nil
}

// nameOf is the name of an agent; "" for nobody and for one who is not there.
func (d *Door) nameOf(ctx context.Context, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	by, err := d.Store.Agent(ctx, id)
	if chat.Is(err, chat.NotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return by.Name, nil
}

// templateText is what an agent writes of a template.
type templateText struct {
	Title    string      `json:"title"`
	Shortcut string      `json:"shortcut"`
	Body     string      `json:"body"`
	Steps    []chat.Step `json:"steps"`
	Fit      chat.Fit    `json:"fit"`
	Scope    string      `json:"scope"`
	Files    *[]string   `json:"files"` // ids; absent: as they are
}

// lay puts the text over a template. What belongs to the whole site, before or
// after, is for admins.
func (r *templateText) lay(t *chat.Template, me *signedIn) error {
	author := me.agent.ID
	switch r.Scope {
	case wire.ScopePersonal:
	case wire.ScopeSite:
		author = ""
	default:
		return chat.FailField("scope", "A template is for the whole site or personal.")
	}
	if (author == "" || t.Version > 0 && t.AgentID == "") && !me.agent.May(chat.ChangeTemplates) {
		return chat.Fail(chat.Forbidden, "Templates of the whole site are for the owner and admins. Make a personal one.")
	}
	t.AgentID, t.Title, t.Shortcut, t.Body, t.Steps, t.Fit = author, r.Title, r.Shortcut, r.Body, r.Steps, r.Fit
	t.ByID = me.agent.ID
	if r.Files != nil {
		if err := chat.CleanFileIDs(*r.Files); err != nil {
			return err
		}
		t.Files = nil
		for _, id := range *r.Files {
			t.Files = append(t.Files, chat.File{ID: id})
		}
	}
	return t.Validate()
}

func (d *Door) addTemplate(c *fiber.Ctx, me *signedIn) (any, error) {
	var r templateText
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	return d.saveTemplate(c, me, &r, &chat.Template{ID: chat.NewID(), SiteID: site})
}

func (d *Door) changeTemplate(c *fiber.Ctx, me *signedIn) (any, error) {
	var r templateText
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	t, err := d.templateIn(c, me)
	if err != nil {
		return nil, err
	}
	return d.saveTemplate(c, me, &r, t)
}

func (d *Door) saveTemplate(c *fiber.Ctx, me *signedIn, r *templateText, t *chat.Template) (any, error) {
	everybodys := t.Version > 0 && t.AgentID == ""
	if err := r.lay(t, me); err != nil {
		return nil, err
	}
	if err := d.Store.SaveTemplate(c.UserContext(), t); err != nil {
		return nil, err
	}
	if everybodys || t.AgentID == "" {
		d.audit(c.UserContext(), me.agent.ID, "template.saved", t.ID, t.AgentID)
	}
	d.tellTeam(t.SiteID, "templates")
	list, err := d.rated(c.UserContext(), t.SiteID, me)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].ID == t.ID {
			t = &list[i]
		}
	}
	return wire.NewTemplate(t), nil
}

func (d *Door) deleteTemplate(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	t, err := d.templateIn(c, me)
	if err != nil {
		return nil, err
	}
	if t.AgentID == "" && !me.agent.May(chat.ChangeTemplates) {
		return nil, chat.Fail(chat.Forbidden, "Templates of the whole site are for the owner and admins.")
	}
	if err := d.Store.DeleteTemplate(c.UserContext(), t.ID); err != nil {
		return nil, err
	}
	if t.AgentID == "" {
		d.audit(c.UserContext(), me.agent.ID, "template.deleted", t.ID, "")
	}
	d.tellTeam(t.SiteID, "templates")
	return nothing{}, nil
}

// templateIn returns the template in the path. A colleague's personal one is as
// absent as one that does not exist.
func (d *Door) templateIn(c *fiber.Ctx, me *signedIn) (*chat.Template, error) {
	site, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "tid")
	if err != nil {
		return nil, err
	}
	t, err := d.Store.Template(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	if t.SiteID != site || t.AgentID != "" && t.AgentID != me.agent.ID {
		return nil, chat.ErrNotFound
	}
	return t, nil
}
