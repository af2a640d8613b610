package console

import (
	"context"
	"strings"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// rate names what bounds a call.
type rate int

const (
	perLogin   rate = iota + 1 // network; the handler bounds the address as well
	perSecret                  // agent: calls that check a password
	perLink                    // network: set-up and invitation links
	perRequest                 // agent
	perMessage                 // agent
	perUpload                  // agent
	perSearch                  // agent
	perCheck                   // agent: reads the whole audit log
	perToken                   // agent: identity tokens that are tried
)

type limiters map[rate]*door.Limiter

// What bounds no route of the console as such.
const (
	perTyping rate = iota + 100
	perAddress
	perCode  // agent: codes of the second step
	perWatch // agent: conversations that they begin to look on at, two lines of the audit log each
	perAccount
	perSite        // API key
	perSiteNetwork // calls of sites, before it is known whose they are
)

// officeSize is how many people may share a network without standing in each
// other's way: what is bounded per network gets so many times a person's rate.
const officeSize = 6

// strangers is how many networks it takes to slow an account down for everybody:
// what one network may try must not lock its owner out elsewhere.
const strangers = 40

func forNetwork(r door.Rate) door.Rate {
	return door.Rate{Burst: officeSize * r.Burst, Every: r.Every / officeSize, Keys: r.Keys}
}

func newLimiters(r door.Rates, clock chat.Clock, g *door.Gossip) limiters {
	return limiters{
		perLogin:       door.NewLimiter(forNetwork(r.Login), clock),
		perAddress:     door.NewLimiter(r.Login, clock),
		perCode:        door.NewLimiter(r.Login, clock),
		perAccount:     door.NewLimiter(door.Rate{Burst: strangers * r.Login.Burst, Every: r.Login.Every / strangers, Keys: r.Login.Keys}, clock),
		perSecret:      door.NewLimiter(r.Login, clock),
		perLink:        g.Share("agents link", door.NewLimiter(forNetwork(r.Link), clock)),
		perToken:       g.Share("agents token", door.NewLimiter(r.Link, clock)),
		perRequest:     g.Share("agents request", door.NewLimiter(r.Request, clock)),
		perMessage:     g.Share("agents message", door.NewLimiter(r.Message, clock)),
		perSite:        g.Share("agents site", door.NewLimiter(r.API, clock)),
		perSiteNetwork: g.Share("agents sitenetwork", door.NewLimiter(forNetwork(r.API), clock)),
		perSearch:      g.Share("agents search", door.NewLimiter(r.Search, clock)),
		perCheck:       g.Share("agents check", door.NewLimiter(r.Check, clock)),
		perUpload:      g.Share("agents upload", door.NewLimiter(r.Upload, clock)),
		perTyping:      g.Share("agents typing", door.NewLimiter(r.Typing, clock)),
		perWatch:       g.Share("agents watch", door.NewLimiter(r.Link, clock)),
	}
}

// guard lets a request pass to its handler if the route's policy allows it.
func (d *Door) guard(r route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		me, err := d.admit(c, r)
		if err != nil {
			return err
		}
		answer, err := r.handle(d, c, me)
		if err != nil {
			return err
		}
		return c.JSON(answer)
	}
}

// admit checks session, rate, CSRF token, second step and permission, in this order.
func (d *Door) admit(c *fiber.Ctx, r route) (*signedIn, error) {
	if r.who == anyone {
		return nil, d.refuse(c.UserContext(), r.rate, door.IPKey(c))
	}
	me, err := d.recognise(c.UserContext(), c.Cookies(d.cookieName()))
	if err != nil {
		return nil, err
	}
	if err := d.refuse(c.UserContext(), r.rate, me.agent.ID); err != nil {
		return nil, err
	}
	if r.method != get && !d.csrf.holds(me.session.ID, c.Get("X-CSRF-Token")) {
		return nil, chat.Fail(chat.BadCSRF, "This request does not carry the session's token. Reload the page.")
	}
	if err := d.enrolled(c.UserContext(), me, r.who); err != nil {
		return nil, err
	}
	if err := me.may(r.who); err != nil {
		return nil, err
	}
	return me, d.refresh(c, me)
}

// enrolled refuses an agent whose role takes a second step that they have not set up,
// but for what setting it up takes.
func (d *Door) enrolled(ctx context.Context, me *signedIn, w who) error {
	if me.agent.Second || w == entrant {
		return nil
	}
	due, err := d.takesSecondStep(ctx, me.agent)
	if err == nil && due {
		err = chat.Fail(chat.SecondStepUnset, "Your role signs in with a second step. Set it up first.")
	}
	return err
}

// may refuses what the agent's role does not allow.
func (s *signedIn) may(w who) error {
	if w == member || w == entrant || s.agent.May(w) {
		return nil
	}
	return chat.Fail(chat.Forbidden, "Your role does not allow this. Ask the owner or an admin.")
}

// Bounds of bodies, in bytes.
const (
	smallBody = 8 << 10
	textBody  = 128 << 10 // chat.MaxText code points, all of them escaped
)

// empty reads a body that says nothing.
func empty(c *fiber.Ctx) error { return door.Empty(c) }

// idOf returns an id in the path. What cannot be an id is as absent as one that
// is not there.
func idOf(c *fiber.Ctx, name string) (string, error) {
	id := strings.Clone(c.Params(name))
	if !chat.ValidID(id) {
		return "", chat.ErrNotFound
	}
	return id, nil
}

// nothing is the answer to calls that only do something.
type nothing struct{}
