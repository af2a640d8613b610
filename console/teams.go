package console

import (
	"context"
	"slices"

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
	if err := d.Store.SaveTeam(c.UserContext(), v, before.Members); err != nil {
		return nil, err
	}
	v.MadeAt = before.MadeAt
	d.auditChange(c.UserContext(), me.agent.ID, "team.changed", v.ID, "", showTeam(before), showTeam(v))
	d.tellTeam("", "teams")
	if len(v.Moved(before.Members)) > 0 {
		d.tellTeam("", "consults") // who joined sees those for the team, who left does not
	}
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
	d.tellTeam("", "consults")
	return nothing{}, nil
}

// mayMove refuses to move those above the one who asks into or out of a team, and
// anybody where the team has limits, unless the one who asks sets them.
func (d *Door) mayMove(ctx context.Context, me *signedIn, team *chat.Team, before []string) error {
	moved := team.Moved(before)
	if len(moved) == 0 {
		return nil
	}
	if err := d.mayJoin(ctx, me, team.ID); err != nil {
		return err
	}
	for _, id := range moved {
		if id == me.agent.ID {
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

// mayJoin refuses to let anybody into or out of one of these teams that has limits of
// its own, to those who set none: nobody widens limits by a detour.
func (d *Door) mayJoin(ctx context.Context, me *signedIn, teams ...string) error {
	if len(teams) == 0 || me.may(chat.SetAuthority) == nil {
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
		if slices.ContainsFunc(teams, a.Names) {
			return chat.Fail(chat.Forbidden, "This team has limits of its own. Who is in it is for those to change who set limits.")
		}
	}
	return nil
}
