package console

import (
	"context"
	"slices"

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

// rated are the templates that an agent may use or change, with how they rank by
// outcome.
func (d *Door) rated(ctx context.Context, site string, me *signedIn) ([]chat.Template, error) {
	templates, err := d.Store.Templates(ctx, site, me.agent.ID)
	if err == nil && me.agent.May(chat.ChangeTemplates) {
		templates, err = d.withTeams(ctx, site, templates)
	}
	cycle.Rate(templates)
	return templates, err
}

// withTeams adds the templates of the teams that somebody who changes them all is not
// in.
func (d *Door) withTeams(ctx context.Context, site string, list []chat.Template) ([]chat.Template, error) {
	all, err := d.Store.TeamTemplates(ctx, site)
	for i := range all {
		if !slices.ContainsFunc(list, func(t chat.Template) bool { return t.ID == all[i].ID }) {
			list = append(list, all[i])
		}
	}
	return list, err
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
	TeamID   string      `json:"team_id"` // of scope team
	Files    *[]string   `json:"files"`   // ids; absent: as they are
}

// lay puts the text over a template. What belongs to a team or the whole site, before
// or after, is for those who change templates.
func (r *templateText) lay(t *chat.Template, me *signedIn) error {
	author := me.agent.ID
	switch r.Scope {
	case wire.ScopePersonal:
	case wire.ScopeSite, wire.ScopeTeam:
		author = ""
	default:
		return chat.FailField("scope", "A template is for the whole site, a team or personal.")
	}
	if (r.Scope == wire.ScopeTeam) != (r.TeamID != "") {
		return chat.FailField("team_id", "Choose the team.")
	}
	if (author == "" || t.Version > 0 && t.AgentID == "") && !me.agent.May(chat.ChangeTemplates) {
		return chat.Fail(chat.Forbidden, "Templates of a team and of the whole site are not yours to change. Make a personal one.")
	}
	t.AgentID, t.TeamID, t.Title, t.Shortcut, t.Body, t.Steps, t.Fit = author, r.TeamID, r.Title, r.Shortcut, r.Body, r.Steps, r.Fit
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
	before := *t
	everybodys := t.Version > 0 && t.AgentID == ""
	if err := r.lay(t, me); err != nil {
		return nil, err
	}
	if err := d.teamIsThere(c.UserContext(), t.TeamID); err != nil {
		return nil, err
	}
	if err := d.Store.SaveTemplate(c.UserContext(), t); err != nil {
		return nil, err
	}
	switch { // the words of a personal template are nobody else's, and so not in the log
	case t.AgentID == "" && before.AgentID == "":
		d.auditChange(c.UserContext(), me.agent.ID, "template.saved", t.ID, "", wire.NewTemplate(&before), wire.NewTemplate(t))
	case t.AgentID == "" || everybodys:
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

// teamIsThere refuses a template of a team that is not.
func (d *Door) teamIsThere(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	_, err := d.Store.Team(ctx, id)
	if chat.Is(err, chat.NotFound) {
		return chat.FailField("team_id", "This team is not here any more. Choose another one.")
	}
	return err
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
		return nil, chat.Fail(chat.Forbidden, "Templates of a team and of the whole site are not yours to remove.")
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

// templateIn returns the template in the path. A colleague's personal one and that of
// a team one is not in are as absent as one that does not exist.
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
	if t.SiteID != site {
		return nil, chat.ErrNotFound
	}
	return t, d.maySee(c, me, t)
}

// maySee is ErrNotFound for a template of a colleague's own, and of a team that
// somebody is not in who may not change all templates.
func (d *Door) maySee(c *fiber.Ctx, me *signedIn, t *chat.Template) error {
	if t.AgentID != "" && t.AgentID != me.agent.ID {
		return chat.ErrNotFound
	}
	if t.TeamID == "" || me.agent.May(chat.ChangeTemplates) {
		return nil
	}
	of, err := d.Store.TeamsOf(c.UserContext(), me.agent.ID)
	if err == nil && !slices.Contains(of, t.TeamID) {
		return chat.ErrNotFound
	}
	return err
}
