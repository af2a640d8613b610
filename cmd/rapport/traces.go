package main

import (
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"

	"github.com/VictoriaMetrics/metrics"

	"rapport/hub/trace"
)

// tracesConfig says who is told how long the parts of a request took.
type tracesConfig struct {
	url   string
	share float64

	to *url.URL // nil: nobody
}

func (c *tracesConfig) flags(fs *flag.FlagSet) {
	fs.StringVar(&c.url, "traces", "", "`URL` of a collector of OpenTelemetry that takes OTLP over HTTP, such as http://127.0.0.1:4318: it is told how long requests, messages and their transactions took, with ids and without content. Empty for none")
	fs.Float64Var(&c.share, "traces-share", 0.01, "`share` of requests and messages that is followed for it, 1 for all")
}

func (c *tracesConfig) check() (err error) {
	if c.url == "" {
		return nil
	}
	if !(c.share > 0 && c.share <= 1) { // so that NaN is refused too
		return fmt.Errorf("traces-share %v: more than 0 and at most 1, such as 0.01 for one in a hundred; leave out traces for none", c.share)
	}
	if c.to, err = trace.ReadAddress(c.url); err != nil {
		return fmt.Errorf("traces: %w", err)
	}
	return nil
}

// tracer follows what comes in, nil where nobody is told.
func (c *tracesConfig) tracer(log *slog.Logger) *trace.Tracer {
	if c.to == nil {
		return nil
	}
	return trace.New(trace.Options{To: c.to, Share: c.share, Version: version(), Log: log})
}

// writeSpans writes how many spans the collector took, and how many it did not.
func (s *server) writeSpans(w io.Writer) {
	if s.traces == nil {
		return
	}
	metrics.WriteCounterUint64(w, "rapport_spans_sent_total", uint64(s.traces.Sent()))
	metrics.WriteCounterUint64(w, "rapport_spans_lost_total", uint64(s.traces.Lost()))
}
