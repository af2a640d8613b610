package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// teamShape is Team of the protocol.
type teamShape struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	Skills  chat.Skills `json:"skills"`
	Members []string    `json:"members"`
	MadeAt  chat.Time   `json:"made_at"`
}

func showTeam(v *chat.Team) teamShape {
	shape := teamShape{v.ID, v.Name, v.Skills, v.Members, v.MadeAt}
	if shape.Members == nil {
		shape.Members = []string{}
	}
	return shape
}

func (d *Door) listTeams(c *fiber.Ctx, _ *signedIn) (any, error) {
	list, err := d.Store.Teams(c.UserContext())
	if err != nil {
		return nil, err
	}
	out := make([]teamShape, 0, len(list))
	for i := range list {
		out = append(out, showTeam(&list[i]))
	}
	return fiber.Map{"teams": out}, nil
}

// readTeam is the team that a call's body describes.
func readTeam(c *fiber.Ctx, id string) (*chat.Team, error) {
	var r struct {
		Name    string      `json:"name"`
		Skills  chat.Skills `json:"skills"`
		Members []string    `json:"members"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	v := &chat.Team{ID: id, Name: r.Name, Skills: r.Skills, Members: r.Members}
	return v, v.Clean()
}

func (d *Door) addTeam(c *fiber.Ctx, me *signedIn) (any, error) {
	v, err := readTeam(c, chat.NewID())
	if err != nil {
		return nil, err
	}
	if err := d.mayMove(c.UserContext(), me, v, nil); err != nil {
		return nil, err
	}
	if err := d.Store.InsertTeam(c.UserContext(), v); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "team.created", v.ID, "")
	d.tellTeam("", "teams")
	return showTeam(v), nil
}

func (d *Door) changeTeam(c *fiber.Ctx, me *signedIn) (any, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	v, err := readTeam(c, id)
	if err != nil {
		return nil, err
	}
	before, err := d.Store.Team(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	if err := d.mayMove(c.UserContext(), me, v, before.Members); err != nil {
		return nil, err
	}
	if err := d.Store.SaveTeam(c.UserContext(), v); err != nil {
		return nil, err
	}
	v.MadeAt = before.MadeAt
	d.auditChange(c.UserContext(), me.agent.ID, "team.changed", v.ID, "", showTeam(before), showTeam(v))
	d.tellTeam("", "teams")
	return showTeam(v), nil
}

func (d *Door) deleteTeam(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	team, err := d.Store.Team(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := d.mayMove(ctx, me, &chat.Team{ID: id}, team.Members); err != nil {
		return nil, err
	}
	if err := d.Store.DeleteTeam(ctx, id); err != nil {
		return nil, err
	}
	d.audit(ctx, me.agent.ID, "team.deleted", id, team.Name)
	d.tellTeam("", "teams")
	d.tellTeam("", "templates")
	return nothing{}, nil
}

// mayMove refuses to move those above the one who asks into or out of a team, and
// oneself where the team has limits: nobody widens their own.
func (d *Door) mayMove(ctx context.Context, me *signedIn, team *chat.Team, before []string) error {
	for _, id := range team.Moved(before) {
		if id == me.agent.ID {
			if err := d.mayJoin(ctx, me, team.ID); err != nil {
				return err
			}
			continue
		}
		a, err := d.Store.Agent(ctx, id)
		if chat.Is(err, chat.NotFound) {
			continue // the store says so, by the field
		}
		if err != nil {
			return err
		}
		if above(me, a) {
			return refuseAbove()
		}
	}
	return nil
}

func (d *Door) mayJoin(ctx context.Context, me *signedIn, teamID string) error {
	if me.may(chat.SetAuthority) == nil {
		return nil
	}
	sites, err := d.Store.Sites(ctx)
	if err != nil {
		return err
	}
	for i := range sites {
		a, err := d.Store.Authority(ctx, sites[i].ID)
		if err != nil {
			return err
		}
		if a.Names(teamID) {
			return chat.Fail(chat.Forbidden, "This team has limits of its own. Whether you are in it is for somebody else to change.")
		}
	}
	return nil
}
