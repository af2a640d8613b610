package bench

import "context"

// runFanout measures how long one message takes to all who have its
// conversation open.
func runFanout(ctx context.Context, r *run) error {
	if r.rate == 0 {
		r.rate = 50
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	t, err := newTalk(ctx, r, 1, r.listeners, func(guests []*guest, _ int) []string {
		return []string{guests[0].conversation}
	})
	if err != nil {
		return err
	}
	defer t.end()
	s, cpu, err := t.load(ctx, r, r.rate, warmUp, r.duration, r.listeners)
	if err != nil {
		return err
	}
	r.result.param("listeners", r.listeners)
	r.result.param("rate", r.rate)
	r.result.param("duration_s", r.duration.Seconds())
	h := s.latencies()
	r.result.figure("deliveries_per_s", "deliveries", "a second", float64(h.TotalCount())/r.duration.Seconds())
	r.result.figure("p99_ms", "send to each listener's socket, p99", "ms", quantile(h, 99))
	r.result.aside("send to each listener's socket, p50", "ms", quantile(h, 50))
	if r.server != nil {
		r.result.aside("processor time per delivery", "ms", ms(cpu)/float64(max(1, h.TotalCount())))
	}
	r.result.atMost("lost", "lost", "", float64(s.lost()+s.refused.Load()*int64(s.copy)), 0)
	return r.memory()
}
