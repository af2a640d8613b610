package console

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
)

const (
	sessionLife = 14 * 24 * time.Hour // without a request
	rotateAfter = 15 * time.Minute
	// rotateGrace is how long the generation before still works once the latest
	// was shown: for requests that were on their way when the cookie changed.
	rotateGrace  = time.Minute
	maxUserAgent = 300
)

// signedIn is who makes a request.
type signedIn struct {
	agent   *chat.Agent
	session *chat.AgentSession
	current bool // the cookie is of the session's latest generation
}

func (s *signedIn) actor() chat.Actor {
	return s.agent.Actor()
}

// cookieName follows the scheme: browsers drop a __Host- cookie that comes over
// plain http.
func (d *Door) cookieName() string {
	if d.https {
		return "__Host-rapport"
	}
	return "rapport"
}

func (d *Door) setCookie(c *fiber.Ctx, value string, life time.Duration) {
	c.Cookie(&fiber.Cookie{
		Name: d.cookieName(), Value: value, Path: "/", MaxAge: int(life / time.Second),
		Secure: d.https, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
	})
}

func (d *Door) dropCookie(c *fiber.Ctx) { d.setCookie(c, "", -time.Second) }

// recognise turns a cookie into its agent. The session's row decides; every
// refusal looks the same, but for an installation that has no owner yet.
func (d *Door) recognise(ctx context.Context, cookie string) (*signedIn, error) {
	claimed, ok := d.tokens.read(cookie)
	if !ok {
		return nil, d.signedOut(ctx)
	}
	session, err := d.Store.Session(ctx, claimed.Session)
	if chat.Is(err, chat.NotFound) {
		return nil, d.signedOut(ctx)
	}
	if err != nil {
		return nil, err
	}
	now := d.Clock()
	if session.AgentID != claimed.Subject || session.RevokedAt > 0 || session.ExpiresAt <= now {
		return nil, d.signedOut(ctx)
	}
	switch behind := session.Generation - claimed.Generation; {
	case behind < 0:
		return nil, d.signedOut(ctx) // of a future that a restored backup has forgotten
	case behind > 1, behind == 1 && session.ConfirmedAt > 0 && now.Sub(session.ConfirmedAt) > rotateGrace:
		return nil, d.reused(ctx, session)
	case behind == 0 && session.ConfirmedAt == 0:
		if err := d.Store.ConfirmSession(ctx, session.ID, session.Generation); err != nil {
			return nil, err
		}
	}
	agent, err := d.Store.Agent(ctx, session.AgentID)
	if err != nil {
		return nil, err
	}
	if agent.DisabledAt > 0 {
		return nil, d.signedOut(ctx)
	}
	return &signedIn{agent, session, claimed.Generation == session.Generation}, nil
}

// signedOut is the answer to everybody without a session.
func (d *Door) signedOut(ctx context.Context) error {
	if !d.owned.Load() {
		exists, err := d.Store.OwnerExists(ctx)
		if err != nil {
			return err
		}
		if !exists {
			return chat.Fail(chat.SetupNeeded, "Nobody owns this installation yet. Follow the set-up link that the server printed at its start.")
		}
		d.owned.Store(true)
	}
	return chat.Fail(chat.Unauthorized, "Please sign in.")
}

// reused ends a session of which an old cookie came back: there are two who
// hold it, and nobody can tell which of them is the agent.
func (d *Door) reused(ctx context.Context, s *chat.AgentSession) error {
	d.Log.Warn("session ended: an old cookie was used", "session", s.ID, "agent", s.AgentID)
	if err := d.end(ctx, s.AgentID, s.ID); err != nil && !chat.Is(err, chat.NotFound) {
		return err
	}
	d.audit(ctx, "", "session.reused", s.ID, "")
	return d.signedOut(ctx)
}

// end revokes a session and closes its sockets.
func (d *Door) end(ctx context.Context, agentID, id string) error {
	if err := d.Store.RevokeSession(ctx, agentID, id); err != nil {
		return err
	}
	d.Hub.Kick(id, hub.Revoked)
	return nil
}

// endAll revokes an agent's sessions but one.
func (d *Door) endAll(ctx context.Context, agentID, keep string) error {
	ended, err := d.Store.RevokeSessions(ctx, agentID, keep)
	for _, id := range ended {
		d.Hub.Kick(id, hub.Revoked)
	}
	return err
}

// newSession prepares the row of a sign-in by this request.
func (d *Door) newSession(c *fiber.Ctx, agentID string) *chat.AgentSession {
	now := d.Clock()
	return &chat.AgentSession{
		ID: chat.NewID(), AgentID: agentID, Generation: 1, RotatedAt: now, CreatedAt: now, SeenAt: now,
		UserAgent: chat.CleanLine(c.Get(fiber.HeaderUserAgent), maxUserAgent), IP: door.IP(c),
		ExpiresAt: now.Add(sessionLife),
	}
}

// carry hands a session's cookie to the browser.
func (d *Door) carry(c *fiber.Ctx, s *chat.AgentSession) error {
	token, err := d.tokens.sign(s)
	if err != nil {
		return err
	}
	d.setCookie(c, token, sessionLife)
	return nil
}

// refresh gives a session that has been in use for a while its next cookie.
func (d *Door) refresh(c *fiber.Ctx, me *signedIn) error {
	switch since := d.Clock().Sub(me.session.RotatedAt); {
	case !me.current && me.session.ConfirmedAt == 0 && since > rotateGrace:
		return d.carry(c, me.session) // the answer with the latest cookie was lost
	case !me.current || since < rotateAfter:
		return nil
	}
	return d.rotate(c, me)
}

// rotate makes the session's next generation. If another request was first, its
// answer carries the new cookie.
func (d *Door) rotate(c *fiber.Ctx, me *signedIn) error {
	s := me.session
	expires := d.Clock().Add(sessionLife)
	first, err := d.Store.RotateSession(c.UserContext(), s.ID, s.Generation, expires)
	if err != nil || !first {
		return err
	}
	s.Generation, s.ExpiresAt = s.Generation+1, expires
	return d.carry(c, s)
}
