package bench

import (
	"context"
	"time"
)

// warmUp is the time at the beginning of a stage that does not count.
const warmUp = 2 * time.Second

// among deals the guests' conversations out to the agents' sockets.
func among(agents int) func(guests []*guest, agent int) []string {
	return func(guests []*guest, agent int) []string {
		var ids []string
		for i := agent; i < len(guests); i += agents {
			ids = append(ids, guests[i].conversation)
		}
		return ids
	}
}

// runMessage measures the way of a message from a visitor's send to the agent's
// socket, through the store, at a steady rate.
func runMessage(ctx context.Context, r *run) error {
	if r.rate == 0 {
		r.rate = 200
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	t, err := newTalk(ctx, r, r.visitors, r.agents, among(r.agents))
	if err != nil {
		return err
	}
	defer t.end()
	s, cpu, err := t.load(ctx, r, r.rate, warmUp, r.duration, 1)
	if err != nil {
		return err
	}
	r.talkParams()
	r.result.param("rate", r.rate)
	h := s.latencies()
	p50, p99 := quantile(h, 50), quantile(h, 99)
	switch {
	case r.store != "" && r.rate <= 500:
		r.result.atMost("p50_ms", "send to agent's socket, p50", "ms", p50, 5)
		r.result.atMost("p99_ms", "send to agent's socket, p99", "ms", p99, 25)
	case r.store != "" || r.rate > 2000:
		r.result.figure("p50_ms", "send to agent's socket, p50", "ms", p50)
		r.result.figure("p99_ms", "send to agent's socket, p99", "ms", p99)
	case r.rate <= 500:
		r.result.atMost("p50_ms", "send to agent's socket, p50", "ms", p50, 1.3)
		r.result.atMost("p99_ms", "send to agent's socket, p99", "ms", p99, 8)
	default:
		r.result.atMost("p50_ms", "send to agent's socket, p50", "ms", p50, 0.9)
		r.result.atMost("p99_ms", "send to agent's socket, p99", "ms", p99, 6)
	}
	r.result.aside("send to agent's socket, p99.9", "ms", quantile(h, 99.9))
	if r.server != nil {
		each := ms(cpu) / float64(s.total-s.skip)
		if r.store == "" && r.rate > 500 && r.rate <= 2000 {
			r.result.atMost("cpu_ms_per_msg", "processor time per message", "ms", each, 0.3)
		} else {
			r.result.figure("cpu_ms_per_msg", "processor time per message", "ms", each)
		}
	}
	r.result.atMost("lost", "lost", "", float64(s.lost()+s.refused.Load()), 0)
	r.result.atMost("duplicated", "duplicated", "", float64(s.duplicated()), 0)
	return r.memory()
}

// talkParams says who talked.
func (r *run) talkParams() {
	r.result.param("visitors", r.visitors)
	r.result.param("agents", r.agents)
	r.result.param("conversations_per_agent", (r.visitors+r.agents-1)/r.agents)
	r.result.param("duration_s", r.duration.Seconds())
}

// memory adds the server's memory now.
func (r *run) memory() error {
	mb, err := r.rss()
	if err == nil && r.server != nil {
		r.result.aside("server's memory now", "MB", mb)
	}
	return err
}
