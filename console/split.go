package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// split lets the team work on a matter beside the chat, and answers with the row of what
// was split off.
func (d *Door) split(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ID       string   `json:"id"`
		MatterID string   `json:"matter_id"`
		Need     string   `json:"need"`
		Quoted   []string `json:"quoted"`
		Note     string   `json:"note"`
		From     string   `json:"from"`
		Queue    bool     `json:"queue"`
		AgentID  string   `json:"agent_id"`
		TeamID   string   `json:"team_id"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	var there []string
	if r.AgentID != "" || r.TeamID != "" {
		if there, err = d.inTurn(ctx); err != nil {
			return nil, err
		}
	}
	s := desk.Splitting{ID: r.ID, MatterID: r.MatterID, Need: r.Need, Quoted: r.Quoted, Note: r.Note, From: r.From, Queue: r.Queue, ToID: r.AgentID, TeamID: r.TeamID}
	if err := d.Desk.Split(ctx, me.actor(), id, s, there); err != nil {
		return nil, err
	}
	row, err := d.Store.RowByID(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	return wire.NewRow(row), nil
}
