package console

import (
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

func (d *Door) me(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.showMe(c, me.agent, me.session.ID)
}

func (d *Door) rename(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Name string `json:"name"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	name := chat.CleanLine(r.Name, chat.MaxName)
	if name == "" {
		return nil, chat.FailField("name", "Tell us your name; customers see it beside your answers.")
	}
	var before string
	a, err := d.edit(c.UserContext(), me.agent.ID, func(a *chat.Agent) error {
		before, a.Name = a.Name, name
		return nil
	})
	if err != nil {
		return nil, err
	}
	if a.Name != before {
		d.audit(c.UserContext(), me.agent.ID, "agent.renamed", a.ID, "name")
	}
	d.Hub.SetCard(cardOf(a))
	d.tellTeam("", "agents")
	return d.showMe(c, a, me.session.ID)
}

// changePassword ends the agent's other sessions, and makes a copy of this
// one's cookie worthless.
func (d *Door) changePassword(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	fits, _, err := d.gate.verify(c.UserContext(), me.agent.PasswordHash, r.Old)
	if err != nil {
		return nil, err
	}
	if !fits {
		return nil, chat.FailField("old", "This is not your password until now.")
	}
	if err := CheckPassword(r.New, me.agent.Email, me.agent.Name); err != nil {
		return nil, atField(err, "new")
	}
	hash, err := d.gate.hash(c.UserContext(), r.New)
	if err != nil {
		return nil, err
	}
	_, err = d.edit(c.UserContext(), me.agent.ID, func(a *chat.Agent) error {
		a.PasswordHash = hash
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := d.endAll(c.UserContext(), me.agent.ID, me.session.ID); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "agent.password_changed", me.agent.ID, "")
	return nothing{}, d.rotate(c, me)
}

// atField is a Failure under another name of its field.
func atField(err error, field string) error {
	if f, ok := err.(*chat.Failure); ok {
		moved := *f
		moved.Field = field
		return &moved
	}
	return err
}

func (d *Door) listSessions(c *fiber.Ctx, me *signedIn) (any, error) {
	sessions, err := d.Store.LiveSessions(c.UserContext(), me.agent.ID)
	if err != nil {
		return nil, err
	}
	out := make([]sessionShape, 0, len(sessions))
	for _, s := range sessions {
		out = append(out, sessionShape{s.ID, s.ID == me.session.ID, s.UserAgent, s.IP, s.CreatedAt, s.SeenAt})
	}
	return fiber.Map{"sessions": out}, nil
}

func (d *Door) endSession(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	if err := d.end(c.UserContext(), me.agent.ID, id); err != nil {
		return nil, err
	}
	if id == me.session.ID {
		d.dropCookie(c)
	}
	return nothing{}, nil
}

// endSessions signs the agent out everywhere, here too.
func (d *Door) endSessions(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	if err := d.endAll(c.UserContext(), me.agent.ID, ""); err != nil {
		return nil, err
	}
	d.dropCookie(c)
	return nothing{}, nil
}
