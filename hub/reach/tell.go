package reach

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
)

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

// callee is an agent who may be called, with what they say of it.
type callee struct {
	chat.Agent
	reach *chat.Reach
}

// callable are those who may answer, want to hear of it now and have a way to.
func (c *Caller) callable(ctx context.Context, now chat.Time) (out []callee, err error) {
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
		if a.DisabledAt > 0 || away[a.ID] || !a.May(chat.AnswerCustomers) {
			continue
		}
		reach, err := c.Store.Reach(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		if reach.QuietAt(now) {
			continue
		}
		by, err := c.reachable(ctx, reach, a.ID)
		if err != nil {
			return nil, err
		}
		if by {
			out = append(out, callee{*a, reach})
		}
	}
	return out, nil
}

// reachable reports whether a call would have a way to an agent.
func (c *Caller) reachable(ctx context.Context, r *chat.Reach, agentID string) (bool, error) {
	if r.Mail && c.Post != nil {
		return true, nil
	}
	devices, err := c.Store.PushDevices(ctx, agentID)
	return len(devices) > 0, err
}

// Bounds of what goes out.
const (
	atOnce      = 8                // agents called at the same time, and devices of each
	patience    = 10 * time.Second // with a push service or a mail server
	maxFailures = 5                // of a device in a row, before it is forgotten
	failingFor  = 24 * time.Hour   // at least, too: it may be our own line that is down
)

// side does something for each of a list, some of them side by side.
func side[T any](list []T, do func(T)) {
	var wg sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for _, one := range list {
		room <- struct{}{}
		wg.Go(func() {
			defer func() { <-room }()
			do(one)
		})
	}
	wg.Wait()
}

// tell calls agents, and returns the calls that reached them by some way.
func (c *Caller) tell(ctx context.Context, list []*summons) (reached []*summons) {
	var mu sync.Mutex
	side(list, func(s *summons) {
		if c.tellOne(ctx, s) {
			mu.Lock()
			defer mu.Unlock()
			reached = append(reached, s)
		}
	})
	return reached
}

// tellOne calls one agent on their devices, and by e-mail where there are none or a
// call before was not enough.
func (c *Caller) tellOne(ctx context.Context, s *summons) bool {
	pushed := c.pushAll(ctx, s.agent.ID, s.note)
	reach, err := c.Store.Reach(ctx, s.agent.ID)
	if err != nil || c.Post == nil || !reach.Mail || pushed && !s.again || !s.ring.mayWrite(s.now) {
		return pushed
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := c.Post(ctx, letter(s.note, c.Origin, s)); err != nil {
		c.Log.Warn("a letter to an agent did not go out", "agent", s.agent.ID, "err", err)
		return pushed
	}
	return true
}

// pushAll sends a note to all of an agent's devices, and reports whether one of them
// takes it.
func (c *Caller) pushAll(ctx context.Context, agentID string, n Note) bool {
	devices, err := c.Store.PushDevices(ctx, agentID)
	if err != nil {
		c.Log.Warn("cannot read push devices", "agent", agentID, "err", err)
		return false
	}
	var reached atomic.Bool
	side(devices, func(d chat.PushDevice) {
		if c.push(ctx, d, n) {
			reached.Store(true)
		}
	})
	return reached.Load()
}

// push sends a note to one device; one that is gone, or fails for long, is forgotten.
func (c *Caller) push(ctx context.Context, d chat.PushDevice, n Note) bool {
	sending, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := c.Pusher.Send(sending, d.Push, n)
	if err == nil {
		c.fails.clear(d.ID)
		if err = c.Store.PushReached(ctx, d.ID); err != nil {
			c.Log.Warn("cannot note that a device was reached", "device", d.ID, "err", err)
		}
		return true
	}
	gone := errors.Is(err, errGone)
	if !gone {
		c.Log.Warn("a device was not told", "device", d.ID, "err", err)
	}
	if gone || ctx.Err() == nil && c.fails.more(d.ID, c.Clock()) {
		c.fails.clear(d.ID)
		if err = c.Store.DeletePushDevice(ctx, d.AgentID, d.ID); err != nil && !chat.Is(err, chat.NotFound) {
			c.Log.Warn("cannot forget a device", "device", d.ID, "err", err)
		}
	}
	return false
}

// failures counts how often devices failed in a row.
type failures struct {
	mu sync.Mutex
	of map[string]failed
}

type failed struct {
	n     int
	since chat.Time
}

// more counts one more, and reports whether it is enough.
func (f *failures) more(device string, now chat.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := f.of[device]
	if at.n == 0 {
		at.since = now
	}
	at.n++
	f.of[device] = at
	return at.n >= maxFailures && now.Sub(at.since) >= failingFor
}

func (f *failures) clear(device string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.of, device)
}
