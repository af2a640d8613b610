package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// newcomer is somebody who follows a link to become an agent.
type newcomer struct {
	token, name, email, password string
}

// setUp makes the owner by the link that the server printed.
func (d *Door) setUp(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Token    string `json:"token"`
		Name     string `json:"name"`
		Email    string `json:"email"`
		Password string `json:"password"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	exists, err := d.Store.OwnerExists(c.UserContext())
	if err != nil {
		return nil, err
	}
	if exists {
		return nil, chat.Fail(chat.SetupDone, "This installation already has its owner. Sign in, or ask them for an invitation.")
	}
	v, err := d.usable(c.UserContext(), r.Token, true)
	if err != nil {
		return nil, err
	}
	email := v.Email
	if email == "" {
		if email, err = chat.CleanEmail("email", r.Email); err != nil {
			return nil, err
		}
	}
	return d.join(c, newcomer{r.Token, r.Name, email, r.Password}, "owner.created")
}

// lookAtInvitation tells whom a link is for, before anything is typed.
func (d *Door) lookAtInvitation(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Token string `json:"token"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	v, err := d.usable(c.UserContext(), r.Token, false)
	if err != nil {
		return nil, err
	}
	sites, err := d.Store.Sites(c.UserContext())
	if err != nil {
		return nil, err
	}
	shape := struct {
		Email        string    `json:"email"`
		Role         chat.Role `json:"role"`
		RoleName     string    `json:"role_name,omitempty"` // of one of the installation's own
		Installation string    `json:"installation"`
	}{v.Email, v.Role, "", "Rapport"}
	if !v.Role.BuiltIn() {
		own, err := d.Store.Role(c.UserContext(), string(v.Role))
		if err != nil {
			return nil, err
		}
		shape.RoleName = own.Name
	}
	if len(sites) > 0 {
		shape.Installation = sites[0].Name
	}
	return shape, nil
}

// accept makes an agent by an invitation.
func (d *Door) accept(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Token    string `json:"token"`
		Name     string `json:"name"`
		Password string `json:"password"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	v, err := d.usable(c.UserContext(), r.Token, false)
	if err != nil {
		return nil, err
	}
	return d.join(c, newcomer{r.Token, r.Name, v.Email, r.Password}, "agent.joined")
}

// usable returns the invitation that a token leads to. A set-up link is no
// invitation and an invitation is no set-up link.
func (d *Door) usable(ctx context.Context, token string, setUp bool) (*chat.Invitation, error) {
	v, err := d.Store.Invitation(ctx, chat.HashSecret(token))
	if err != nil {
		return nil, err
	}
	if (v.Role == chat.Owner) != setUp {
		return nil, chat.Fail(chat.LinkExpired, "This link was used already or has run out. Ask for a new one.")
	}
	return v, nil
}

// join makes the agent with their first session and uses up the link.
func (d *Door) join(c *fiber.Ctx, n newcomer, action string) (any, error) {
	name := chat.CleanLine(n.name, chat.MaxName)
	if name == "" {
		return nil, chat.FailField("name", "Tell us your name; customers see it beside your answers.")
	}
	if err := CheckPassword(n.password, n.email, name); err != nil {
		return nil, err
	}
	hash, err := d.gate.hash(c.UserContext(), n.password)
	if err != nil {
		return nil, err
	}
	a := &chat.Agent{ID: chat.NewID(), Name: name, Email: n.email, PasswordHash: hash}
	s := d.newSession(c, a.ID)
	if err := d.Store.AcceptInvitation(c.UserContext(), chat.HashSecret(n.token), a, s); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), a.ID, action, a.ID, string(a.Role))
	d.tellTeam("", "agents")
	return d.welcome(c, a, s)
}
