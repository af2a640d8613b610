package trace

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxKept is how many spans wait for the collector at most: some hundred bytes each.
	maxKept = 4096
	// sendEvery is how long a span waits, unless maxSent come together earlier.
	sendEvery = 2 * time.Second
	// maxSent is how many go at once.
	maxSent = 512
	// sendWithin is how long the collector may take, and lastWithin how long once the
	// server stops.
	sendWithin = 5 * time.Second
	lastWithin = time.Second
)

// Options of a tracer.
type Options struct {
	// To is where the collector takes OTLP over HTTP, as ReadAddress gives it.
	To *url.URL
	// Share of what comes in that is followed, above 0 and up to 1.
	Share float64
	// Version of this program.
	Version string
	Log     *slog.Logger
}

// Tracer follows a share of what comes in.
type Tracer struct {
	to      *url.URL
	share   float64
	version string
	server  string // by which a collector tells one server from another
	log     *slog.Logger
	client  *http.Client

	mu   sync.Mutex
	kept []record
	full chan struct{} // maxSent spans wait

	lost, sent atomic.Int64
}

// ReadAddress reads where a collector is: http or https, by default its path
// /v1/traces. A name and a password in it are sent as HTTP's basic authorization.
func ReadAddress(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("write where a collector takes OTLP over HTTP, like http://127.0.0.1:4318")
	}
	if u.Path == "" || u.Path == "/" {
		u.Path = "/v1/traces"
	}
	return u, nil
}

// New returns a tracer; Run sends what it keeps.
func New(o Options) *Tracer {
	return &Tracer{
		to: o.To, share: o.Share, version: o.Version, log: o.Log, full: make(chan struct{}, 1),
		server: fmt.Sprintf("%016x", rand.Uint64()),
		client: &http.Client{
			Timeout:   sendWithin,
			Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConns: 1, IdleConnTimeout: time.Minute},
			// What is sent there was meant for the address that was set.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// Lost is how many spans were given up so far, Sent how many were taken. Both are 0 on
// nil.
func (t *Tracer) Lost() int64 {
	if t == nil {
		return 0
	}
	return t.lost.Load()
}

// Sent is how many spans the collector took so far.
func (t *Tracer) Sent() int64 {
	if t == nil {
		return 0
	}
	return t.sent.Load()
}

// keep holds a span for the collector, or counts it as lost where too many wait.
func (t *Tracer) keep(r record) {
	t.mu.Lock()
	n := len(t.kept)
	if n < maxKept {
		t.kept = append(t.kept, r)
	}
	t.mu.Unlock()
	switch {
	case n == maxKept:
		t.lost.Add(1)
	case n+1 == maxSent:
		select {
		case t.full <- struct{}{}:
		default:
		}
	}
}

// take is what waits, up to maxSent of it.
func (t *Tracer) take() []record {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(len(t.kept), maxSent)
	out := t.kept[:n:n]
	if t.kept = t.kept[n:]; len(t.kept) == 0 {
		t.kept = nil // a burst does not keep its memory
	}
	return out
}

// Run sends what is kept until ctx ends, and then the rest once more. On nil it returns
// at once.
func (t *Tracer) Run(ctx context.Context) {
	if t == nil {
		return
	}
	tick := time.NewTicker(sendEvery)
	defer tick.Stop()
	defer t.client.CloseIdleConnections()
	deaf := false
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-t.full:
		}
		deaf = t.sendAll(ctx, deaf)
	}
}

// Flush sends what waits now.
func (t *Tracer) Flush(ctx context.Context) { t.sendAll(ctx, false) }

// sendAll sends what waits, and tells the log when the collector stops or begins to
// listen. deaf is whether it did not listen before, and what is returned whether it does
// not now.
func (t *Tracer) sendAll(ctx context.Context, deaf bool) bool {
	// What is under way when the server stops is sent all the same, if that is quick.
	stopping := ctx
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	defer context.AfterFunc(stopping, func() { time.AfterFunc(lastWithin, cancel) })()
	for batch := t.take(); len(batch) > 0; batch = t.take() {
		err := t.send(ctx, batch)
		if err != nil {
			t.lost.Add(int64(len(batch)))
			if !deaf {
				t.log.Warn("the collector of traces does not take them; they are dropped until it does", "collector", t.to.Redacted(), "error", err)
			}
			return true
		}
		t.sent.Add(int64(len(batch)))
		if deaf {
			t.log.Info("the collector of traces takes them again")
			deaf = false
		}
	}
	return deaf
}

// send hands one request to the collector.
func (t *Tracer) send(ctx context.Context, batch []record) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.to.String(), bytes.NewReader(t.encode(batch)))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := t.client.Do(req)
	if err != nil {
		var u *url.Error
		if errors.As(err, &u) {
			err = u.Err // the rest quotes the address, and a password with it
		}
		return err
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10)) // so that the connection is used again
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("it answers %s", resp.Status)
	}
	return nil
}

// hexID writes an id as OTLP's JSON does; "" for none.
func hexID(id []byte) string {
	if bytes.Count(id, []byte{0}) == len(id) {
		return ""
	}
	return hex.EncodeToString(id)
}
