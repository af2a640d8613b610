package reach

import (
	"context"
	"errors"
	"sync"

	"rapport/hub/chat"
	"rapport/hub/hours"
)

// whom finds the agents to call for a conversation: its own if they are not at a
// console, else all who may answer while nobody takes part. Nobody while the site is
// closed.
func (c *Caller) whom(ctx context.Context, row *chat.Row, there map[string]bool, now chat.Time) (*chat.Site, []chat.Agent, error) {
	site, err := c.siteOf(ctx, row.SiteID)
	if err != nil || site == nil {
		return nil, nil, err
	}
	if open := hours.Of(site.Hours); open.Kept() && !open.OpenAt(now.Std()) {
		return site, nil, nil
	}
	if heard(there, row.Assignee.ID) {
		return site, nil, nil
	}
	list, err := c.callable(ctx, row.Assignee.ID, now)
	return site, list, err
}

func (c *Caller) siteOf(ctx context.Context, id string) (*chat.Site, error) {
	sites, err := c.Store.Sites(ctx)
	for i := range sites {
		if sites[i].ID == id {
			return &sites[i], err
		}
	}
	return nil, err
}

// there are the agents at a console who take part.
func (c *Caller) there() map[string]bool {
	out := map[string]bool{}
	for _, h := range c.Hub.Here() {
		if h.Connected && h.Status == chat.Online {
			out[h.ID] = true
		}
	}
	return out
}

// callable are those who may answer and want to hear of it now; only one of them
// where a conversation is theirs.
func (c *Caller) callable(ctx context.Context, holder string, now chat.Time) (out []chat.Agent, err error) {
	agents, err := c.Store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	absences, err := c.Store.Absences(ctx, now)
	if err != nil {
		return nil, err
	}
	away := map[string]bool{}
	for _, a := range absences {
		away[a.AgentID] = true
	}
	for i := range agents {
		a := &agents[i]
		if a.DisabledAt > 0 || away[a.ID] || !a.May(chat.AnswerCustomers) || holder != "" && a.ID != holder {
			continue
		}
		reach, err := c.Store.Reach(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		if !reach.QuietAt(now) {
			out = append(out, *a)
		}
	}
	return out, nil
}

// atOnce is how many agents are called at the same time.
const atOnce = 8

// tell calls agents, and returns the ids of those who were reached by some way.
func (c *Caller) tell(ctx context.Context, agents []chat.Agent, n Note, call int) (reached []string) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i := range agents {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			if c.tellOne(ctx, &agents[i], n, call) {
				mu.Lock()
				defer mu.Unlock()
				reached = append(reached, agents[i].ID)
			}
		})
	}
	wg.Wait()
	return reached
}

// tellOne calls one agent on their devices, and by e-mail where there are none or a
// call before was not enough.
func (c *Caller) tellOne(ctx context.Context, a *chat.Agent, n Note, call int) bool {
	pushed := c.pushAll(ctx, a.ID, n)
	reach, err := c.Store.Reach(ctx, a.ID)
	if err != nil || c.Post == nil || !reach.Mail || pushed && call == 0 {
		return pushed
	}
	if err := c.Post(ctx, letter(n, c.Origin, call, a)); err != nil {
		c.Log.Warn("a letter to an agent did not go out", "agent", a.ID, "err", err)
		return pushed
	}
	return true
}

// pushAll sends a note to all of an agent's devices, and reports whether one of them
// takes it.
func (c *Caller) pushAll(ctx context.Context, agentID string, n Note) (reached bool) {
	devices, err := c.Store.PushDevices(ctx, agentID)
	if err != nil {
		c.Log.Warn("cannot read push devices", "agent", agentID, "err", err)
		return false
	}
	for _, d := range devices {
		reached = c.push(ctx, d, n) || reached
	}
	return reached
}

// push sends a note to one device; one that is gone is forgotten.
func (c *Caller) push(ctx context.Context, d chat.PushDevice, n Note) bool {
	err := c.Pusher.Send(ctx, d.Push, n)
	switch {
	case err == nil:
		err = c.Store.PushReached(ctx, d.ID)
		if err != nil {
			c.Log.Warn("cannot note that a device was reached", "device", d.ID, "err", err)
		}
		return true
	case errors.Is(err, errGone):
		if err = c.Store.DeletePushDevice(ctx, d.AgentID, d.ID); err != nil && !chat.Is(err, chat.NotFound) {
			c.Log.Warn("cannot forget a device", "device", d.ID, "err", err)
		}
	default:
		c.Log.Warn("a device was not told", "device", d.ID, "err", err)
	}
	return false
}
