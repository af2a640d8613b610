package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/VictoriaMetrics/metrics"
)

// engines writes how the database does and, of one of several servers, how it hears of
// the others.
func (s *server) engines(ctx context.Context, w io.Writer) error {
	began := time.Now()
	if err := s.store.Ready(ctx); err != nil {
		return err
	}
	metrics.WriteGaugeFloat64(w, "rapport_store_round_trip_seconds", time.Since(began).Seconds())
	metrics.WriteGaugeUint64(w, "rapport_leads", set(s.store.Leads()))
	if s.others.bell == nil {
		return nil
	}
	b, lag := s.others.bell.Stats(), s.others.order.Lag()
	for name, n := range map[string]int64{"sent": b.Sent, "heard": b.Heard, "dropped": b.Dropped, "overrun": b.Overrun, "ignored": b.Ignored} {
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rapport_nats_total{what=%q}`, name), uint64(n))
	}
	metrics.WriteCounterUint64(w, "rapport_events_found_total", uint64(lag.Found))
	metrics.WriteGaugeUint64(w, "rapport_streams_waiting", uint64(lag.Sites))
	metrics.WriteGaugeFloat64(w, "rapport_streams_unseen_seconds", lag.Unseen.Seconds())
	took, err := s.others.bell.RoundTrip(ctx)
	metrics.WriteGaugeUint64(w, "rapport_nats_up", set(err == nil))
	if err == nil {
		metrics.WriteGaugeFloat64(w, "rapport_nats_round_trip_seconds", took.Seconds())
	}
	return nil
}

// set is a yes or no as Prometheus has it.
func set(yes bool) uint64 {
	if yes {
		return 1
	}
	return 0
}
