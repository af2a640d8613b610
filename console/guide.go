package console

import (
	"context"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle/starter"
	"rapport/hub/door"
)

// guideBody bounds a file of prompts, templates, answers and standards, in bytes.
const guideBody = 2 << 20

// maxPosition bounds a place in a list that an admin orders.
const maxPosition = 1_000_000

// shown makes a list of rows what the wire shows of them.
func shown[T, U any](rows []T, show func(*T) U) []U {
	out := make([]U, 0, len(rows))
	for i := range rows {
		out = append(out, show(&rows[i]))
	}
	return out
}

// byID finds the row of a site that the path names.
func byID[T any](c *fiber.Ctx, name string, rows []T, err error, id func(*T) string) (*T, error) {
	if err != nil {
		return nil, err
	}
	want, err := idOf(c, name)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		if id(&rows[i]) == want {
			return &rows[i], nil
		}
	}
	return nil, chat.ErrNotFound
}

// keyOf makes the key of what was written by hand: unique, and none of a file's.
func keyOf(id string) string { return "own_" + strings.ReplaceAll(id, "-", "") }

// deleteOf takes a row of a site out and tells everybody.
func (d *Door) deleteOf(c *fiber.Ctx, me *signedIn, name, what, action string, remove func(ctx context.Context, site, id string) error) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, name)
	if err != nil {
		return nil, err
	}
	if err := remove(c.UserContext(), site, id); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, action, id, "")
	d.tellTeam(site, what)
	return nothing{}, nil
}

// orderBody holds chat.MaxAnswers ids; a site has more answers than anything else
// that is put into order.
const orderBody = 32 << 10

// orderOf puts what a site has of one kind into the order of the ids in the body,
// tells everybody, and answers with the list as it is now.
func (d *Door) orderOf(c *fiber.Ctx, me *signedIn, what string, order func(ctx context.Context, site string, ids []string) error, list func(*fiber.Ctx, *signedIn) (any, error)) (any, error) {
	var r struct {
		IDs []string `json:"ids"`
	}
	if err := door.Body(c, orderBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	if twice := len(slices.Compact(slices.Sorted(slices.Values(r.IDs)))) < len(r.IDs); twice || len(r.IDs) > chat.MaxAnswers {
		return nil, chat.FailField("ids", "Name each of the %s once.", what)
	}
	if err := order(c.UserContext(), site, r.IDs); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, what+".ordered", site, "")
	d.tellTeam(site, what)
	return list(c, me)
}

// exportGuide answers with all that the site's owner has written, as the text
// of a file.
func (d *Door) exportGuide(c *fiber.Ctx, me *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	g, err := d.guideOf(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	set, as := starter.From(g, "en"), strings.Clone(c.Query("as", "json"))
	var text string
	switch as {
	case "json":
		text, err = set.JSON()
	case "csv":
		text = set.CSV()
	default:
		err = chat.FailField("as", "A guide comes as json or csv.")
	}
	if err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "guide.exported", site, as)
	return fiber.Map{"name": "rapport-guide." + as, "text": text}, nil
}

func (d *Door) guideOf(ctx context.Context, site string) (g chat.Guide, err error) {
	if g.Prompts, err = d.Store.Prompts(ctx, site); err != nil {
		return g, err
	}
	if g.Templates, err = d.Store.Templates(ctx, site, ""); err != nil {
		return g, err
	}
	ofTeams, err := d.Store.TeamTemplates(ctx, site)
	if err != nil {
		return g, err
	}
	g.Templates = append(g.Templates, ofTeams...)
	if g.Answers, err = d.Store.Answers(ctx, site); err != nil {
		return g, err
	}
	g.Standards, err = d.Store.Standards(ctx, site)
	return g, err
}

// importGuide brings a file in. What the site has under the same key, shortcut
// or title is changed; what the file does not name stays.
func (d *Door) importGuide(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		As   string `json:"as"`
		Text string `json:"text"`
	}
	if err := door.Body(c, guideBody, &r); err != nil {
		return nil, err
	}
	var set starter.Set
	var err error
	switch r.As {
	case "json":
		set, err = starter.Parse([]byte(r.Text))
	case "csv":
		set, err = starter.ParseCSV(r.Text)
	default:
		err = chat.FailField("as", "A guide comes as json or csv.")
	}
	if err != nil {
		return nil, err
	}
	return d.land(c, me, set, "", false)
}

// addStarter adds what a trade's starter set has and the site has not.
func (d *Door) addStarter(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Trade string `json:"trade"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	set, err := starter.Load(r.Trade)
	if err != nil {
		return nil, err
	}
	return d.land(c, me, set, set.Origin(), true)
}

func (d *Door) land(c *fiber.Ctx, me *signedIn, set starter.Set, origin string, onlyAdd bool) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	landed, err := d.Store.LandGuide(c.UserContext(), site, me.agent.ID, set.For(site, origin, d.Clock()), onlyAdd)
	if err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "guide.imported", site, origin)
	for _, what := range []string{"prompts", "templates", "answers", "standards"} {
		d.tellTeam(site, what)
	}
	return landed, nil
}
