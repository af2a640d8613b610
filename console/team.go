package console

import (
	"context"
	"reflect"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// tellTeam asks all consoles to read site data again; "" for all sites.
func (d *Door) tellTeam(siteID, what string) {
	d.Hub.Broadcast(hub.TeamWide, wire.Changed(siteID, what), nil)
}

// edit changes an agent as they are now, so that two changes at once keep both.
func (d *Door) edit(ctx context.Context, id string, change func(*chat.Agent) error) (*chat.Agent, error) {
	done, err := d.settle(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	a, err := d.Store.Agent(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := change(a); err != nil {
		return nil, err
	}
	return a, d.Store.SaveAgent(ctx, a)
}

// listAgents shows the team. Who is invited is for those who may invite.
func (d *Door) listAgents(c *fiber.Ctx, me *signedIn) (any, error) {
	agents, err := d.Store.Agents(c.UserContext())
	if err != nil {
		return nil, err
	}
	team := make([]agentShape, 0, len(agents))
	for i := range agents {
		team = append(team, showAgent(&agents[i]))
	}
	if err := d.whoIsAway(c.UserContext(), team); err != nil {
		return nil, err
	}
	invited := []invitationShape{}
	if me.agent.May(chat.ManagePeople) {
		list, err := d.Store.Invitations(c.UserContext())
		if err != nil {
			return nil, err
		}
		for i := range list {
			invited = append(invited, showInvitation(&list[i], ""))
		}
	}
	return fiber.Map{"agents": team, "invitations": invited}, nil
}

// whoIsAway adds the absences that stand.
func (d *Door) whoIsAway(ctx context.Context, team []agentShape) error {
	absences, err := d.Store.Absences(ctx, d.Clock())
	if err != nil {
		return err
	}
	for i := range absences {
		at := slices.IndexFunc(team, func(a agentShape) bool { return a.ID == absences[i].AgentID })
		shape, err := d.absenceShape(ctx, &absences[i])
		if err != nil {
			return err
		}
		if at >= 0 && !team[at].Disabled {
			team[at].Absence = &shape
		}
	}
	return nil
}

// agentChange is what an admin may change of a colleague; nil leaves it.
type agentChange struct {
	Role       *chat.Role `json:"role"`
	Disabled   *bool      `json:"disabled"`
	Complaints *bool      `json:"complaints"` // trained for them
	Work       *chat.Work `json:"work"`
	ToID       string     `json:"to_id"` // of one who is disabled: who answers for their promises, "" for anyone
}

// changeAgent gives another role, takes the right to sign in, or notes who is
// trained for complaints and how they work. The first two end the colleague's
// sessions, since they were opened under the old terms.
func (d *Door) changeAgent(c *fiber.Ctx, me *signedIn) (any, error) {
	var r agentChange
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	if r.Disabled != nil && *r.Disabled {
		if err := d.standIn(c.UserContext(), me, id, r); err != nil {
			return nil, err
		}
	}
	var before chat.Agent
	a, err := d.edit(c.UserContext(), id, func(a *chat.Agent) error {
		before = *a
		return d.apply(c.UserContext(), a, me, r)
	})
	if err != nil {
		return nil, err
	}
	moved := a.Role != before.Role || a.DisabledAt != before.DisabledAt
	if !moved && a.Complaints == before.Complaints && reflect.DeepEqual(a.Work, before.Work) {
		return showAgent(a), nil
	}
	if moved {
		if err := d.endAll(c.UserContext(), a.ID, ""); err != nil {
			return nil, err
		}
	}
	if before.DisabledAt > 0 && a.DisabledAt == 0 {
		if err := d.Desk.EndAbsence(c.UserContext(), a.ID); err != nil {
			return nil, err
		}
	}
	d.auditAgent(c.UserContext(), me.agent.ID, &before, a)
	d.tellTeam("", "agents")
	if before.Answers() && !a.Answers() {
		d.tellTeam("", "consults") // theirs, and those for them, are dropped
	}
	return showAgent(a), nil
}

// standIn hands the promises of somebody who is to be disabled on. It comes first:
// who has gone already could have been handed on to anyone.
func (d *Door) standIn(ctx context.Context, me *signedIn, id string, r agentChange) error {
	a, err := d.Store.Agent(ctx, id)
	if err != nil || a.DisabledAt > 0 {
		return err
	}
	if err := d.apply(ctx, a, me, r); err != nil {
		return err
	}
	return d.goAway(ctx, me, chat.Absence{AgentID: id, ToID: r.ToID})
}

// above reports whether a colleague stands above the one who asks, who changes nothing
// about them then.
func above(me *signedIn, a *chat.Agent) bool {
	return a.ID != me.agent.ID && (a.Role == chat.Owner || !me.agent.Rights().Covers(a.Rights()))
}

func refuseAbove() error { return chat.Fail(chat.Forbidden, "You cannot change somebody above you.") }

// apply changes the agent if the caller may.
func (d *Door) apply(ctx context.Context, a *chat.Agent, me *signedIn, r agentChange) error {
	if above(me, a) {
		return refuseAbove()
	}
	if r.Work != nil {
		if err := r.Work.Clean(); err != nil {
			return err
		}
		a.Work = *r.Work
	}
	if r.Complaints != nil {
		a.Complaints = *r.Complaints
	}
	if r.Role == nil && r.Disabled == nil {
		return nil // the rest takes no right, so that it may be one's own
	}
	if a.ID == me.agent.ID {
		return chat.Fail(chat.Forbidden, "Your own role is for somebody else to change.")
	}
	if r.Role != nil {
		rights, err := d.grantable(ctx, me, *r.Role)
		if err != nil {
			return err
		}
		a.Role, a.Own = *r.Role, 0
		if !a.Role.BuiltIn() {
			a.Own = rights
		}
	}
	if r.Disabled != nil && *r.Disabled != (a.DisabledAt > 0) {
		a.DisabledAt = 0
		if *r.Disabled {
			a.DisabledAt = d.Clock()
		}
	}
	return nil
}

// grantable returns what a role allows, and refuses one that does not exist or is
// not the caller's to give.
func (d *Door) grantable(ctx context.Context, me *signedIn, role chat.Role) (chat.Rights, error) {
	if role == chat.Owner {
		return 0, chat.FailField("role", "There is one owner, and they cannot be named here.")
	}
	rights := role.Rights()
	if !role.BuiltIn() {
		own, err := d.Store.Role(ctx, string(role))
		if chat.Is(err, chat.NotFound) {
			return 0, chat.FailField("role", "A role is admin, supervisor, agent, or one of your own.")
		}
		if err != nil {
			return 0, err
		}
		rights = own.Rights
	}
	if !me.agent.Rights().Covers(rights) {
		return 0, chat.Fail(chat.Forbidden, "You cannot give a role that may do more than you.")
	}
	return rights, nil
}

func (d *Door) auditAgent(ctx context.Context, by string, before, after *chat.Agent) {
	if after.Role != before.Role {
		d.audit(ctx, by, "agent.role_changed", after.ID, string(before.Role)+" "+string(after.Role))
	}
	if after.Complaints != before.Complaints {
		d.audit(ctx, by, "agent.complaints_changed", after.ID, strconv.FormatBool(after.Complaints))
	}
	if !reflect.DeepEqual(after.Work, before.Work) {
		d.auditChange(ctx, by, "agent.work_changed", after.ID, "", before.Work, after.Work)
	}
	switch {
	case after.DisabledAt > 0 && before.DisabledAt == 0:
		d.audit(ctx, by, "agent.disabled", after.ID, "")
	case after.DisabledAt == 0 && before.DisabledAt > 0:
		d.audit(ctx, by, "agent.enabled", after.ID, "")
	}
}
