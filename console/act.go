package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// say posts a reply or a note without a socket.
func (d *Door) say(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ClientID   string           `json:"client_id"`
		Kind       chat.MessageKind `json:"kind"`
		Text       string           `json:"text"`
		TemplateID string           `json:"template_id"`
		Files      []string         `json:"files"`
		Others     []string         `json:"other_templates"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	posted, err := d.Desk.Post(c.UserContext(), me.actor(), desk.Posting{
		ConversationID: id, ClientID: r.ClientID, Kind: r.Kind, Text: r.Text, TemplateID: r.TemplateID, OtherTemplates: r.Others, Files: r.Files,
	})
	if err != nil {
		return nil, err
	}
	d.tellMentions(c.UserContext(), posted)
	return fiber.Map{"message": wire.TeamMessage(&posted.Message, posted.Author)}, nil
}

func (d *Door) take(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		From string `json:"from"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error { return d.Desk.Take(ctx, me.actor(), id, r.From) })
}

func (d *Door) release(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.plainly(c, me, d.Desk.Release)
}

// offers are what one is offered now: what a console shows that has just come.
func (d *Door) offers(c *fiber.Ctx, me *signedIn) (any, error) {
	list, err := d.Store.Offers(c.UserContext(), "")
	if err != nil {
		return nil, err
	}
	out := []wire.Offer{}
	for _, o := range list {
		if o.AgentID != me.agent.ID || o.EndedAt != 0 {
			continue
		}
		shown, err := d.showOffer(c.UserContext(), &o)
		if err != nil {
			return nil, err
		}
		out = append(out, shown)
	}
	return fiber.Map{"offers": out}, nil
}

func (d *Door) close(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Why        string `json:"why"`
		NoFollowUp bool   `json:"no_follow_up"`
		Words      string `json:"words"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	p := desk.Parting{Why: r.Why, NoFollowUp: r.NoFollowUp, Words: r.Words}
	return d.thenRow(c, func(ctx context.Context, id string) error { return d.Desk.CloseWith(ctx, me.actor(), id, p) })
}

func (d *Door) reopen(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.plainly(c, me, d.Desk.Reopen)
}

// plainly does what needs no more than the conversation's id.
func (d *Door) plainly(c *fiber.Ctx, me *signedIn, do func(context.Context, chat.Actor, string) error) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error { return do(ctx, me.actor(), id) })
}

// thenRow does something to the conversation in the path and answers with its
// row as it is then.
func (d *Door) thenRow(c *fiber.Ctx, do func(ctx context.Context, id string) error) (any, error) {
	row, err := d.done(c, do)
	if err != nil {
		return nil, err
	}
	return wire.NewRow(row), nil
}

// thenMatter is thenRow with the matter as the answer.
func (d *Door) thenMatter(c *fiber.Ctx, do func(ctx context.Context, id string) error) (any, error) {
	row, err := d.done(c, do)
	if err != nil {
		return nil, err
	}
	return d.matter(c.UserContext(), row.MatterID)
}

func (d *Door) done(c *fiber.Ctx, do func(ctx context.Context, id string) error) (*chat.Row, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	if err := do(c.UserContext(), id); err != nil {
		return nil, err
	}
	return d.Store.RowByID(c.UserContext(), id)
}

func (d *Door) moveStep(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Step     chat.Step `json:"step"`
		MatterID string    `json:"matter_id"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error {
		return d.Desk.MoveStep(ctx, me.actor(), id, r.MatterID, r.Step)
	})
}

func (d *Door) tickPrompt(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		State chat.PromptState `json:"state"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	key := c.Params("key")
	return d.thenMatter(c, func(ctx context.Context, id string) error {
		return d.Desk.TickPrompt(ctx, me.actor(), id, key, r.State)
	})
}

func (d *Door) undo(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ProgressID string `json:"progress_id"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error { return d.Desk.Undo(ctx, me.actor(), id, r.ProgressID) })
}

func (d *Door) saveDraft(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Kind chat.MessageKind `json:"kind"`
		Text string           `json:"text"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return nothing{}, d.Desk.SaveDraft(c.UserContext(), me.actor(), id, r.Kind, r.Text)
}
