package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"

	"rapport/cmd/rapport/bench/drive"
)

// inboxRounds is how many requests of each sort are measured.
const inboxRounds = 400

// mix is what a store is filled with: so many conversations go through the front door
// before they are copied, and of these so many wait and are open; the rest is closed.
type mix struct{ originals, waiting, open int }

var (
	longLists = mix{10, 3, 3}
	longPast  = mix{100, 1, 2}
)

// runInbox measures what an agent waits for when the store is large: the first
// page of each list, and a conversation with everything beside it.
func runInbox(ctx context.Context, r *run) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	if r.server != nil {
		if err := r.fillStore(ctx, longLists); err != nil {
			return err
		}
		r.result.param("conversations", r.conversations)
	}
	ids, err := r.sample(ctx)
	if err != nil {
		return err
	}
	first := hdrhistogram.New(1, time.Minute.Microseconds(), 3)
	for _, list := range lists {
		h, err := r.timed(ctx, "first page of "+list, func(int) string { return r.list(list, "") })
		if err != nil {
			return err
		}
		r.result.aside("first page of "+list+", p50", "ms", quantile(h, 50))
		first.Merge(h)
	}
	open, err := r.timed(ctx, "opening conversations", func(int) string {
		return "/v1/console/conversations/" + ids[rand.IntN(len(ids))]
	})
	if err != nil {
		return err
	}
	r.result.atMost("first_page_p50_ms", "first page of a list, p50", "ms", quantile(first, 50), 2)
	r.result.aside("first page of a list, p99", "ms", quantile(first, 99))
	r.result.atMost("open_p50_ms", "open a conversation, p50", "ms", quantile(open, 50), 2)
	r.result.aside("open a conversation, p99", "ms", quantile(open, 99))
	return r.memory()
}

var lists = []string{"queue", "mine", "open", "closed"}

func (r *run) list(name, after string) string {
	return "/v1/console/conversations?site=" + r.owner.SiteID + "&list=" + name + "&after=" + after + "&limit=50"
}

// timed is timedFor as many rounds as are asked of the inbox.
func (r *run) timed(ctx context.Context, what string, path func(n int) string) (*hdrhistogram.Histogram, error) {
	return r.timedFor(ctx, what, inboxRounds, path)
}

// timedFor measures GETs over one kept connection; a tenth more only warm.
func (r *run) timedFor(ctx context.Context, what string, rounds int, path func(n int) string) (*hdrhistogram.Histogram, error) {
	h := hdrhistogram.New(1, time.Minute.Microseconds(), 3)
	for n := range rounds + rounds/10 {
		r.progress.tick("%s: %d", what, n)
		p := path(n)
		began := time.Now()
		if err := r.owner.Call(ctx, http.MethodGet, p, nil, nil); err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		if n >= rounds/10 {
			_ = h.RecordValue(max(1, time.Since(began).Microseconds())) // bounded by the run
		}
	}
	return h, nil
}

// sample collects conversations to open: some pages of every list.
func (r *run) sample(ctx context.Context) ([]string, error) {
	var ids []string
	for _, list := range lists {
		after := ""
		for range 10 {
			var page struct {
				Rows []struct {
					ID string `json:"id"`
				} `json:"rows"`
				Next string `json:"next"`
			}
			if err := r.owner.Call(ctx, http.MethodGet, r.list(list, after), nil, &page); err != nil {
				return nil, fmt.Errorf("list %s: %w", list, err)
			}
			for _, row := range page.Rows {
				ids = append(ids, row.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("the lists are empty")
	}
	return ids, nil
}

// fillStore has some real conversations, copies them in the stopped store, and
// starts the server on it.
func (r *run) fillStore(ctx context.Context, m mix) error {
	guests, err := r.gather(ctx, min(m.originals, r.conversations))
	if err != nil {
		return err
	}
	for i, g := range guests {
		if err := r.handle(ctx, g.conversation, i, m); err != nil {
			return fmt.Errorf("conversation %d: %w", i, err)
		}
		g.socket.Leave()
	}
	return r.refill(ctx, func(data string) error {
		return seed(ctx, data, r.conversations, func(n int) { r.progress.tick("filling the store: %d of %d", n, r.conversations) })
	})
}

// refill stops the server, fills the store in its folder, and starts it again.
func (r *run) refill(ctx context.Context, fill func(data string) error) error {
	if code, err := r.server.Stop(15 * time.Second); err != nil || code != 0 {
		return fmt.Errorf("stop before copying: exit code %d, %v", code, err)
	}
	if err := fill(filepath.Join(r.folder, "data")); err != nil {
		return fmt.Errorf("fill the store: %w", err)
	}
	if err := r.start(ctx); err != nil {
		return err
	}
	owner, err := drive.SignIn(ctx, r.server.Place, ownerEmail, ownerPassword)
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	r.enter(owner)
	return nil
}

// handle lets the agent do with the i-th conversation what the mix wants.
func (r *run) handle(ctx context.Context, conversation string, i int, m mix) error {
	if i < m.waiting {
		return nil
	}
	at := "/v1/console/conversations/" + conversation
	for n, text := range []string{
		"Hello, thank you for writing. I am having a look.",
		"The blue one is back on Thursday. Shall I keep one for you?",
	} {
		body := map[string]string{"client_id": fmt.Sprintf("%d-%s", n, strings.ReplaceAll(conversation, "-", "")), "kind": "reply", "text": text}
		if err := r.owner.Call(ctx, http.MethodPost, at+"/messages", body, nil); err != nil {
			return err
		}
	}
	if i < m.waiting+m.open {
		return nil
	}
	return r.owner.Call(ctx, http.MethodPost, at+"/close", struct{}{}, nil)
}
