package console

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
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

// changePassword ends all of the agent's sessions, this one too: whoever holds a
// copy of its cookie is out. This browser goes on in a new one.
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
	next := d.newSession(c, me.agent.ID)
	if err := d.moveOn(c.UserContext(), me, next, hash); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "agent.password_changed", me.agent.ID, "")
	return d.welcome(c, me.agent, next)
}

// moveOn stores a new password with the session that takes the place of all
// others, and closes the sockets of these. Those of this browser come back with
// the cookie that is on its way to them.
func (d *Door) moveOn(ctx context.Context, me *signedIn, next *chat.AgentSession, hash string) error {
	done, err := d.settle(ctx)
	if err != nil {
		return err
	}
	defer done()
	ended, err := d.Store.ChangePassword(ctx, next, me.session.ID, me.agent.PasswordHash, hash)
	if chat.Is(err, chat.NotFound) {
		return d.signedOut(ctx)
	}
	if chat.Is(err, chat.Unauthorized) {
		return chat.FailField("old", "This is not your password until now.")
	}
	for _, id := range ended {
		code := hub.Revoked
		if id == me.session.ID {
			code = hub.Renewed
		}
		d.Hub.Kick(id, code)
	}
	return err
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
	return d.showSessions(c.UserContext(), me, me.agent.ID)
}

func (d *Door) showSessions(ctx context.Context, me *signedIn, agentID string) (any, error) {
	sessions, err := d.Store.LiveSessions(ctx, agentID)
	if err != nil {
		return nil, err
	}
	out := make([]sessionShape, 0, len(sessions))
	for _, s := range sessions {
		out = append(out, sessionShape{s.ID, s.ID == me.session.ID, s.UserAgent, s.IP, s.CreatedAt, s.SeenAt})
	}
	return fiber.Map{"sessions": out}, nil
}

// listSessionsOf shows where a colleague is signed in.
func (d *Door) listSessionsOf(c *fiber.Ctx, me *signedIn) (any, error) {
	a, err := d.beneath(c, me)
	if err != nil {
		return nil, err
	}
	return d.showSessions(c.UserContext(), me, a.ID)
}

// endSessionsOf signs a colleague out everywhere: a lost telephone, say.
func (d *Door) endSessionsOf(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	a, err := d.beneath(c, me)
	if err != nil {
		return nil, err
	}
	if err := d.endAll(c.UserContext(), a.ID, ""); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "agent.signed_out", a.ID, "")
	return nothing{}, nil
}

// beneath is the colleague in the path, if they may do no more than the caller.
func (d *Door) beneath(c *fiber.Ctx, me *signedIn) (*chat.Agent, error) {
	id, err := idOf(c, "id")
	if err != nil {
		return nil, err
	}
	a, err := d.Store.Agent(c.UserContext(), id)
	if err != nil {
		return nil, err
	}
	if above(me, a) {
		return nil, refuseAbove()
	}
	return a, nil
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
