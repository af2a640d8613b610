package broker

import (
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
)

const (
	// answersWithin bounds a try to connect, and a write that NATS does not take.
	answersWithin = 2 * time.Second
	// A link that is silent for askEvery is asked whether it lives, and given up where
	// there is no answer until askEvery later.
	askEvery = 2 * time.Second
	// retryAtMost lies between two tries to connect.
	retryAtMost = 2 * time.Second
	// sayEvery lies between two lines of the log about what goes on failing.
	sayEvery = 10 * time.Second
)

// dial begins to connect, for ever.
func (b *Bell) dial(a *Address) (*nats.Conn, error) {
	nc, err := nats.Connect(strings.Join(a.servers, ","), append([]nats.Option{
		nats.Name("rapport"), nats.NoEcho(),
		nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.IgnoreAuthErrorAbort(),
		nats.CustomReconnectDelay(pause), nats.ReconnectOnFlusherError(),
		nats.ReconnectBufSize(-1), // what is old when it arrives helps nobody
		nats.Timeout(answersWithin), nats.FlusherTimeout(answersWithin),
		nats.PingInterval(askEvery), nats.MaxPingsOutstanding(1),
		nats.ConnectHandler(b.connected), nats.ReconnectHandler(b.connected),
		nats.DisconnectErrHandler(b.disconnected), nats.ReconnectErrHandler(b.refused),
		nats.ErrorHandler(b.failed), nats.ClosedHandler(func(*nats.Conn) { close(b.closed) }),
	}, a.options...)...)
	if err != nil {
		return nil, err
	}
	sub, err := nc.Subscribe(b.subject, b.hear)
	if err == nil {
		err = sub.SetPendingLimits(maxPending, maxPendingBytes)
	}
	if err != nil {
		nc.Close()
		return nil, err
	}
	if nc.IsConnected() {
		// Whoever speaks from here on is heard.
		_ = nc.FlushTimeout(answersWithin) // where it fails, the link does, and says so
		b.state.rise()
	}
	return nc, nil
}

// pause grows with the rounds of tries that have failed; half of it is chance, so that
// the servers of an installation do not come back in one moment.
func pause(rounds int) time.Duration {
	most := min(50*time.Millisecond<<min(rounds, 10), retryAtMost)
	return most/2 + rand.N(most/2)
}

// connected may come before dial has returned.
func (b *Bell) connected(nc *nats.Conn) {
	_ = nc.FlushTimeout(answersWithin) // as in dial
	if b.state.ended() {
		return
	}
	b.state.rise()
	b.log.Info("connected to NATS: servers hear of each other at once", "subject", b.subject)
	select {
	case b.hello <- struct{}{}:
	default: // it is still to be said
	}
	b.missed()
}

func (b *Bell) disconnected(_ *nats.Conn, err error) {
	if b.state.ended() {
		return
	}
	b.state.fall(err)
	b.log.Warn("the connection to NATS is lost: servers hear of each other from the database alone until it is back", "err", reason(err))
}

// refused hears of each try to connect that failed.
func (b *Bell) refused(_ *nats.Conn, err error) {
	if b.state.fall(err) && !b.state.ended() {
		b.log.Warn("waiting for NATS", "why", reason(err))
	}
}

// failed hears of what goes wrong beside that.
func (b *Bell) failed(_ *nats.Conn, _ *nats.Subscription, err error) {
	if errors.Is(err, nats.ErrSlowConsumer) {
		b.stats.overrun.Add(1)
		b.missed()
	}
	b.state.say(b.log, err)
}

func reason(err error) string {
	if err == nil {
		return "it was closed"
	}
	return err.Error()
}

// Missing is why NATS is not there, "" while it is.
func (b *Bell) Missing() string {
	b.state.mu.Lock()
	defer b.state.mu.Unlock()
	if b.state.up.Load() {
		return ""
	}
	return b.state.why
}

// state is whether NATS is there. It is asked for each signal, and must never wait for
// the connection, as the library's own answer may.
type state struct {
	up   atomic.Bool
	mu   sync.Mutex
	why  string // while it is not
	over bool
	said time.Time
}

func (s *state) rise() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.up.Store(!s.over)
}

// fall reports whether the reason is another than before.
func (s *state) fall(err error) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.up.Store(false)
	other := s.why != reason(err)
	s.why = reason(err)
	return other
}

func (s *state) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.up.Store(false)
	s.over, s.why = true, "this server stops"
}

func (s *state) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.over
}

// say tells of what goes on failing, now and then.
func (s *state) say(log *slog.Logger, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over || time.Since(s.said) < sayEvery {
		return
	}
	s.said = time.Now()
	log.Warn("NATS fails", "err", reason(err))
}

// Stats are a bell's counters since its start.
type Stats struct {
	Sent    int64 `json:"sent"`    // notes
	Heard   int64 `json:"heard"`   // notes of other servers
	Dropped int64 `json:"dropped"` // signals that other servers were not told
	Overrun int64 `json:"overrun"` // times that notes came faster than they were told
	Ignored int64 `json:"ignored"` // what was no note, or one of a newer version
}

type counters struct{ sent, heard, dropped, overrun, ignored atomic.Int64 }

// Stats reads the counters; they are not of one instant.
func (b *Bell) Stats() Stats {
	s := &b.stats
	return Stats{s.sent.Load(), s.heard.Load(), s.dropped.Load(), s.overrun.Load(), s.ignored.Load()}
}
