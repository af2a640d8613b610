package console

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/wire"
)

// closingAnswer is what an agent may want to see before a conversation is closed.
type closingAnswer struct {
	Words    []closingWords `json:"words"`
	Matters  []openMatter   `json:"matters"`
	FollowUp *wire.FollowUp `json:"follow_up"`
}

// closingWords is a template of the Closing step that thanks or invites back.
type closingWords struct {
	TemplateID string `json:"template_id"`
	Thanks     bool   `json:"thanks"`
	Invites    bool   `json:"invites"`
}

// openMatter is a matter beside the current one that has not come to Closing.
type openMatter struct {
	ID     string    `json:"id"`
	Number int64     `json:"number"`
	Need   string    `json:"need"`
	Step   chat.Step `json:"step"`
}

// maxFarewells bounds how many templates are read for one closing, most used first.
const maxFarewells = 200

// closing is what may be said at the end of a conversation, what is left beside its
// current matter, and the follow-up that stands.
func (d *Door) closing(c *fiber.Ctx, me *signedIn) (any, error) {
	row, err := d.rowOf(c)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	var out closingAnswer
	if out.Words, err = d.farewells(ctx, row.SiteID, me.agent.ID); err != nil {
		return nil, err
	}
	if out.Matters, err = d.openMatters(ctx, row); err != nil {
		return nil, err
	}
	f, err := d.Store.StandingFollowUp(ctx, row.ID)
	if err == nil {
		out.FollowUp = wire.NewFollowUp(f)
	} else if !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	return out, nil
}

// farewells are the templates that thank or invite back and ask nothing: there is
// one question at most, and the customer is asked that anyway.
func (d *Door) farewells(ctx context.Context, site, agent string) ([]closingWords, error) {
	templates, err := d.Store.Templates(ctx, site, agent)
	if err != nil {
		return nil, err
	}
	out, read := []closingWords{}, 0
	for i := range templates {
		t := &templates[i]
		if !slices.Contains(t.Steps, chat.Closing) || read == maxFarewells {
			continue
		}
		read++
		if w := cycle.ReadFarewell(t.Body); (w.Thanks || w.Invites) && !w.Asks {
			out = append(out, closingWords{t.ID, w.Thanks, w.Invites})
		}
	}
	return out, nil
}

func (d *Door) openMatters(ctx context.Context, row *chat.Row) ([]openMatter, error) {
	matters, err := d.Store.Matters(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	out := []openMatter{}
	for i := range matters {
		if m := &matters[i]; m.ID != row.MatterID && m.Step != chat.Closing && !cycle.Gone(*m) {
			out = append(out, openMatter{m.ID, m.Number, m.Need, m.Step})
		}
	}
	return out, nil
}
