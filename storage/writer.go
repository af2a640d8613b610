package storage

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
	"rapport/hub/trace"
)

// maxBatch bounds one transaction, so that the first in it does not wait for
// an endless queue behind.
const maxBatch = 256

// commitGap is the least time between the beginnings of two transactions. Most
// of what a message costs is its transaction, so that a busy server lets a few
// messages share one; a quiet server never waits.
const commitGap = 580 * time.Microsecond

// A batch of crowded units or more shows that the writer is the bottleneck: then
// transactions begin crowdedGap apart, so that more units share one.
const (
	crowded    = 12
	crowdedGap = 2 * time.Millisecond
)

// work is one closure that waits for the writer.
type work struct {
	fn    func(*tx) error
	once  string // client id that fn looks for; "" for none
	done  chan error
	asked time.Time   // zero where nobody measures
	span  *trace.Span // that this is part of; nil where nobody follows it
	state atomic.Int32
}

// States of work. Whoever moves it out of queued, the writer or its impatient
// caller, decides whether it runs.
const (
	queuedWork int32 = iota
	runningWork
	forsakenWork
)

// writer owns the writing connection. One goroutine takes whatever is queued,
// runs it in one transaction, commits, publishes, and only then acknowledges.
type writer struct {
	s     *Store
	q     *connQuerier
	queue chan *work
	cache *cache
	turns turns
	fatal sync.Once
	fold  *folder // nil where the database folds its own log
	since int     // units of work since the folder was asked
	clash error   // what undid the batch under way, if another server did
	// How far sites had come before transactions of which nobody knows whether they
	// were committed.
	doubted map[string]int64
	unused  map[string]bool  // client ids that nobody had used when the transaction began
	reached map[string]int64 // how far sites have come, as was acknowledged
	failing atomic.Bool      // the latest batch was refused
	stored  time.Time        // when the latest batch was committed, where somebody follows some

	mu     sync.RWMutex
	closed bool
	ended  chan struct{}
}

func newWriter(s *Store, conn *sql.Conn, fold *folder) *writer {
	w := &writer{
		fold: fold,
		s:    s, q: newConnQuerier(conn, s.dialect),
		queue: make(chan *work, s.opt.Queue), ended: make(chan struct{}), doubted: map[string]int64{}, reached: map[string]int64{},
	}
	if _, ok := s.dialect.(sqlite); ok || s.claim != nil {
		w.cache = newCache() // nobody else writes conversations, or tells of it
	}
	go w.run()
	return w
}

// close refuses new work, finishes what is queued and ends the goroutine.
func (w *writer) close() error {
	w.mu.Lock()
	if !w.closed {
		w.closed = true
		close(w.queue)
	}
	w.mu.Unlock()
	<-w.ended
	err := w.q.close()
	if err != nil && w.s.dialect.unavailable(err) {
		err = nil // the connection was lost, and nothing that was acknowledged with it
	}
	if w.fold != nil {
		err = errors.Join(err, w.fold.close())
	}
	return err
}

// submit queues fn and waits until it is committed and published, or refused.
// A full queue refuses at once: waiting longer would only make everyone late.
// When ctx ends, work that has not begun never will; work that has begun is
// waited for, so that its caller learns the truth and shares nothing with it.
func (w *writer) submit(ctx context.Context, fn func(*tx) error) error {
	return w.await(ctx, &work{fn: fn})
}

// await is submit for a unit that is made.
func (w *writer) await(ctx context.Context, unit *work) error {
	unit.done, unit.span = make(chan error, 1), w.s.opt.Traces.From(ctx)
	if w.s.opt.Acked != nil || unit.span != nil {
		unit.asked = time.Now()
	}
	if err := w.enqueue(unit); err != nil {
		return err
	}
	select {
	case err := <-unit.done:
		return err
	case <-ctx.Done():
		if unit.state.CompareAndSwap(queuedWork, forsakenWork) {
			return unavailable(ctx.Err())
		}
		return <-unit.done
	}
}

func (w *writer) enqueue(unit *work) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return unavailable(errors.New("the store is closing"))
	}
	select {
	case w.queue <- unit:
		return nil
	default:
		f := chat.Fail(chat.Overloaded, "The server has too much to do right now. Nothing is lost; it will be tried again in a moment.")
		f.RetryAfter = 1
		return f
	}
}

func (w *writer) run() {
	defer close(w.ended)
	batch := make([]*work, 0, maxBatch)
	var began time.Time
	for first := range w.queue {
		gap := commitGap
		if len(batch) >= crowded {
			gap = crowdedGap
		}
		if early := gap - time.Since(began); early > 0 {
			rest(early)
		}
		began = time.Now()
		batch = w.fill(append(batch[:0], first))
		// Work that was forsaken while it waited is left out.
		batch = slices.DeleteFunc(batch, func(u *work) bool { return !u.state.CompareAndSwap(queuedWork, runningWork) })
		if len(batch) > 0 {
			w.stored = time.Time{}
			w.commit(batch)
			w.measure(batch, began)
			w.tell(batch, began)
			w.shorten(len(batch))
		}
	}
}

// measure tells whoever measures how long a batch and its units took.
func (w *writer) measure(batch []*work, began time.Time) {
	if w.s.opt.Committed != nil {
		w.s.opt.Committed(len(batch), time.Since(began))
	}
	if w.s.opt.Acked != nil {
		for _, u := range batch {
			w.s.opt.Acked(time.Since(u.asked))
		}
	}
}

// shorten keeps the log short: it asks the folder now and then, and helps when
// the log has become long all the same.
func (w *writer) shorten(units int) {
	if w.since += units; w.fold == nil || w.since < foldEvery {
		return
	}
	w.since = 0
	if w.fold.long.Load() {
		if _, err := fold(w.q.conn); err != nil {
			w.s.log.Warn("cannot fold the log", "err", err)
		}
	}
	w.fold.ask()
}

// fill adds what is queued, without waiting for more.
func (w *writer) fill(batch []*work) []*work {
	for len(batch) < maxBatch {
		select {
		case next, ok := <-w.queue:
			if !ok {
				return batch
			}
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// Write runs fn as one unit of work in the writer's transaction. It returns
// when what fn wrote is on disk and its events are published, or with the
// error of fn or of the store, and then nothing of fn is stored. The error is a
// chat.Failure wherever a person may see it. fn may run more than once.
func (s *Store) Write(ctx context.Context, fn func(chat.Tx) error) error {
	return s.writer.submit(ctx, func(t *tx) error { return fn(t) })
}

// WriteOnce is Write for a unit of work that looks first whether a message has been
// posted under a client id. Units that share a transaction look together.
func (s *Store) WriteOnce(ctx context.Context, clientID string, fn func(chat.Tx) error) error {
	return s.writer.await(ctx, &work{fn: func(t *tx) error { return fn(t) }, once: clientID})
}

// exclusive runs fn between units of work: for rows that no conversation owns.
func (s *Store) exclusive(ctx context.Context, fn func(q querier, now chat.Time) error) error {
	return s.writer.submit(ctx, func(t *tx) error { return fn(watched{t}, t.Now()) })
}
