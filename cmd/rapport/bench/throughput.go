package bench

import (
	"context"
	"errors"
	"time"
)

// ladder are the rates that throughput climbs.
var ladder = []float64{500, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 10000, 12000, 14000, 16000, 18000, 20000, 24000, 28000, 32000, 40000}

// sustainedP99 is the latency up to which a rate counts as sustained, in ms.
const sustainedP99 = 200

// holds reports whether a stage's rate was sustained.
func (s *stage) holds() bool {
	return s.lost() == 0 && s.refused.Load() == 0 && s.duplicated() == 0 && quantile(s.latencies(), 99) <= sustainedP99
}

// runThroughput measures the highest rate that is sustained.
func runThroughput(ctx context.Context, r *run) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	t, err := newTalk(ctx, r, r.visitors, r.agents, among(r.agents))
	if err != nil {
		return err
	}
	defer t.end()
	s, cpu, err := r.sustained(ctx, t, r.rate)
	if err != nil {
		return err
	}
	r.talkParams()
	r.throughputFigures(s, cpu)
	return r.memory()
}

// sustained climbs in short stages until a rate does not hold. That only says where to
// look: the rate counts that holds for a whole measurement, from the highest one tried
// downwards. most bounds the rates that are
// tried, 0: none. It returns the stage that held, with the servers' processor time.
func (r *run) sustained(ctx context.Context, t *talk, most float64) (*stage, time.Duration, error) {
	top := 0
	for i, rate := range ladder {
		if most > 0 && rate > most {
			break
		}
		top = i
		s, _, err := t.load(ctx, r, rate, 500*time.Millisecond, 3*time.Second, 1)
		if err != nil {
			return nil, 0, err
		}
		if !s.holds() {
			break
		}
	}
	for ; top >= 0; top-- {
		s, cpu, err := t.load(ctx, r, ladder[top], warmUp, r.duration, 1)
		if err != nil {
			return nil, 0, err
		}
		if s.holds() {
			return s, cpu, nil
		}
	}
	return nil, 0, errors.New("no rate was sustained, not even the lowest")
}

func (r *run) throughputFigures(s *stage, cpu time.Duration) {
	h := s.latencies()
	r.result.param("rate", s.rate)
	least := 12000.0
	if r.store != "" {
		least = 5000
	}
	r.result.atLeast("msgs_per_s", "sustained durable messages", "a second", s.rate, least)
	r.result.atMost("p99_ms", "send to agent's socket, p99", "ms", quantile(h, 99), sustainedP99)
	r.result.aside("send to agent's socket, p50", "ms", quantile(h, 50))
	r.result.atMost("lost", "lost", "", float64(s.lost()), 0)
	if r.server != nil {
		r.result.aside("processor time per message", "ms", ms(cpu)/float64(s.total-s.skip))
	}
}
