package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/cycle"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// mattersShape is what a conversation is about: its matters in their order, and
// what the customer said last with the matter that it was put under.
type mattersShape struct {
	Matters []wire.Matter `json:"matters"`
	Said    *saidShape    `json:"said"`
}

type saidShape struct {
	MessageID string `json:"message_id"`
	MatterID  string `json:"matter_id"`
	Text      string `json:"text"`
}

// saidAmong is among how many messages the customer's last one is looked for.
const saidAmong = 20

// listMatters answers with the matters of a conversation that count.
func (d *Door) listMatters(c *fiber.Ctx, _ *signedIn) (any, error) {
	row, err := d.rowOf(c)
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	all, err := d.Store.Matters(ctx, row.ID)
	if err != nil {
		return nil, err
	}
	out := mattersShape{Matters: []wire.Matter{}}
	for i := range all {
		if cycle.Gone(all[i]) {
			continue
		}
		m, err := d.matter(ctx, all[i].ID)
		if err != nil {
			return nil, err
		}
		out.Matters = append(out.Matters, m)
	}
	out.Said, err = d.said(ctx, row.ID)
	return out, err
}

// said is what the customer said last, nil where that is too long ago.
func (d *Door) said(ctx context.Context, id string) (*saidShape, error) {
	list, _, err := d.Store.Messages(ctx, id, 0, saidAmong)
	if err != nil {
		return nil, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		if m := &list[i]; m.By == chat.ByPerson {
			return &saidShape{m.ID, m.MatterID, chat.Preview(m.Text)}, nil
		}
	}
	return nil, nil
}

// openMatter begins a second matter, which becomes the current one.
func (d *Door) openMatter(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Need      string `json:"need"`
		MessageID string `json:"message_id"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error {
		return d.Desk.OpenMatter(ctx, me.actor(), id, r.Need, r.MessageID)
	})
}

// turnMatter makes another matter the current one.
func (d *Door) turnMatter(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.toMatter(c, me, d.Desk.TurnMatter)
}

// dropMatter says that a further matter is none of its own.
func (d *Door) dropMatter(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.toMatter(c, me, d.Desk.DropMatter)
}

func (d *Door) toMatter(c *fiber.Ctx, me *signedIn, do func(context.Context, chat.Actor, string, string) error) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	matter, err := idOf(c, "matter")
	if err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error { return do(ctx, me.actor(), id, matter) })
}

// fileMessage says which matter a message of the customer's is about.
func (d *Door) fileMessage(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		MatterID string `json:"matter_id"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	message, err := idOf(c, "message")
	if err != nil {
		return nil, err
	}
	return d.thenMatter(c, func(ctx context.Context, id string) error {
		return d.Desk.FileMessage(ctx, me.actor(), id, message, r.MatterID)
	})
}
