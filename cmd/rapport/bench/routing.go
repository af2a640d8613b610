package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/google/uuid"

	"rapport/cmd/rapport/bench/drive"
)

const (
	// rulesWait is longer than a server takes to read a site's new rules.
	rulesWait = 7 * time.Second
	// offerWait is how long the last arrivals may take to be offered.
	offerWait = 5 * time.Second
)

// runRouting measures how long it takes from a customer's first words to their
// conversation being held out on the socket of the agent whom routing has chosen,
// beside thousands that wait for a language nobody there writes.
func runRouting(ctx context.Context, r *run) error {
	if r.rate == 0 {
		r.rate = 20
	}
	if err := r.begin(ctx); err != nil {
		return err
	}
	a := &arrivals{sent: map[string]time.Time{}, took: hdrhistogram.New(1, time.Minute.Microseconds(), 3)}
	staff, err := r.staffed(ctx, a)
	defer func() {
		for _, s := range staff {
			s.Leave()
		}
		a.readers.Wait()
	}()
	if err != nil {
		return err
	}
	if _, err := r.gather(ctx, r.waiting); err != nil {
		return err
	}
	r.crowd.Locale = "de"
	visitors, err := r.ready(ctx, int(r.rate*r.duration.Seconds()))
	if err != nil {
		return err
	}
	if err := r.owner.Call(ctx, http.MethodPatch, "/v1/console/sites/"+r.owner.SiteID, map[string]any{
		"routing": map[string]any{"mode": "offer", "offer_seconds": 300},
	}, nil); err != nil {
		return fmt.Errorf("turn routing on: %w", err)
	}
	r.progress.step("waiting for the new rules")
	time.Sleep(rulesWait)
	if err := a.come(ctx, r, visitors); err != nil {
		return err
	}
	r.result.param("agents", r.team)
	r.result.param("waiting", r.waiting)
	r.result.param("rate", r.rate)
	r.result.figure("p50_ms", "first words to the agent's socket, p50", "ms", quantile(a.took, 50))
	r.result.atMost("p99_ms", "first words to the agent's socket, p99", "ms", quantile(a.took, 99), 200)
	if gone := a.gone.Load(); gone > 0 {
		r.result.note("%d agents lost their connection: this machine was too busy to read what they were sent.", gone)
	}
	r.result.atMost("lost", "offered to nobody", "", float64(len(visitors))-float64(a.took.TotalCount()), 0)
	return r.memory()
}

// staffed hires agents who write German only and have room for everybody, and
// connects them.
func (r *run) staffed(ctx context.Context, a *arrivals) ([]*drive.Socket, error) {
	var mu sync.Mutex
	var sockets []*drive.Socket
	err := inParallel(ctx, r.team, 8, func(ctx context.Context, i int) error {
		who, err := r.owner.Colleague(ctx, "Agent "+spelt(i), fmt.Sprintf("agent-%d@example.com", i), ownerPassword)
		if err != nil {
			return fmt.Errorf("agent %d: %w", i, err)
		}
		work := map[string]any{"work": map[string]any{"capacity": 50, "languages": []string{"de"}}}
		if err := r.owner.Call(ctx, http.MethodPatch, "/v1/console/agents/"+who.AgentID, work, nil); err != nil {
			return fmt.Errorf("agent %d: %w", i, err)
		}
		s, err := who.Socket(ctx, "", nil)
		if err != nil {
			return fmt.Errorf("agent %d: %w", i, err)
		}
		mu.Lock()
		sockets = append(sockets, s)
		r.progress.tick("hiring: %d of %d", len(sockets), r.team)
		mu.Unlock()
		a.readers.Go(func() { a.listen(s) })
		return nil
	})
	return sockets, err
}

// spelt is a number in letters: names that differ in a digit are too near for
// customers to tell apart.
func spelt(n int) string {
	word := ""
	for range 3 {
		word = string(rune('a'+n%26)) + word
		n /= 26
	}
	return word
}

// ready connects visitors who have not written yet.
func (r *run) ready(ctx context.Context, n int) ([]*drive.Socket, error) {
	sockets := make([]*drive.Socket, n)
	err := inParallel(ctx, n, 32, func(ctx context.Context, i int) error {
		v, err := r.crowd.Visitor(ctx, i)
		if err != nil {
			return err
		}
		s, err := v.Socket(ctx, "", nil)
		if err != nil {
			return err
		}
		sockets[i] = s
		_, _, err = s.Await("hello", nil)
		return err
	})
	return sockets, err
}

// arrivals are conversations by when their first words were to be sent.
type arrivals struct {
	mu      sync.Mutex
	sent    map[string]time.Time
	took    *hdrhistogram.Histogram // microseconds
	readers sync.WaitGroup
	gone    atomic.Int64 // agents whose socket has ended
}

// come lets the visitors write, one after the other at the rate, whatever becomes
// of those before.
func (a *arrivals) come(ctx context.Context, r *run, visitors []*drive.Socket) error {
	began := time.Now()
	for i, s := range visitors {
		due := began.Add(time.Duration(float64(i) / r.rate * float64(time.Second)))
		time.Sleep(time.Until(due))
		id := uuid.Must(uuid.NewV7()).String()
		a.mu.Lock()
		a.sent[id] = due
		a.mu.Unlock()
		post, err := json.Marshal(drive.Post{Type: "post", Ref: "first", ConversationID: id, ClientID: "first-" + id, Text: "Guten Tag, ich habe eine Frage."})
		if err == nil {
			err = s.Write(post)
		}
		if err != nil || ctx.Err() != nil {
			return fmt.Errorf("visitor %d: %w", i, context.Cause(ctx))
		}
		r.progress.tick("arriving: %d of %d", i+1, len(visitors))
	}
	for end := time.Now().Add(offerWait); time.Now().Before(end) && a.open() > 0; {
		time.Sleep(50 * time.Millisecond)
	}
	return nil
}

func (a *arrivals) open() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.sent)
}

var offerHead = []byte(`{"type":"offer"`)

// listen notes when what is read from an agent's socket is an offer.
func (a *arrivals) listen(s *drive.Socket) {
	var raw []byte
	for {
		var err error
		if raw, err = s.Read(raw); err != nil {
			a.gone.Add(1)
			return
		}
		now := time.Now()
		if !bytes.HasPrefix(raw, offerHead) {
			continue
		}
		var f struct {
			ConversationID string `json:"conversation_id"`
		}
		if json.Unmarshal(raw, &f) != nil {
			continue
		}
		a.mu.Lock()
		if due, ok := a.sent[f.ConversationID]; ok {
			delete(a.sent, f.ConversationID)
			_ = a.took.RecordValue(max(1, now.Sub(due).Microseconds())) // bounded by the run
		}
		a.mu.Unlock()
	}
}
