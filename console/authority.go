package console

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/wire"
)

// authority is what may be given on a site, as the one who asks may see it.
func (d *Door) authority(c *fiber.Ctx, me *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	a, err := d.Store.Authority(c.UserContext(), site)
	if err != nil {
		return nil, err
	}
	return d.showAuthority(c.UserContext(), me.agent, a)
}

func (d *Door) showAuthority(ctx context.Context, me *chat.Agent, a *chat.Authority) (any, error) {
	w := wire.Authority{
		Version: a.Version, Currency: a.Currency, Kinds: a.Kinds, AnswerWithin: int64(a.AnswerWithin / time.Second),
		Limits: []chat.Limit{}, Free: me.May(chat.SetAuthority), Left: []wire.Left{}, Read: []wire.LimitsRead{}, Wishes: []wire.LimitWish{},
	}
	agents, err := d.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	w.Solo = working(agents) == 1
	read, err := d.Store.LimitsRead(ctx, a.SiteID)
	if err != nil {
		return nil, err
	}
	for i := range read {
		if read[i].AgentID == me.ID {
			w.ReadVersion = read[i].Version
		}
	}
	if !w.Free {
		w.Left, err = d.left(ctx, me, a)
		return w, err
	}
	w.Limits, w.Read = append(w.Limits, a.Limits...), shown(read, wire.NewLimitsRead)
	wishes, err := d.Store.LimitWishes(ctx, a.SiteID)
	if err != nil {
		return nil, err
	}
	w.Wishes = shown(wishes, wire.NewLimitWish)
	return w, nil
}

// working counts those who may sign in.
func working(agents []chat.Agent) (n int) {
	for i := range agents {
		if agents[i].DisabledAt == 0 {
			n++
		}
	}
	return n
}

// left is what an agent may give of each kind now.
func (d *Door) left(ctx context.Context, me *chat.Agent, a *chat.Authority) ([]wire.Left, error) {
	day, month := d.Desk.Since(d.Clock())
	teams, err := d.Store.TeamsOf(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	out := make([]wire.Left, 0, len(a.Kinds))
	for _, k := range a.Kinds {
		l := wire.Left{Limit: a.LimitOf(me.ID, me.Role, teams, k.Key)}
		today, err := d.Store.SumGrants(ctx, a, me.ID, k.Key, day)
		if err != nil {
			return nil, err
		}
		thisMonth, err := d.Store.SumGrants(ctx, a, me.ID, k.Key, month)
		if err != nil {
			return nil, err
		}
		l.Now = l.Limit.Left(today, thisMonth)
		out = append(out, l)
	}
	return out, nil
}

// setAuthority is for whoever sets the limits.
func (d *Door) setAuthority(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Version      int64            `json:"version"`
		Currency     string           `json:"currency"`
		Kinds        []chat.GrantKind `json:"kinds"`
		Limits       []chat.Limit     `json:"limits"`
		AnswerWithin int64            `json:"answer_within"`
	}
	if err := door.Body(c, textBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	if r.AnswerWithin < 0 || r.AnswerWithin > int64(chat.MaxAnswerWithin/time.Second) {
		return nil, chat.FailField("answer_within", "The time for an answer is half a minute to half an hour.")
	}
	a, err := d.Desk.SetAuthority(c.UserContext(), me.actor(), chat.Authority{
		SiteID: site, Version: r.Version, Currency: r.Currency, Kinds: r.Kinds, Limits: r.Limits,
		AnswerWithin: time.Duration(r.AnswerWithin) * time.Second,
	})
	if err != nil {
		return nil, err
	}
	d.tellTeam(site, "authority")
	return d.showAuthority(c.UserContext(), me.agent, a)
}

// agreeLimits is an agent's word that they have read them.
func (d *Door) agreeLimits(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Version int64 `json:"version"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	if err := d.Desk.AgreeLimits(c.UserContext(), me.actor(), site, r.Version); err != nil {
		return nil, err
	}
	return d.authority(c, me)
}

// wishLimits asks for others.
func (d *Door) wishLimits(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Text string `json:"text"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	w, err := d.Desk.WishLimits(c.UserContext(), me.actor(), site, r.Text)
	if err != nil {
		return nil, err
	}
	d.tellTeam(site, "authority")
	return wire.NewLimitWish(w), nil
}

func (d *Door) settleWish(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	id, err := idOf(c, "wid")
	if err != nil {
		return nil, err
	}
	if err := d.Desk.SettleWish(c.UserContext(), me.actor(), site, id); err != nil {
		return nil, err
	}
	d.tellTeam(site, "authority")
	return nothing{}, nil
}

// grantTotals is what was given in a month, "2026-11", of the whole team for
// those who look after it and else of the agent's own.
func (d *Door) grantTotals(c *fiber.Ctx, me *signedIn) (any, error) {
	site, err := d.siteIn(c)
	if err != nil {
		return nil, err
	}
	from, to, err := d.Desk.Month(c.Query("month"))
	if err != nil {
		return nil, err
	}
	whose := me.agent.ID
	if me.agent.May(chat.DecideGrants) {
		whose = ""
	}
	totals, err := d.Store.GrantTotals(c.UserContext(), site, whose, from, to)
	if err != nil {
		return nil, err
	}
	return fiber.Map{"totals": shown(totals, wire.NewGrantTotal)}, nil
}
