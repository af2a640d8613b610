package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// consult asks a colleague, or a team, something about a conversation.
func (d *Door) consult(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		ClientID string `json:"client_id"`
		AgentID  string `json:"agent_id"`
		TeamID   string `json:"team_id"`
		Question string `json:"question"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	if (r.AgentID == "") == (r.TeamID == "") {
		return nil, chat.FailField("agent_id", "Choose a colleague or a team.")
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	done, err := d.Desk.Consult(c.UserContext(), me.actor(), id, desk.Question{ClientID: r.ClientID, ToID: r.AgentID, TeamID: r.TeamID, Text: r.Question})
	return d.consulted(c.UserContext(), done, err)
}

// answerConsult answers what the caller was asked.
func (d *Door) answerConsult(c *fiber.Ctx, me *signedIn) (any, error) {
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
	done, err := d.Desk.AnswerConsult(c.UserContext(), me.actor(), id, r.ClientID, r.Text)
	return d.consulted(c.UserContext(), done, err)
}

// consulted tells everybody whom it concerns of a question or an answer, and answers
// with its note.
func (d *Door) consulted(ctx context.Context, done *desk.Consulted, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	d.tellMentions(ctx, &done.Posted)
	d.tellConsults(done.Concerned)
	return fiber.Map{"message": wire.TeamMessage(&done.Message, done.Author)}, nil
}

// tellConsults asks these agents' consoles, and no others, to read their open questions
// again.
func (d *Door) tellConsults(agents []string) {
	frame := wire.Changed("", "consults")
	for _, id := range agents {
		d.Hub.Tell(id, frame)
	}
}

// dropConsult takes a question back.
func (d *Door) dropConsult(c *fiber.Ctx, me *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	concerned, err := d.Desk.DropConsult(c.UserContext(), me.actor(), id)
	if err != nil {
		return nil, err
	}
	d.tellConsults(concerned)
	return nothing{}, nil
}

// openConsults are the open questions about a conversation, whoever asked them.
func (d *Door) openConsults(c *fiber.Ctx, _ *signedIn) (any, error) {
	row, err := d.rowOf(c)
	if err != nil {
		return nil, err
	}
	list, err := d.shownConsults(c.UserContext(), row.ID, d.Store.ConsultsAbout)
	return fiber.Map{"consults": list}, err
}

// consults are the open questions that the caller may answer, and those they asked.
func (d *Door) consults(c *fiber.Ctx, me *signedIn) (any, error) {
	forMe, err := d.shownConsults(c.UserContext(), me.agent.ID, d.Store.ConsultsFor)
	if err != nil {
		return nil, err
	}
	mine, err := d.shownConsults(c.UserContext(), me.agent.ID, d.Store.ConsultsBy)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"for_me": forMe, "mine": mine}, nil
}

func (d *Door) shownConsults(ctx context.Context, of string, read func(context.Context, string) ([]chat.Consult, error)) ([]wire.Consult, error) {
	list, err := read(ctx, of)
	if err != nil {
		return nil, err
	}
	out := []wire.Consult{}
	for i := range list {
		out = append(out, wire.NewConsult(&list[i]))
	}
	return out, nil
}
