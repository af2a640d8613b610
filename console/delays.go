package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/door"
	"rapport/hub/wire"
)

// delays are the reports about a customer that wait for an agent.
func (d *Door) delays(ctx context.Context, personID string) ([]*wire.Delay, error) {
	list, err := d.Store.WaitingDelays(ctx, personID)
	if err != nil {
		return nil, err
	}
	out := make([]*wire.Delay, 0, len(list))
	for i := range list {
		out = append(out, wire.NewDelay(&list[i]))
	}
	return out, nil
}

// tellDelay tells the customer what was reported, and moves the promise that it is
// about.
func (d *Door) tellDelay(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		PromiseID string `json:"promise_id"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, delay, err := delayIn(c)
	if err != nil {
		return nil, err
	}
	told, err := d.Desk.TellDelay(c.UserContext(), me.actor(), id, delay, r.PromiseID)
	if err != nil {
		return nil, err
	}
	return wire.NewDelay(told), nil
}

// dropDelay sets a report aside.
func (d *Door) dropDelay(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, delay, err := delayIn(c)
	if err != nil {
		return nil, err
	}
	dropped, err := d.Desk.DropDelay(c.UserContext(), me.actor(), id, delay)
	if err != nil {
		return nil, err
	}
	return wire.NewDelay(dropped), nil
}

// delayIn are the ids of the conversation and the report in the path.
func delayIn(c *fiber.Ctx) (conversation, delay string, err error) {
	if conversation, err = idOf(c, "id"); err != nil {
		return "", "", err
	}
	delay, err = idOf(c, "delay")
	return conversation, delay, err
}
