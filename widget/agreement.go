package widget

import (
	"cmp"
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/sorted"
	"rapport/hub/wire"
)

// answerCard stores a visitor's answer to a card. It counts as saying something.
func (d *Door) answerCard(ctx context.Context, from network, who chat.Actor, conversationID, cardID string, a chat.CardAnswer) (*chat.Card, error) {
	if !chat.ValidID(conversationID) || !chat.ValidID(cardID) {
		return nil, chat.ErrNotFound
	}
	if err := d.speak(from, who.ID); err != nil {
		return nil, err
	}
	return d.Desk.AnswerCard(ctx, who, conversationID, cardID, a)
}

// answer is answerCard without a socket.
// POST /v1/widget/conversations/:id/cards/:card/answer
func (d *Door) answer(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	var r struct {
		Choice chat.CardChoice `json:"choice"`
		Option string          `json:"option"`
		Text   string          `json:"text"`
	}
	if err := door.Body(c, 32<<10, &r); err != nil {
		return err
	}
	k, err := d.answerCard(c.UserContext(), network(door.IPKey(c)), v.actor, c.Params("id"), c.Params("card"),
		chat.CardAnswer{Choice: r.Choice, Option: r.Option, Text: r.Text})
	if err != nil {
		return err
	}
	return c.JSON(wire.PublicCard(k))
}

// promisesShown is how many promises a customer is shown.
const promisesShown = 20

// promises lists what a visitor was promised, and their own part, in all their
// conversations: open ones first, the next due on top, then the latest that
// ended. GET /v1/widget/promises
func (d *Door) promises(c *fiber.Ctx) error {
	v, err := d.who(c)
	if err != nil {
		return err
	}
	ctx := c.UserContext()
	ids, err := d.Store.PersonConversations(ctx, v.actor.ID, listed)
	if err != nil {
		return err
	}
	var all []chat.Promise
	for _, id := range ids {
		list, err := d.Store.ChatPromises(ctx, id)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	sorted.By(all, soonest)
	return c.JSON(fiber.Map{"promises": publicPromises(all[:min(len(all), promisesShown)])})
}

// soonest puts open promises first, the next due on top, then the latest ended.
func soonest(a, b chat.Promise) int {
	aOpen, bOpen := a.State == chat.PromiseIsOpen, b.State == chat.PromiseIsOpen
	switch {
	case aOpen && bOpen:
		return cmp.Compare(a.DueAt, b.DueAt)
	case aOpen:
		return -1
	case bOpen:
		return 1
	}
	return cmp.Compare(b.EndedAt, a.EndedAt)
}

func publicPromises(list []chat.Promise) []*wire.Promise {
	out := make([]*wire.Promise, 0, len(list))
	for i := range list {
		out = append(out, wire.PublicPromise(&list[i]))
	}
	return out
}
