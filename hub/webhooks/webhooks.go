// Package webhooks tells sites' own servers what happens in their conversations.
//
// Nothing is written for it when something happens: each webhook has a place in its
// site's stream of events, and what follows is read from there, sent, and only then is
// the place moved. So nothing is lost and nothing comes out of order; what was sent
// when the server died is sent again, once, under the same id. One server at a time
// sends for a webhook: it has a lease, without which nothing it stores is kept.
//
// A receiver that does not take something holds up its own webhook alone.
package webhooks

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rapport/hub/chat"
	"rapport/hub/wire"
)

// Store is what a Sender reads and writes.
type Store interface {
	Site(ctx context.Context, id string) (*chat.Site, error)
	Webhook(ctx context.Context, id string) (*chat.Webhook, error)
	WebhookSites(ctx context.Context) ([]string, error)
	DueWebhooks(ctx context.Context, now chat.Time) ([]string, error)
	NextForWebhook(ctx context.Context, w *chat.Webhook, after int64) (e *chat.Event, c *chat.Conversation, upTo int64, err error)
	LeaseWebhook(ctx context.Context, id, by string, until chat.Time) (ours bool, err error)
	LeaveWebhooks(ctx context.Context, by string) error
	SkipWebhook(ctx context.Context, w *chat.Webhook, to int64) error
	SettleWebhook(ctx context.Context, w *chat.Webhook, was int64, a *chat.WebhookAttempt) (stored bool, err error)
	NoteWebhookAttempt(ctx context.Context, a *chat.WebhookAttempt) error
}

// Options of New. All are needed.
type Options struct {
	Store  Store
	Client *http.Client // outgoing.Teller
	Clock  chat.Clock
	Log    *slog.Logger
}

// Bounds of the work.
const (
	atOnce    = 32               // webhooks that are sent for at a time
	inARow    = 100              // events of one, before others have their turn
	leaseFor  = 30 * time.Second // more than a request takes, with what is stored of it
	leaseLeft = 15 * time.Second // renewed from here
	gap       = 200 * time.Millisecond
	look      = 2 * time.Second // how often it is looked for what is due
	// manySkipped is how much that a webhook is not told of is read again at most after a
	// start: to write it down more often would cost more.
	manySkipped = 1024
)

// Sender sends. Hear may be called from any goroutine.
type Sender struct {
	Options
	id    string
	sites atomic.Pointer[map[string]bool] // that have a webhook
	wake  chan struct{}

	mu      sync.Mutex
	busy    map[string]bool // true: something came while it was sent for
	skipped map[string]skip
}

// skip is how far a webhook's stream was looked through from a place without finding
// anything to send.
type skip struct{ from, to int64 }

// New makes a sender; nothing is sent before Run.
func New(o Options) *Sender {
	s := &Sender{Options: o, id: chat.NewID(), wake: make(chan struct{}, 1), busy: map[string]bool{}, skipped: map[string]skip{}}
	s.sites.Store(&map[string]bool{})
	return s
}

// Hear takes what the store has committed. It returns at once.
func (s *Sender) Hear(events []chat.Event) {
	sites := *s.sites.Load()
	if len(sites) == 0 {
		return
	}
	for i := range events {
		if sites[events[i].SiteID] {
			s.Nudge()
			return
		}
	}
}

// Nudge looks for what is due now: somebody has changed a webhook.
func (s *Sender) Nudge() {
	select {
	case s.wake <- struct{}{}:
	default: // it will look
	}
}

// Run sends until ctx ends.
func (s *Sender) Run(ctx context.Context) {
	var workers sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	tick := time.NewTicker(look)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := s.begin(ctx, &workers, slots); err != nil && ctx.Err() == nil {
			s.Log.Warn("cannot see what webhooks are to be told", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(gap): // what comes together is looked for together
		}
		select {
		case <-ctx.Done():
		case <-s.wake:
		case <-tick.C:
		}
	}
	workers.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), look)
	defer cancel()
	if err := s.Store.LeaveWebhooks(ctx, s.id); err != nil {
		s.Log.Warn("cannot give webhooks back", "err", err)
	}
}

// begin begins to send for all that are due and that nobody here sends for, as far as
// there is room.
func (s *Sender) begin(ctx context.Context, workers *sync.WaitGroup, slots chan struct{}) error {
	list, err := s.Store.WebhookSites(ctx)
	if err != nil {
		return err
	}
	sites := make(map[string]bool, len(list))
	for _, id := range list {
		sites[id] = true
	}
	s.sites.Store(&sites)
	if len(sites) == 0 {
		return nil
	}
	due, err := s.Store.DueWebhooks(ctx, s.Clock())
	if err != nil {
		return err
	}
	s.forget(due)
	for _, id := range due {
		if !s.take(id) {
			continue
		}
		select {
		case slots <- struct{}{}:
		default:
			s.done(id, true)
			return nil // whoever is done wakes us
		}
		workers.Go(func() {
			more, err := s.Deliver(ctx, id)
			if err != nil && ctx.Err() == nil {
				s.Log.Warn("cannot tell a webhook", "webhook", id, "err", err)
			}
			<-slots
			s.done(id, more)
		})
	}
	return nil
}

// forget drops what is known of webhooks that have nothing to send any more.
func (s *Sender) forget(due []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range s.skipped {
		if !slices.Contains(due, id) {
			delete(s.skipped, id)
		}
	}
}

func (s *Sender) take(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, busy := s.busy[id]; busy {
		s.busy[id] = true
		return false
	}
	s.busy[id] = false
	return true
}

