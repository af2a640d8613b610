package console

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// login opens a session. An unknown address, a wrong password and an agent who
// may not sign in get the same answer after the same work.
func (d *Door) login(c *fiber.Ctx, _ *signedIn) (any, error) {
	var r struct {
		Email    string `json:"email"`
		Password string `json:"password"`
		Code     string `json:"code"` // of the second step, where the agent has one
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	email := strings.ToLower(strings.TrimSpace(r.Email))
	if len(email) > chat.MaxEmail || len(r.Password) > maxPassword {
		return nil, wrongLogin()
	}
	if err := d.refuse(c.UserContext(), perAddress, door.IPKey(c)+" "+email); err != nil {
		return nil, err
	}
	if err := d.refuse(c.UserContext(), perAccount, email); err != nil {
		return nil, err
	}
	a, err := d.checkLogin(c.UserContext(), email, r.Password)
	if err != nil {
		return nil, err
	}
	proven := chat.Proof{Password: a.PasswordHash}
	if a.Second {
		if proven.Second, err = d.secondOf(c.UserContext(), a, r.Code); err != nil {
			return nil, err
		}
	}
	return d.signIn(c, a, proven)
}

// secondOf asks for the second step of somebody whose password is right, and returns
// since when it is on.
func (d *Door) secondOf(ctx context.Context, a *chat.Agent, code string) (chat.Time, error) {
	if strings.TrimSpace(code) == "" {
		return 0, chat.Fail(chat.SecondStepDue, "Type the code that your app shows, or one of your recovery codes.")
	}
	return d.proveCode(ctx, a, code)
}

func wrongLogin() error {
	return chat.Fail(chat.Unauthorized, "This address and password do not go together.")
}

// checkLogin returns the agent whose password this is.
func (d *Door) checkLogin(ctx context.Context, email, password string) (*chat.Agent, error) {
	a, err := d.Store.AgentByEmail(ctx, email)
	if err != nil && !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	hash := nobody
	if err == nil {
		hash = a.PasswordHash
	}
	fits, outdated, err := d.gate.verify(ctx, hash, password)
	if err != nil {
		return nil, err
	}
	if !fits || a == nil || a.DisabledAt > 0 {
		return nil, wrongLogin()
	}
	if outdated {
		err = d.rehash(ctx, a, password)
	}
	return a, err
}

// rehash brings a password that has just been proven to today's cost, unless it
// was changed meanwhile.
func (d *Door) rehash(ctx context.Context, a *chat.Agent, password string) error {
	fresh, err := d.gate.hash(ctx, password)
	if err != nil {
		return err
	}
	same, err := d.Store.Rehash(ctx, a.ID, a.PasswordHash, fresh)
	if same {
		a.PasswordHash = fresh
	}
	return err
}

// signIn opens a new session for this browser and ends the one that it had.
func (d *Door) signIn(c *fiber.Ctx, a *chat.Agent, proven chat.Proof) (any, error) {
	if old, err := d.recognise(c.UserContext(), c.Cookies(d.cookieName())); err == nil {
		if err := d.end(c.UserContext(), old.agent.ID, old.session.ID); err != nil && !chat.Is(err, chat.NotFound) {
			return nil, err
		}
	}
	s := d.newSession(c, a.ID)
	err := d.Store.InsertSession(c.UserContext(), s, proven)
	if chat.Is(err, chat.Unauthorized) {
		return nil, wrongLogin()
	}
	if err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), a.ID, "session.opened", s.ID, "")
	return d.welcome(c, a, s)
}

// welcome hands over the cookie of a stored session.
func (d *Door) welcome(c *fiber.Ctx, a *chat.Agent, s *chat.AgentSession) (any, error) {
	if err := d.carry(c, s); err != nil {
		return nil, err
	}
	return d.showMe(c, a, s.ID)
}

// logout ends this session and its sockets.
func (d *Door) logout(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	if err := d.end(c.UserContext(), me.agent.ID, me.session.ID); err != nil && !chat.Is(err, chat.NotFound) {
		return nil, err
	}
	d.dropCookie(c)
	return nothing{}, nil
}
