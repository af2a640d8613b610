package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
	"rapport/storage"
)

// whisper tells who has a conversation something beside their draft.
func (d *Door) whisper(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ClientID string `json:"client_id"`
		Text     string `json:"text"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	posted, err := d.Desk.Whisper(c.UserContext(), me.actor(), id, r.ClientID, r.Text)
	if err != nil {
		return nil, err
	}
	d.tellMentions(c.UserContext(), posted)
	return fiber.Map{"message": wire.TeamMessage(&posted.Message, posted.Author)}, nil
}

// move puts a conversation with a colleague, with one of a team, or back into the
// queue, without asking them.
func (d *Door) move(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		AgentID string `json:"agent_id"`
		TeamID  string `json:"team_id"`
		Queue   bool   `json:"queue"`
		From    string `json:"from"`
		Why     string `json:"why"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	places := 0
	for _, named := range []bool{r.AgentID != "", r.TeamID != "", r.Queue} {
		if named {
			places++
		}
	}
	if places != 1 {
		return nil, chat.FailField("agent_id", "Choose a colleague, a team or the queue.")
	}
	return d.thenRow(c, func(ctx context.Context, id string) error {
		there, err := d.inTurn(ctx)
		if err != nil {
			return err
		}
		posted, err := d.Desk.Move(ctx, me.actor(), id, desk.Move{ToID: r.AgentID, TeamID: r.TeamID, FromID: r.From, Why: r.Why}, there)
		if err == nil {
			d.tellMentions(ctx, posted)
		}
		return err
	})
}

// boardHands are the rows of what one agent has on a site, or of what waits in its
// queue, the most urgent first.
func (d *Door) boardHands(c *fiber.Ctx, _ *signedIn) (any, error) {
	p := storage.Page{SiteID: c.Query("site"), List: storage.Queue, Limit: rowsPage}
	if id := c.Query("agent"); id != "" {
		if !chat.ValidID(id) {
			return nil, chat.ErrNotFound
		}
		p.List, p.AgentID = storage.Held, id
	}
	if _, err := d.Store.Site(c.UserContext(), p.SiteID); err != nil {
		return nil, err
	}
	rows, next, err := d.Store.Rows(c.UserContext(), p)
	return fiber.Map{"rows": wire.NewRows(rows), "more": next != ""}, err
}
