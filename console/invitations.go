package console

import (
	"context"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// invitationLife is how long a link works.
const invitationLife = 7 * 24 * time.Hour

// invite makes a link by which somebody becomes an agent. It is shown in this
// answer only; the store keeps its hash.
func (d *Door) invite(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Email string    `json:"email"`
		Role  chat.Role `json:"role"`
		Teams []string  `json:"teams"` // that they will be in
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	email, err := chat.CleanEmail("email", r.Email)
	if err != nil {
		return nil, err
	}
	if _, err := d.grantable(c.UserContext(), me, r.Role); err != nil {
		return nil, err
	}
	if err := d.knownTeams(c.UserContext(), r.Teams); err != nil {
		return nil, err
	}
	if err := d.mayJoin(c.UserContext(), me, r.Teams...); err != nil {
		return nil, err
	}
	if _, err := d.Store.AgentByEmail(c.UserContext(), email); err == nil {
		return nil, &chat.Failure{Code: chat.Conflict, Field: "email", Message: "Somebody with this address is here already."}
	} else if !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	token, now := chat.NewSecret(), d.Clock()
	v := &chat.Invitation{
		ID: chat.NewID(), TokenHash: chat.HashSecret(token), Email: email, Role: r.Role, Teams: r.Teams,
		CreatedBy: me.agent.ID, CreatedAt: now, ExpiresAt: now.Add(invitationLife),
	}
	if err := d.Store.InsertInvitation(c.UserContext(), v); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "invitation.created", v.ID, string(v.Role))
	return showInvitation(v, d.PublicURL+"/console/join#"+token), nil
}

// knownTeams refuses an invitation into a team that is not there.
func (d *Door) knownTeams(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	teams, err := d.Store.Teams(ctx)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) || !slices.ContainsFunc(teams, func(t chat.Team) bool { return t.ID == id }) {
			return chat.FailField("teams", "One of these teams is not here any more. Look at the list again.")
		}
	}
	return nil
}

// withdraw takes back the link to a role that the one who asks could give.
func (d *Door) withdraw(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	list, err := d.Store.Invitations(c.UserContext())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(list, func(v chat.Invitation) bool { return v.ID == id })
	if at < 0 {
		return nil, chat.ErrNotFound
	}
	if _, err := d.grantable(c.UserContext(), me, list[at].Role); err != nil {
		return nil, err
	}
	if err := d.Store.DeleteInvitation(c.UserContext(), id); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "invitation.withdrawn", id, "")
	return nothing{}, nil
}
