package console

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// absenceShown is how long after its end an absence is still told of, with what
// was handed on for it.
const absenceShown = 14 * 24 * time.Hour

// absenceShape is Absence of the protocol.
type absenceShape struct {
	To      *chat.AgentCard `json:"to"` // null for anyone
	Until   chat.Time       `json:"until"`
	EndedAt chat.Time       `json:"ended_at"`
}

// absenceView is AbsenceView of the protocol.
type absenceView struct {
	Absence *absenceShape    `json:"absence"`
	Open    []wire.LedgerRow `json:"open"`
	Handed  []wire.LedgerRow `json:"handed"`
}

// aboutAbsence is whose absence a call is about: one's own, or a colleague's for
// those who manage the team. Others hear that there is nobody.
func aboutAbsence(c *fiber.Ctx, me *signedIn) (string, error) {
	id, err := idOf(c, "id")
	if err == nil && id != me.agent.ID && !me.agent.May(chat.ManagePeople) {
		err = chat.ErrNotFound
	}
	return id, err
}

// absenceToChange is aboutAbsence for whoever says when somebody is away: of those who
// manage the team, nobody above themselves.
func (d *Door) absenceToChange(c *fiber.Ctx, me *signedIn) (string, error) {
	id, err := aboutAbsence(c, me)
	if err != nil || id == me.agent.ID {
		return id, err
	}
	_, err = d.beneath(c, me)
	return id, err
}

// absence tells of an agent's latest absence, what they answer for, and what was
// handed on.
func (d *Door) absence(c *fiber.Ctx, me *signedIn) (any, error) {
	id, err := aboutAbsence(c, me)
	if err != nil {
		return nil, err
	}
	return d.showAbsence(c.UserContext(), id)
}

// setAbsence says until when an agent is away. What falls into it is handed on
// before the answer; what cannot be is left to the server's own round.
func (d *Door) setAbsence(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Until chat.Time `json:"until"`
		ToID  string    `json:"to_id"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	id, err := d.absenceToChange(c, me)
	if err != nil {
		return nil, err
	}
	if r.Until == 0 { // without an end are those who may not sign in
		return nil, chat.FailField("until", "Say until when.")
	}
	if err := d.goAway(c.UserContext(), me, chat.Absence{AgentID: id, ToID: r.ToID, Until: r.Until}); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "agent.absent", id, strings.TrimSpace(r.Until.Std().UTC().Format(time.RFC3339)+" "+r.ToID))
	return d.showAbsence(c.UserContext(), id)
}

// goAway stores an absence and hands on.
func (d *Door) goAway(ctx context.Context, me *signedIn, a chat.Absence) error {
	if _, err := d.Desk.SetAbsence(ctx, me.actor(), a); err != nil {
		return err
	}
	if err := d.HandOn(ctx); err != nil {
		d.Log.Warn("cannot hand promises on", "err", err)
	}
	d.tellTeam("", "agents")
	return nil
}

// endAbsence says that an agent is back. What was handed on stays there.
func (d *Door) endAbsence(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := d.absenceToChange(c, me)
	if err != nil {
		return nil, err
	}
	if err := d.Desk.EndAbsence(c.UserContext(), id); err != nil {
		return nil, err
	}
	d.audit(c.UserContext(), me.agent.ID, "agent.back", id, "")
	d.tellTeam("", "agents")
	return d.showAbsence(c.UserContext(), id)
}

func (d *Door) showAbsence(ctx context.Context, agentID string) (any, error) {
	if _, err := d.Store.Agent(ctx, agentID); err != nil {
		return nil, err
	}
	open, err := d.Store.OpenPromisesOf(ctx, agentID)
	if err != nil {
		return nil, err
	}
	view := absenceView{Open: ledgerRows(open), Handed: []wire.LedgerRow{}}
	a, err := d.Store.LatestAbsence(ctx, agentID)
	if chat.Is(err, chat.NotFound) || err == nil && d.longOver(a) {
		return view, nil
	}
	if err != nil {
		return nil, err
	}
	handed, err := d.Store.HandedOn(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	view.Handed = ledgerRows(handed)
	shape, err := d.absenceShape(ctx, a)
	view.Absence = &shape
	return view, err
}

// longOver reports whether nobody needs to hear of an absence any more.
func (d *Door) longOver(a *chat.Absence) bool {
	end := a.EndedAt
	if end == 0 {
		end = a.Until
	}
	return end != 0 && d.Clock().Sub(end) > absenceShown
}

func (d *Door) absenceShape(ctx context.Context, a *chat.Absence) (absenceShape, error) {
	shape := absenceShape{Until: a.Until, EndedAt: a.EndedAt}
	if a.ToID == "" {
		return shape, nil
	}
	to, err := d.Store.Agent(ctx, a.ToID)
	if err != nil {
		return shape, err
	}
	card := cardOf(to)
	shape.To = &card
	return shape, nil
}

// HandOn gives what falls due while its owner is away to whoever answers
// meanwhile, and tells the consoles. One that fails keeps none of the others.
func (d *Door) HandOn(ctx context.Context) error {
	list, err := d.Store.StrandedPromises(ctx, d.Clock())
	if err != nil {
		return err
	}
	var failed error
	for _, id := range list {
		p, err := d.Desk.HandOn(ctx, id)
		if err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if p != nil {
			d.Hub.Broadcast(hub.SiteTopic(p.SiteID), wire.HandedFrame(p), nil)
		}
	}
	return failed
}