func (s *Sender) done(id string, more bool) {
	s.mu.Lock()
	more = more || s.busy[id]
	delete(s.busy, id)
	s.mu.Unlock()
	if more {
		s.Nudge()
	}
}

// Deliver sends what a webhook is to be told, in order, until it has all, something is
// not taken, or others have their turn. It reports whether there is more to send now.
func (s *Sender) Deliver(ctx context.Context, id string) (more bool, err error) {
	for range inARow {
		more, err := s.next(ctx, id)
		if !more || err != nil {
			return false, ignoreGone(err)
		}
	}
	return true, nil
}

// next sends one event, and reports whether there may be another to send now.
func (s *Sender) next(ctx context.Context, id string) (more bool, err error) {
	if ctx.Err() != nil {
		return false, nil
	}
	w, err := s.Store.Webhook(ctx, id)
	if err != nil || w.Paused != chat.WebhookRuns || w.NextAt > s.Clock() {
		return false, err
	}
	e, c, err := s.find(ctx, w)
	if err != nil || e == nil {
		return false, err
	}
	if ours, err := s.lease(ctx, w); !ours || err != nil {
		return false, err
	}
	site, err := s.Store.Site(ctx, w.SiteID)
	if err != nil {
		return false, err
	}
	body := wire.Webhook(site, c, e)
	if body == nil {
		return false, chat.Fail(chat.Internal, "An event of the team's was about to leave.")
	}
	name := chat.WebhookEventID(e)
	got, err := s.send(ctx, w, name, body)
	if err != nil || ctx.Err() != nil {
		return false, err // this server stops, and knows nothing of the receiver
	}
	a := attempt(w, name, e.Type, s.Clock(), got)
	a.SiteSeq = e.SiteSeq
	if c != nil {
		a.ConversationID = c.ID
	}
	was := w.Done
	s.judge(w, e, got, a)
	stored, err := s.Store.SettleWebhook(ctx, w, was, a)
	return stored && got.reason == "", err
}

// find returns what is sent next, nil for nothing.
func (s *Sender) find(ctx context.Context, w *chat.Webhook) (*chat.Event, *chat.Conversation, error) {
	s.mu.Lock()
	known := s.skipped[w.ID]
	s.mu.Unlock()
	from := w.Done
	if known.from == w.Done {
		from = max(from, known.to)
	}
	for {
		e, c, to, err := s.Store.NextForWebhook(ctx, w, from)
		if err != nil || e != nil {
			return e, c, err
		}
		if to == from {
			return nil, nil, s.skip(ctx, w, to)
		}
		from = to
	}
}

// skip keeps in mind, and now and then writes down, how far there is nothing to send.
func (s *Sender) skip(ctx context.Context, w *chat.Webhook, to int64) error {
	if to-w.Done >= manySkipped || w.Tries > 0 {
		return s.Store.SkipWebhook(ctx, w, to)
	}
	s.mu.Lock()
	s.skipped[w.ID] = skip{w.Done, to}
	s.mu.Unlock()
	return nil
}

// lease makes sure that this server alone sends, for as long as a request may take.
func (s *Sender) lease(ctx context.Context, w *chat.Webhook) (bool, error) {
	now := s.Clock()
	if w.LeaseBy == s.id && w.LeaseUntil.Sub(now) > leaseLeft {
		return true, nil
	}
	w.LeaseBy, w.LeaseUntil = s.id, now.Add(leaseFor)
	return s.Store.LeaseWebhook(ctx, w.ID, s.id, w.LeaseUntil)
}

// judge moves a webhook on, or decides when the same is tried again.
func (s *Sender) judge(w *chat.Webhook, e *chat.Event, got answer, a *chat.WebhookAttempt) {
	now := s.Clock()
	w.LeaseUntil = now.Add(leaseFor)
	if got.reason == "" {
		w.Done, w.SentAt, w.FailedSince, w.Tries, w.NextAt = e.SiteSeq, now, 0, 0, 0
		return
	}
	if w.Tries++; w.FailedSince == 0 {
		w.FailedSince = now
	}
	w.NextAt = now.Add(wait(w.Tries, got.after))
	switch {
	case got.status == http.StatusGone:
		w.Paused, w.NextAt = chat.WebhookGone, 0
	case now.Sub(w.FailedSince) >= Patience:
		w.Paused, w.NextAt = chat.WebhookFailed, 0
	default:
		w.NextAt = min(w.NextAt, w.FailedSince.Add(Patience))
	}
	a.NextAt = w.NextAt
}

// Try sends something that is no event, and keeps what came of it. It changes nothing
// of what is waiting.
func (s *Sender) Try(ctx context.Context, w *chat.Webhook) (*chat.WebhookAttempt, error) {
	site, err := s.Store.Site(ctx, w.SiteID)
	if err != nil {
		return nil, err
	}
	name := "test_" + chat.NewID()
	got, err := s.send(ctx, w, name, wire.WebhookTrial(site, name, s.Clock()))
	if err != nil {
		return nil, err
	}
	a := attempt(w, name, chat.WebhookTest, s.Clock(), got)
	return a, s.Store.NoteWebhookAttempt(ctx, a)
}

func attempt(w *chat.Webhook, name string, kind chat.EventType, at chat.Time, got answer) *chat.WebhookAttempt {
	return &chat.WebhookAttempt{WebhookID: w.ID, EventID: name, Kind: kind, At: at, Status: got.status, Reason: got.reason, Took: got.took.Milliseconds()}
}

// ignoreGone: a webhook that was removed meanwhile is told nothing.
func ignoreGone(err error) error {
	if chat.Is(err, chat.NotFound) {
		return nil
	}
	return err
}
