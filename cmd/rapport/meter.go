package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/gofiber/fiber/v2"

	"rapport/hub/chat"
	"rapport/hub/door"
)

// meter measures what whoever looks after the process wants to see, in the text format
// of Prometheus. It is served on a port of its own: figures are nobody else's business.
type meter struct {
	set     *metrics.Set
	acked   *metrics.PrometheusHistogram
	commits *metrics.PrometheusHistogram
	units   *metrics.Counter
}

// newMeter makes the measures that are taken while the server works.
func newMeter() *meter {
	set := metrics.NewSet()
	// From a quarter of a millisecond to four seconds, each twice the one before.
	bounds := metrics.ExponentialBuckets(0.00025, 2, 15)
	return &meter{
		set:     set,
		acked:   set.NewPrometheusHistogramExt("rapport_write_seconds", bounds),
		commits: set.NewPrometheusHistogramExt("rapport_transaction_seconds", bounds),
		units:   set.NewCounter("rapport_writes_total"),
	}
}

func (m *meter) heardAck(took time.Duration) { m.acked.Update(took.Seconds()) }

func (m *meter) heardCommit(units int, took time.Duration) {
	m.commits.Update(took.Seconds())
	m.units.Add(units)
}

// measures writes everything: what was measured, the counters, and what waits now.
func (s *server) measures(ctx context.Context, w io.Writer) error {
	backlog, err := s.store.Backlog(ctx)
	if err != nil {
		return err
	}
	s.meter.set.WritePrometheus(w)
	metrics.WriteGaugeUint64(w, "rapport_writer_queue", uint64(s.store.QueueLength()))
	metrics.WriteGaugeUint64(w, `rapport_conversations{state="waiting"}`, uint64(backlog.Waiting))
	metrics.WriteGaugeUint64(w, `rapport_conversations{state="live"}`, uint64(backlog.Live))
	metrics.WriteGaugeUint64(w, `rapport_conversations{state="snoozed"}`, uint64(backlog.Snoozed))
	metrics.WriteGaugeUint64(w, "rapport_letters_due", uint64(backlog.Letters))
	metrics.WriteGaugeFloat64(w, "rapport_letters_oldest_seconds", age(backlog.Since).Seconds())
	if err := s.engines(ctx, w); err != nil {
		return err
	}
	s.sockets(w)
	s.writeSpans(w)
	metrics.WriteGaugeUint64(w, fmt.Sprintf(`rapport_info{version=%q}`, version()), 1)
	metrics.WriteProcessMetrics(w)
	return nil
}

// sockets writes the counters of the live connections and of what was refused.
func (s *server) sockets(w io.Writer) {
	h := s.hub.Stats()
	metrics.WriteGaugeUint64(w, "rapport_sockets", uint64(h.Open))
	metrics.WriteGaugeUint64(w, "rapport_topics", uint64(h.Topics))
	for name, n := range map[string]int64{"accepted": h.Accepted, "frames_in": h.FramesIn, "frames_out": h.FramesOut, "bytes_out": h.BytesOut} {
		metrics.WriteCounterUint64(w, "rapport_socket_"+name+"_total", uint64(n))
	}
	for code, n := range h.Closes {
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rapport_socket_closes_total{code=%q}`, code), uint64(n))
	}
	for code, n := range h.Refused {
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rapport_refused_total{over="socket",code=%q}`, code), uint64(n))
	}
	for code, n := range s.app.Failures() {
		metrics.WriteCounterUint64(w, fmt.Sprintf(`rapport_refused_total{over="http",code=%q}`, string(code)), uint64(n))
	}
}

func age(since chat.Time) time.Duration {
	if since == 0 {
		return 0
	}
	return max(0, chat.SystemClock().Sub(since))
}

// showMeasures answers GET /metrics until ctx ends.
func (s *server) showMeasures(ctx context.Context, ln net.Listener) {
	app := door.New(door.Options{Log: s.log})
	app.Get("/metrics", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderContentType, "text/plain; version=0.0.4; charset=utf-8")
		return s.measures(c.UserContext(), c)
	})
	stop := context.AfterFunc(ctx, func() { _ = app.Shutdown(context.Background()) }) // a reading is over in no time
	defer stop()
	if err := app.Serve(ln); ctx.Err() == nil {
		s.log.Error("nothing answers on the port of figures any more", "err", err)
	}
}
