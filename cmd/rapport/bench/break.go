package bench

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ofKill kills one of two servers under load.
func (p *pair) ofKill(ctx context.Context) error {
	return p.underway(ctx, "kill", func(c *roamers) error {
		const victim = 1
		p.r.progress.step("killing a server")
		p.servers[victim].Kill()
		if err := pause(ctx, lookEvery); err != nil { // everybody has noticed
			return err
		}
		if err := c.until(ctx, stopTime, isAway); err != nil {
			return err
		}
		absent := c.absent()
		if len(absent) == 0 {
			return errors.New("nobody was connected to the server that was killed")
		}
		p.r.result.atMost("moved_s", fmt.Sprintf("a server is killed → 99 %% of its %d sockets are at the other", len(absent)), "s", nearly(absent).Seconds(), 5)
		return p.start(ctx, victim)
	})
}

// ofRolling restarts the servers one after the other under load.
func (p *pair) ofRolling(ctx context.Context) error {
	return p.underway(ctx, "rolling", func(c *roamers) error {
		asking, stop := context.WithCancel(ctx)
		defer stop()
		var asked, failed int
		var wg sync.WaitGroup
		wg.Go(func() { asked, failed = p.ask(asking) })
		for n := range p.r.rounds {
			p.r.progress.step("restarting one server after the other: %d of %d", n+1, p.r.rounds)
			if err := p.restart(ctx, n%len(p.servers)); err != nil {
				return err
			}
			if err := errors.Join(pause(ctx, lookEvery), c.until(ctx, stopTime, isAway)); err != nil {
				return err
			}
		}
		stop()
		wg.Wait()
		if err := c.settle(ctx); err != nil {
			return err
		}
		pauses := c.absent()
		lasting := c.refused.Load() + c.late.Load() + int64(c.count(isUnsure))
		p.r.result.param("restarts", p.r.rounds)
		p.r.result.atMost("failed", fmt.Sprintf("of %d requests and %d messages failed, as clients see it", asked, c.acked.Load()), "", float64(int64(failed)+lasting), 0)
		p.r.result.atMost("pause_ms", fmt.Sprintf("without a connection, p99 of %d times", len(pauses)), "ms", ms(nearly(pauses)), 2000)
		return nil
	})
}

// askEvery is the time between two requests of people who come new.
const askEvery = 50 * time.Millisecond

// ask begins sessions through the front, each over a connection of its own as newcomers
// have one, until ctx ends. It returns how many, and how many failed.
func (p *pair) ask(ctx context.Context) (asked, failed int) {
	for ; pause(ctx, askEvery) == nil; asked++ {
		// What has begun may end: a request that the end of the run breaks off has not failed.
		_, err := p.r.crowd.Visitor(context.WithoutCancel(ctx), asked)
		if err != nil {
			if failed++; failed == 1 {
				p.r.result.note("The first request that failed: %v.", err)
			}
		}
		p.r.crowd.Rest()
	}
	return asked, failed
}

// settleTime is how long it may take until everything has come to rest.
const settleTime = 30 * time.Second

// settle lets everybody have the acknowledgement of what they wrote last.
func (c *roamers) settle(ctx context.Context) error {
	c.quiet.Store(true)
	return c.until(ctx, settleTime, isUnsure)
}

// underway lets people talk through the front while something is done to the servers,
// and compares afterwards what they were told with what is there. Their client ids begin
// with the name.
func (p *pair) underway(ctx context.Context, name string, do func(c *roamers) error) error {
	guests, err := p.r.gather(ctx, p.r.visitors)
	if err != nil {
		return err
	}
	c := p.r.roam(ctx, name, guests, p.r.agents, time.Duration(float64(len(guests))/p.r.rate*float64(time.Second)))
	defer c.end()
	if err := c.until(ctx, settleTime, isAway); err != nil {
		return err
	}
	if err := pause(ctx, 2*time.Second); err != nil {
		return err
	}
	c.absent()
	if err := do(c); err != nil {
		return err
	}
	if err := errors.Join(pause(ctx, time.Second), c.settle(ctx)); err != nil {
		return err
	}
	return p.judge(ctx, name, c)
}

// judge adds what was lost, doubled or out of order to the toll.
func (p *pair) judge(ctx context.Context, name string, c *roamers) error {
	stored, err := p.r.base.messages(ctx, name+"-")
	if err != nil {
		return err
	}
	if c.acked.Load() == 0 {
		return errors.New("nothing was acknowledged")
	}
	unread, err := p.unread(ctx, c)
	if err != nil {
		return err
	}
	p.toll.lost += max(0, c.acked.Load()-stored) + unread
	p.toll.duplicated += max(0, stored-c.acked.Load()-int64(c.count(isUnsure)))
	p.toll.disorder += c.disorder.Load()
	return nil
}

// unread is how many events have not come to an agent whose conversations they are in,
// when there was time enough.
func (p *pair) unread(ctx context.Context, c *roamers) (behind int64, err error) {
	for end := time.Now().Add(settleTime); ; {
		heads, err := p.r.base.heads(ctx)
		if err != nil {
			return 0, err
		}
		behind = 0
		for _, one := range c.all {
			if one.home == "" {
				behind += one.behind(heads)
			}
		}
		if behind == 0 || time.Now().After(end) {
			return behind, nil
		}
		if err := pause(ctx, 100*time.Millisecond); err != nil {
			return 0, err
		}
	}
}

// behind is how many events of its conversations a listener does not have.
func (p *roamer) behind(heads map[string]int64) (n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, seen := range p.seen {
		n += max(0, heads[id]-seen)
	}
	return n
}
