package console

import (
	"context"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
	"rapport/hub/search"
	"rapport/storage"
)

// viewShape is SavedView of the protocol.
type viewShape struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Query  string `json:"query"`
	Shared bool   `json:"shared"`
	// Count is how many conversations are in it now, up to mostCounted; More: there
	// are more than were counted.
	Count int  `json:"count"`
	More  bool `json:"more"`
	// Problem says why there is no count: somebody named in it is gone, perhaps.
	Problem string `json:"problem"`
}

// mostCounted is where the counting of a view ends.
const mostCounted = 99

// listViews are the team's views, then one's own, each with its count.
func (d *Door) listViews(c *fiber.Ctx, me *signedIn) (any, error) {
	zone, err := zoneIn(c.Query("zone"))
	if err != nil {
		return nil, err
	}
	ctx := c.UserContext()
	list, err := d.Store.Views(ctx, me.agent.ID)
	if err != nil {
		return nil, err
	}
	if _, err := d.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	out := make([]viewShape, 0, len(list))
	for i := range list {
		shape, err := d.showView(ctx, &list[i], me.agent.ID, zone)
		if err != nil {
			return nil, err
		}
		out = append(out, shape)
	}
	return fiber.Map{"views": out}, nil
}

// showView counts what is in a view. A view that cannot be read any more says so
// and keeps its name.
func (d *Door) showView(ctx context.Context, v *chat.SavedView, agentID string, zone *time.Location) (viewShape, error) {
	shape := viewShape{ID: v.ID, Name: v.Name, Query: v.Query, Shared: v.AgentID == ""}
	counted, err := d.counts.of(countKey(v.Query, agentID, zone), d.Clock(), func() (counted, error) {
		q, err := search.Parse(v.Query, d.Clock().Std(), zone)
		if err != nil {
			return counted{}, err
		}
		n, more, err := d.Store.CountSearch(ctx, storage.Search{Query: q, AgentID: agentID}, mostCounted)
		return counted{n: n, more: more}, err
	})
	if chat.Is(err, chat.Invalid) {
		shape.Problem = plain(err)
		return shape, nil
	}
	if err != nil && ctx.Err() == nil {
		// One view that cannot be counted must not take all others away.
		d.Log.Error("a view cannot be counted", "view", v.ID, "err", err)
		shape.Problem = "This cannot be counted just now."
		return shape, nil
	}
	shape.Count, shape.More = counted.n, counted.more
	return shape, err
}

// countKey is the same for all who count the same.
func countKey(query, agentID string, zone *time.Location) string {
	if !strings.Contains(strings.ToLower(query), "me") {
		agentID = ""
	}
	return query + "\n" + agentID + "\n" + zone.String()
}

// viewText is what an agent writes of a view.
type viewText struct {
	Name   string `json:"name"`
	Query  string `json:"query"`
	Shared bool   `json:"shared"`
}

func (d *Door) addView(c *fiber.Ctx, me *signedIn) (any, error) {
	return d.saveView(c, me, &chat.SavedView{ID: chat.NewID(), AgentID: me.agent.ID})
}

func (d *Door) changeView(c *fiber.Ctx, me *signedIn) (any, error) {
	id, err := idOf(c, "vid")
	if err != nil {
		return nil, err
	}
	v, err := d.Store.View(c.UserContext(), me.agent.ID, id)
	if err != nil {
		return nil, err
	}
	return d.saveView(c, me, v)
}

func (d *Door) saveView(c *fiber.Ctx, me *signedIn, v *chat.SavedView) (any, error) {
	var r viewText
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	if r.Shared || v.AgentID == "" {
		if err := mayShare(me); err != nil {
			return nil, err
		}
	}
	zone, err := zoneIn(c.Query("zone"))
	if err != nil {
		return nil, err
	}
	if _, err := search.Parse(r.Query, d.Clock().Std(), zone); err != nil {
		return nil, err
	}
	v.Name, v.Query, v.ByID, v.AgentID = r.Name, strings.TrimSpace(r.Query), me.agent.ID, me.agent.ID
	if r.Shared {
		v.AgentID = ""
	}
	if err := v.Validate(); err != nil {
		return nil, err
	}
	if err := d.Store.SaveView(c.UserContext(), v); err != nil {
		return nil, err
	}
	if _, err := d.Store.CatchUp(c.UserContext()); err != nil {
		return nil, err
	}
	return d.showView(c.UserContext(), v, me.agent.ID, zone)
}

// mayShare refuses who may not decide what stands before the whole team.
func mayShare(me *signedIn) error {
	if me.agent.May(chat.ShareViews) {
		return nil
	}
	return chat.Fail(chat.Forbidden, "Your role does not decide which views the team has. Keep it for yourself, or ask a supervisor.")
}

func (d *Door) deleteView(c *fiber.Ctx, me *signedIn) (any, error) {
	if err := empty(c); err != nil {
		return nil, err
	}
	id, err := idOf(c, "vid")
	if err != nil {
		return nil, err
	}
	v, err := d.Store.View(c.UserContext(), me.agent.ID, id)
	if err != nil {
		return nil, err
	}
	if v.AgentID == "" {
		if err := mayShare(me); err != nil {
			return nil, err
		}
	}
	return nothing{}, d.Store.DeleteView(c.UserContext(), me.agent.ID, id)
}

// orderViews puts one's own views, or the team's, into an order.
func (d *Door) orderViews(c *fiber.Ctx, me *signedIn) (any, error) {
	var r struct {
		Shared bool     `json:"shared"`
		IDs    []string `json:"ids"`
	}
	if err := door.Body(c, smallBody, &r); err != nil {
		return nil, err
	}
	whose := me.agent.ID
	if r.Shared {
		if err := mayShare(me); err != nil {
			return nil, err
		}
		whose = ""
	}
	return nothing{}, d.Store.OrderViews(c.UserContext(), whose, r.IDs)
}
