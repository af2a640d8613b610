package console

import (
	"cmp"
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// autoQuiet is how long an agent must have done nothing in any console before one
// of them may say that they are away by themselves.
const autoQuiet = 2 * time.Minute

// statusChange is what an agent says of themselves.
type statusChange struct {
	Status       string `json:"status"`
	Reason       string `json:"reason"`
	Auto         bool   `json:"auto"`           // away by itself, or back from that
	NoNewMinutes int64  `json:"no_new_minutes"` // from now on, 0 for none
}

func (d *Door) setStatus(c *fiber.Ctx, me *signedIn) (any, error) {
	var r statusChange
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if r.NoNewMinutes < 0 || r.NoNewMinutes > int64(chat.MaxNoNew/time.Minute) {
		return nil, chat.FailField("no_new_minutes", "Nothing new for 0 to %d minutes.", int64(chat.MaxNoNew/time.Minute))
	}
	return d.sayStatus(c.UserContext(), me.agent.ID, r)
}

// sayStatus stores what an agent says and tells colleagues. What a console says by
// itself holds only while nobody has said otherwise, on whichever device: it makes
// nobody away who is at work on another, and brings nobody back who left.
func (d *Door) sayStatus(ctx context.Context, agentID string, r statusChange) (wire.Standing, error) {
	done, err := d.settle(ctx)
	if err != nil {
		return wire.Standing{}, err
	}
	defer done()
	now, err := d.ownStatus(ctx, agentID, "")
	if err != nil {
		return wire.Standing{}, err
	}
	if r.Auto && !d.autoFits(now, r.Status) {
		return wire.NewStanding(now), nil
	}
	next := *now
	next.Status, next.Reason, next.Auto, next.NoNewUntil = r.Status, r.Reason, r.Auto, 0
	if r.NoNewMinutes > 0 {
		next.NoNewUntil = d.Clock().Add(time.Duration(r.NoNewMinutes) * time.Minute)
	}
	if err := next.Clean(d.Clock()); err != nil {
		return wire.Standing{}, err
	}
	if err := d.Store.SaveAgentStatus(ctx, &next); err != nil {
		return wire.Standing{}, err
	}
	said := wire.NewStanding(&next)
	d.Hub.SetStatus(agentID, said)
	return said, nil
}

// autoFits reports whether a console may say this by itself: away from online, when
// nothing is touched anywhere, and back from having gone away by itself.
func (d *Door) autoFits(now *chat.AgentStatus, to string) bool {
	if to == chat.Away {
		return now.Status == chat.Online && d.Hub.Untouched(now.AgentID) >= autoQuiet
	}
	return to == chat.Online && now.Auto
}

// ownStatus is what an agent has said of themselves; hello, else online, where they
// never have.
func (d *Door) ownStatus(ctx context.Context, agentID, hello string) (*chat.AgentStatus, error) {
	a, err := d.Store.AgentStatus(ctx, agentID)
	if chat.Is(err, chat.NotFound) {
		return &chat.AgentStatus{AgentID: agentID, Status: cmp.Or(hello, chat.Online)}, nil
	}
	return a, err
}

// statusOf is ownStatus as colleagues see it.
func (d *Door) statusOf(ctx context.Context, agentID, hello string) (wire.Standing, error) {
	a, err := d.ownStatus(ctx, agentID, hello)
	if err != nil {
		return wire.Standing{}, err
	}
	return wire.NewStanding(a), nil
}
