package console

import (
	"context"

	"github.com/gofiber/fiber/v2"
)

// askGuest asks a colleague, or a team, to join a conversation.
func (d *Door) askGuest(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.askColleague(c, me, d.Desk.Invite)
}

// joinAsGuest brings the caller into a colleague's conversation.
func (d *Door) joinAsGuest(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.plainly(c, me, d.Desk.Join)
}

// endVisit ends a guest's visit, the caller's own or another's.
func (d *Door) endVisit(c *fiber.Ctx, me *signedIn) (any, error) {
	guest, err := idOf(c, "guest")
	if err != nil {
		return nil, err
	}
	return d.thenRow(c, func(ctx context.Context, id string) error {
		return d.Desk.Leave(ctx, me.actor(), id, guest)
	})
}
