package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// sendCard sends a summary or a proposal to the customer.
func (d *Door) sendCard(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ClientID string            `json:"client_id"`
		Kind     chat.CardKind     `json:"kind"`
		Text     string            `json:"text"`
		Options  []chat.CardOption `json:"options"`
		Limits   string            `json:"limits"`
		OurPart  string            `json:"our_part"`
		OurDue   chat.Time         `json:"our_due"`
		YourPart string            `json:"your_part"`
		YourDue  chat.Time         `json:"your_due"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return cardShape(d.Desk.SendCard(c.UserContext(), me.actor(), chat.Card{
		ConversationID: id, ClientID: r.ClientID, Kind: r.Kind, Text: r.Text, Options: r.Options, Limits: r.Limits,
		OurPart: r.OurPart, OurDue: r.OurDue, YourPart: r.YourPart, YourDue: r.YourDue,
	}))
}

func (d *Door) withdrawCard(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	card, err := idOf(c, "card")
	if err != nil {
		return nil, err
	}
	return cardShape(d.Desk.WithdrawCard(c.UserContext(), me.actor(), id, card))
}

// noteYes stores that the customer agreed to a card in their own words.
func (d *Door) noteYes(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		MessageID string `json:"message_id"`
		Option    string `json:"option"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	card, err := idOf(c, "card")
	if err != nil {
		return nil, err
	}
	return cardShape(d.Desk.NoteYes(c.UserContext(), me.actor(), id, card, r.MessageID, r.Option))
}

func cardShape(k *chat.Card, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return wire.TeamCard(k), nil
}

// makePromise keeps a commitment, ours unless it says otherwise.
func (d *Door) makePromise(c *fiber.Ctx, me *signedIn) (any, error) {
	r := struct {
		ClientID  string           `json:"client_id"`
		Whose     chat.Whose       `json:"whose"`
		Text      string           `json:"text"`
		DueAt     chat.Time        `json:"due_at"`
		Zone      string           `json:"zone"`
		Words     string           `json:"words"`
		NextAt    chat.Time        `json:"next_at"`
		MessageID string           `json:"message_id"`
		Kind      chat.PromiseKind `json:"kind"`
		Place     string           `json:"place"`
		Minutes   int64            `json:"minutes"`
		OwnerID   *string          `json:"owner_id"` // "" for anyone; absent: who has the conversation
	}{Whose: chat.Ours}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	p := chat.Promise{
		ConversationID: id, ClientID: r.ClientID, Whose: r.Whose, Text: r.Text, DueAt: r.DueAt,
		Zone: r.Zone, Words: r.Words, NextAt: r.NextAt, MessageID: r.MessageID, Kind: r.Kind, Place: r.Place, Minutes: r.Minutes,
	}
	if r.OwnerID == nil {
		return promiseShape(d.Desk.MakePromise(c.UserContext(), me.actor(), p))
	}
	return promiseShape(d.Desk.MakePromiseFor(c.UserContext(), me.actor(), p, *r.OwnerID))
}

func promiseShape(p *chat.Promise, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return wire.TeamPromise(p), nil
}

// onPromise reads the body of a call about a promise and does what it asks.
func onPromise[R any](c *fiber.Ctx, do func(ctx context.Context, id string, r R) (*chat.Promise, error)) (any, error) {
	var r R
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	return promiseShape(do(c.UserContext(), id, r))
}

func (d *Door) keepPromise(c *fiber.Ctx, me *signedIn) (any, error) {
	type request struct {
		ClientID string `json:"client_id"`
		Text     string `json:"text"`
	}
	return onPromise(c, func(ctx context.Context, id string, r request) (*chat.Promise, error) {
		return d.Desk.KeepPromise(ctx, me.actor(), id, r.ClientID, r.Text)
	})
}

func (d *Door) movePromise(c *fiber.Ctx, me *signedIn) (any, error) {
	type request struct {
		ClientID string    `json:"client_id"`
		DueAt    chat.Time `json:"due_at"`
		NextAt   chat.Time `json:"next_at"`
		Why      string    `json:"why"`
	}
	return onPromise(c, func(ctx context.Context, id string, r request) (*chat.Promise, error) {
		return d.Desk.MovePromise(ctx, me.actor(), id, desk.Moving{ClientID: r.ClientID, DueAt: r.DueAt, NextAt: r.NextAt, Why: r.Why})
	})
}

func (d *Door) dropPromise(c *fiber.Ctx, me *signedIn) (any, error) {
	type request struct {
		Why string `json:"why"`
	}
	return onPromise(c, func(ctx context.Context, id string, r request) (*chat.Promise, error) {
		return d.Desk.DropPromise(ctx, me.actor(), id, r.Why)
	})
}

func (d *Door) handPromise(c *fiber.Ctx, me *signedIn) (any, error) {
	type request struct {
		AgentID string `json:"agent_id"`
	}
	return onPromise(c, func(ctx context.Context, id string, r request) (*chat.Promise, error) {
		return d.Desk.HandPromise(ctx, me.actor(), id, r.AgentID)
	})
}

// agreements fills in the cards and promises of a conversation.
func (d *Door) agreements(ctx context.Context, v *conversationView, id string) error {
	cards, err := d.Store.Cards(ctx, id)
	if err != nil {
		return err
	}
	v.Cards = make([]*wire.Card, 0, len(cards))
	for i := range cards {
		v.Cards = append(v.Cards, wire.TeamCard(&cards[i]))
	}
	promises, err := d.Store.Promises(ctx, id)
	if err != nil {
		return err
	}
	v.Promises = make([]*wire.Promise, 0, len(promises))
	for i := range promises {
		v.Promises = append(v.Promises, wire.TeamPromise(&promises[i]))
	}
	return nil
}
