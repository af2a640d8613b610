package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// talkLength is how many messages a conversation of the search's store has.
const talkLength = 20

// searchRounds is how many searches of each sort are measured.
const searchRounds = 120

// runSearch measures what an agent waits for who searches everything that was ever
// said: common, rare and several words, phrases, filters.
func runSearch(ctx context.Context, r *run) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	words := newVocabulary()
	if r.server != nil {
		if err := r.fillTalks(ctx, words); err != nil {
			return err
		}
		r.result.param("messages", r.messages)
	}
	all, dice := hdrhistogram.New(1, time.Minute.Microseconds(), 3), rand.New(rand.NewPCG(1, 1))
	for _, sort := range searches {
		h, err := r.timedFor(ctx, sort.name, searchRounds, func(int) string {
			return "/v1/console/search?zone=UTC&q=" + url.QueryEscape(sort.ask(words, dice))
		})
		if err != nil {
			return err
		}
		r.result.aside(sort.name+", p99", "ms", quantile(h, 99))
		all.Merge(h)
	}
	r.result.atMost("p50_ms", "a search, p50", "ms", quantile(all, 50), 50)
	r.result.atMost("p99_ms", "a search, p99", "ms", quantile(all, 99), 50)
	return r.memory()
}

// searches are the sorts of questions, each asked as often.
var searches = []struct {
	name string
	ask  func(v *vocabulary, dice *rand.Rand) string
}{
	{"a common word", func(v *vocabulary, dice *rand.Rand) string { return v.words[dice.IntN(30)] }},
	{"a rare word", func(v *vocabulary, dice *rand.Rand) string { return v.words[len(v.words)-1-dice.IntN(len(v.words)/2)] }},
	{"two common words", func(v *vocabulary, dice *rand.Rand) string {
		return v.words[dice.IntN(30)] + " " + v.words[dice.IntN(30)]
	}},
	{"a common and a rare word", func(v *vocabulary, dice *rand.Rand) string {
		return v.words[dice.IntN(30)] + " " + v.words[len(v.words)/2+dice.IntN(1000)]
	}},
	{"a phrase", func(v *vocabulary, dice *rand.Rand) string {
		return `"` + v.words[dice.IntN(8)] + " " + v.words[dice.IntN(8)] + `"`
	}},
	{"the beginning of a word", func(v *vocabulary, dice *rand.Rand) string { return v.words[1000+dice.IntN(1000)][:4] + "*" }},
	{"a word that must not be there", func(v *vocabulary, dice *rand.Rand) string {
		return v.words[dice.IntN(100)] + " -" + v.words[dice.IntN(30)]
	}},
	{"words and filters", func(v *vocabulary, dice *rand.Rand) string {
		return v.words[dice.IntN(300)] + []string{" from:customer", " state:closed", " from:me", " before:7d", " step:greeting", " -in:note to:customer"}[dice.IntN(6)]
	}},
	{"filters alone", func(_ *vocabulary, dice *rand.Rand) string {
		return []string{"state:closed", "from:me", "mood:upset", "step:greeting after:30d"}[dice.IntN(4)]
	}},
}

// fillTalks has some real conversations, copies them in the stopped store, gives
// every message words of its own, and starts the server on it. The server reads
// them into its index as it does after an upgrade.
func (r *run) fillTalks(ctx context.Context, words *vocabulary) error {
	guests, err := r.gather(ctx, longLists.originals)
	if err != nil {
		return err
	}
	for i, g := range guests {
		if err := r.converse(ctx, g, i); err != nil {
			return fmt.Errorf("conversation %d: %w", i, err)
		}
		g.socket.Leave()
	}
	err = r.refill(ctx, func(data string) error {
		err := seed(ctx, data, max(longLists.originals, r.messages/talkLength), func(n int) {
			r.progress.tick("filling the store: %d of %d conversations", n, r.messages/talkLength)
		})
		if err != nil {
			return err
		}
		return reword(ctx, data, words, func(n int) { r.progress.tick("finding words: %d of %d", n, r.messages) })
	})
	if err != nil {
		return err
	}
	return r.awaitIndex(ctx)
}

// converse lets a visitor and the agent talk.
func (r *run) converse(ctx context.Context, g *guest, i int) error {
	for n := 1; n < talkLength-2; n++ {
		body := map[string]string{"client_id": fmt.Sprintf("say-%02d-%s", n, g.conversation[:8]), "text": "A line that gets words of its own."}
		var err error
		if n%2 == 1 {
			err = g.visitor.Call(ctx, http.MethodPost, "/v1/widget/conversations/"+g.conversation+"/messages", body, nil)
		} else {
			body["kind"] = []string{"reply", "note"}[n%10/8]
			err = r.owner.Call(ctx, http.MethodPost, "/v1/console/conversations/"+g.conversation+"/messages", body, nil)
		}
		if err != nil {
			return err
		}
	}
	return r.handle(ctx, g.conversation, i, longLists)
}

// awaitIndex waits until the server has read everything into its index.
func (r *run) awaitIndex(ctx context.Context) error {
	began := time.Now()
	for {
		var page struct {
			Reading int64 `json:"reading"`
			Unread  int64 `json:"unread"`
		}
		if err := r.owner.Call(ctx, http.MethodGet, "/v1/console/search?q=nothing", nil, &page); err != nil {
			return fmt.Errorf("search: %w", err)
		}
		if page.Reading == 100 && page.Unread == 0 {
			r.result.aside("reading everything into the index, beside the server's work", "s", time.Since(began).Seconds())
			return nil
		}
		r.progress.tick("the server reads what was said: %d %%", page.Reading)
		if err := pause(ctx, 500*time.Millisecond); err != nil {
			return err
		}
	}
}
