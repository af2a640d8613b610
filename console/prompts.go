package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/door"
	"rapport/hub/wire"
)

func (d *Door) listPrompts(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	prompts, err := d.Store.Prompts(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"prompts": shown(prompts, wire.NewPrompt)}, nil
}

// listRules shows the evidence by which a prompt can tick itself.
func (d *Door) listRules(_ *fiber.Ctx, me *signedIn) (any, error) {
	return fiber.Map{"rules": cycle.Evidence(me.agent.Name)}, nil
}

// tryRules reads a line as if the caller had said it. Nothing of it is kept.
func (d *Door) tryRules(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Text string    `json:"text"`
		Step chat.Step `json:"step"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	if !r.Step.Valid() {
		return nil, chat.FailField("step", "%q is not a step.", string(r.Step))
	}
	text, err := chat.CleanText("text", r.Text, chat.MaxText)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"found": cycle.Try(text, me.agent.Name, r.Step)}, nil
}

// promptText is what an admin writes of a prompt.
type promptText struct {
	Step     chat.Step `json:"step"`
	Text     string    `json:"text"`
	Help     string    `json:"help"`
	Evidence string    `json:"evidence"`
	Fit      chat.Fit  `json:"fit"`
	Position int64     `json:"position"`
}

func (d *Door) addPrompt(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.savePrompt(c, me, func(site string) (*chat.Prompt, error) {
		id := chat.NewID()
		return &chat.Prompt{ID: id, SiteID: site, Key: keyOf(id)}, nil
	})
}

func (d *Door) changePrompt(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.savePrompt(c, me, func(site string) (*chat.Prompt, error) {
		list, err := d.Store.Prompts(c.UserContext(), site)
		return byID(c, "pid", list, err, func(p *chat.Prompt) string { return p.ID })
	})
}

func (d *Door) savePrompt(c *fiber.Ctx, me *signedIn, find func(site string) (*chat.Prompt, error)) (any, error) {
	var r promptText
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	p, err := find(site)
	if err != nil {
		return nil, err
	}
	before := *p
	p.Step, p.Text, p.Help, p.Evidence, p.Fit, p.Position = r.Step, r.Text, r.Help, r.Evidence, r.Fit, r.Position
	p.ByID = me.agent.ID
	if err := p.Validate(); err != nil {
		return nil, err
	}
	if p.Evidence != "" && !cycle.KnownRule(p.Evidence) {
		return nil, chat.FailField("evidence", "%q is not an evidence rule.", p.Evidence)
	}
	if p.Position < 0 || p.Position > maxPosition {
		return nil, chat.FailField("position", "A place is between 0 and %d.", maxPosition)
	}
	if err := d.Store.SavePrompt(c.UserContext(), p); err != nil {
		return nil, err
	}
	d.auditChange(c.UserContext(), me.agent.ID, "prompt.saved", p.ID, p.Key, wire.NewPrompt(&before), wire.NewPrompt(p))
	d.tellTeam(site, "prompts")
	return wire.NewPrompt(p), nil
}

// listPromptVersions shows what a prompt says and what it said before, latest first.
func (d *Door) listPromptVersions(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	list, err := d.Store.Prompts(c.UserContext(), site)
	p, err := byID(c, "pid", list, err, func(p *chat.Prompt) string { return p.ID })
	if err != nil {
		return nil, err
	}
	versions, err := d.Store.PromptVersions(c.UserContext(), p.ID)
	if err != nil {
		return nil, err
	}
	current := chat.PromptVersion{Version: p.Version, Step: p.Step, Text: p.Text, Help: p.Help, Evidence: p.Evidence, Fit: p.Fit, At: p.UpdatedAt}
	if current.ByName, err = d.nameOf(c.UserContext(), p.ByID); err != nil {
		return nil, err
	}
	return fiber.Map{"current": wire.NewPromptVersion(&current), "versions": shown(versions, wire.NewPromptVersion)}, nil
}

// orderPrompts puts the site's prompts into an order of its own.
func (d *Door) orderPrompts(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.orderOf(c, me, "prompts", d.Store.OrderPrompts, d.listPrompts)
}

func (d *Door) deletePrompt(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.deleteOf(c, me, "pid", "prompts", "prompt.deleted", d.Store.DeletePrompt)
}
