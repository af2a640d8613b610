package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

func (d *Door) listAnswers(c *fiber.Ctx, _ *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	answers, err := d.Store.Answers(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"answers": shown(answers, wire.NewAnswer)}, nil
}

// answerText is what an admin writes of an answer.
type answerText struct {
	Title    string   `json:"title"`
	Shortcut string   `json:"shortcut"`
	Text     string   `json:"text"`
	Link     string   `json:"link"`
	Words    []string `json:"words"`
	Pages    []string `json:"pages"`
	Quick    bool     `json:"quick"`
}

func (d *Door) addAnswer(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.saveAnswer(c, me, func(site string) (*chat.Answer, error) {
		return &chat.Answer{ID: chat.NewID(), SiteID: site}, nil
	})
}

func (d *Door) changeAnswer(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.saveAnswer(c, me, func(site string) (*chat.Answer, error) {
		list, err := d.Store.Answers(c.UserContext(), site)
		return byID(c, "aid", list, err, func(a *chat.Answer) string { return a.ID })
	})
}

func (d *Door) saveAnswer(c *fiber.Ctx, me *signedIn, find func(site string) (*chat.Answer, error)) (any, error) {
	var r answerText
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	a, err := find(site)
	if err != nil {
		return nil, err
	}
	before := *a
	a.Title, a.Shortcut, a.Text, a.Link, a.Words, a.Pages, a.Quick, a.ByID = r.Title, r.Shortcut, r.Text, r.Link, r.Words, r.Pages, r.Quick, me.agent.ID
	if err := a.Validate(); err != nil {
		return nil, err
	}
	if err := d.Store.SaveAnswer(c.UserContext(), a); err != nil {
		return nil, err
	}
	d.auditChange(c.UserContext(), me.agent.ID, "answer.saved", a.ID, "", wire.NewAnswer(&before), wire.NewAnswer(a))
	d.tellTeam(site, "answers")
	return wire.NewAnswer(a), nil
}

// orderAnswers puts a site's answers in the order of their ids; those that it
// does not name, because a colleague has just added them, come behind.
func (d *Door) orderAnswers(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.orderOf(c, me, "answers", d.Store.OrderAnswers, d.listAnswers)
}

func (d *Door) deleteAnswer(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.deleteOf(c, me, "aid", "answers", "answer.deleted", d.Store.DeleteAnswer)
}
