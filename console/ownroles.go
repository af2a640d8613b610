package console

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
)

// roleShape is RoleView of the protocol.
type roleShape struct {
	ID          chat.Role         `json:"id"`
	Name        string            `json:"name"` // "" for one of the four, which has a name in every language
	Own         bool              `json:"own"`
	Permissions []chat.Permission `json:"permissions"`
}

func showRole(v *chat.OwnRole) roleShape {
	return roleShape{chat.Role(v.ID), v.Name, true, v.Rights.List()}
}

// listRoles shows the four roles from most to least, then the installation's own.
func (d *Door) listRoles(c *fiber.Ctx, _ *signedIn) (any, error) {
	out := []roleShape{}
	for _, r := range []chat.Role{chat.Owner, chat.Admin, chat.Supervisor, chat.AgentRole} {
		out = append(out, roleShape{r, "", false, r.Rights().List()})
	}
	own, err := d.Store.Roles(c.UserContext())
	if err != nil {
		return nil, err
	}
	for i := range own {
		out = append(out, showRole(&own[i]))
	}
	return fiber.Map{"roles": out}, nil
}

// readRole is the role that a call's body describes. Nobody makes one that may do
// more than they may themselves.
func readRole(c *fiber.Ctx, me *signedIn, id string) (*chat.OwnRole, error) {
	var r struct {
		Name        string   `json:"name"`
		Permissions []string `json:"permissions"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	rights, err := chat.ParseRights(r.Permissions)
	if err != nil {
		return nil, err
	}
	v := &chat.OwnRole{ID: id, Name: r.Name, Rights: rights}
	if err := v.Clean(); err != nil {
		return nil, err
	}
	if !me.agent.Rights().Covers(rights) {
		return nil, chat.Fail(chat.Forbidden, "You cannot give a permission that you do not have.")
	}
	return v, nil
}

func (d *Door) addRole(c *fiber.Ctx, me *signedIn) (any, error) {
	v, err := readRole(c, me, chat.NewID())
	if err != nil {
		return nil, err
	}
	if err := d.Store.InsertRole(c.UserContext(), v); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "role.created", v.ID, words(v.Rights))
	d.tellTeam("", "agents")
	return showRole(v), nil
}

// changeRole gives a role another name or other permissions. Those who have it sign
// in again when it allows something else: their sessions began under the old terms.
func (d *Door) changeRole(c *fiber.Ctx, me *signedIn) (any, error) {
	before, err := d.roleIn(c, me)
	if err != nil {
		return nil, err
	}
	v, err := readRole(c, me, before.ID)
	if err != nil {
		return nil, err
	}
	ended, err := d.Store.SaveRole(c.UserContext(), v)
	if err != nil {
		return nil, err
	}
	for _, id := range ended {
		d.Hub.Kick(id, hub.Revoked)
	}
	d.audit(c.UserContext(), me.agent.ID, "role.changed", v.ID, fmt.Sprintf("from %s to %s", words(before.Rights), words(v.Rights)))
	d.tellTeam("", "agents")
	if before.Rights.Has(chat.AnswerCustomers) && !v.Rights.Has(chat.AnswerCustomers) {
		d.tellTeam("", "consults") // theirs, and those for them, are dropped
	}
	return showRole(v), nil
}

// roleIn is the role in the path, if the caller may change it: not their own, nor
// one that may do more than they.
func (d *Door) roleIn(c *fiber.Ctx, me *signedIn) (*chat.OwnRole, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	v, err := d.Store.Role(c.UserContext(), id)
	switch {
	case err != nil:
		return nil, err
	case me.agent.Role == chat.Role(v.ID):
		return nil, chat.Fail(chat.Forbidden, "Your own role is for somebody else to change.")
	case !me.agent.Rights().Covers(v.Rights):
		return nil, chat.Fail(chat.Forbidden, "You cannot change a role that may do more than you.")
	}
	return v, nil
}

func (d *Door) deleteRole(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	v, err := d.roleIn(c, me)
	if err != nil {
		return nil, err
	}
	if err := d.Store.DeleteRole(c.UserContext(), v.ID); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "role.deleted", v.ID, words(v.Rights))
	d.tellTeam("", "agents")
	return nothing{}, nil
}

// words are a role's permissions in one line of the audit log.
func words(r chat.Rights) string {
	list := make([]string, 0, r.Count())
	for _, p := range r.List() {
		list = append(list, string(p))
	}
	return strings.Join(list, ",")
}
