package webhooks_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/outgoing"
	"rapport/hub/webhooks"
)

// What happens is told signed and in order; what is the team's own is not told at all.
func TestWhatHappensIsTold(t *testing.T) {
	w := newWorld(t)
	before := w.talk()
	w.says(before, chat.Reply, "before")
	v := w.hook()
	c := w.talk()
	w.says(c, chat.Reply, "Where is my <lamp>?")
	w.says(c, chat.Note, "the depot lost it")
	w.says(c, chat.Reply, "Hello?")
	w.erases(before)
	w.delivers(v)
	got := w.got()
	if s := fmt.Sprint(texts(got)); s != "[conversation.started Where is my <lamp>? Hello? conversation.erased]" {
		t.Fatal(s)
	}
	for _, r := range got {
		if !r.verify(v.Secret) || r.verify(chat.NewWebhookSecret()) {
			t.Errorf("the signature of %s is wrong", r.body)
		}
		if r.id != r.Body.ID || r.Body.Version != 1 || r.Body.Site.Name != "Shop" || r.path != "/told" || strings.Contains(string(r.body), "depot") {
			t.Errorf("%+v", r)
		}
	}
	if said := got[1].Body; said.Conversation.State != "waiting" || said.Conversation.PersonID == "" || said.Data.Message.Author.Name != "Ada" || said.Data.Type != said.Type {
		t.Errorf("%s", got[1].body)
	}
	if gone := got[3].Body.Conversation; gone.ID != before || gone.State != "erased" || gone.PersonID != "" {
		t.Errorf("%s", got[3].body)
	}
	if now := w.load(v); now.SentAt == 0 || now.FailedSince != 0 {
		t.Errorf("%+v", now)
	}
}

// Beside a new secret the old one signs for its grace.
func TestBothSecretsSign(t *testing.T) {
	w := newWorld(t)
	v := w.hook()
	fresh := chat.NewWebhookSecret()
	w.must(w.store.RotateWebhookSecret(t.Context(), v, fresh, w.now().Add(time.Hour)))
	w.talk()
	w.delivers(v)
	w.later(time.Hour)
	w.talk()
	w.delivers(v)
	got := w.got()
	if len(got) != 2 || !got[0].verify(v.Secret) || !got[0].verify(fresh) || got[1].verify(v.Secret) || !got[1].verify(fresh) {
		t.Errorf("%+v", got)
	}
}

// What is not taken is tried again after longer and longer, what follows waits for it,
// and after three days it is paused.
func TestItIsTriedForThreeDays(t *testing.T) {
	w := newWorld(t)
	v := w.hook()
	c := w.talk()
	w.says(c, chat.Reply, "next")
	w.answer = func(out http.ResponseWriter, _ *http.Request, _ int) { out.WriteHeader(http.StatusBadGateway) }
	began := w.now()
	var waits []time.Duration
	for {
		w.delivers(v)
		now := w.load(v)
		if now.Paused != "" {
			break
		}
		waits = append(waits, now.NextAt.Sub(w.now()))
		w.later(now.NextAt.Sub(w.now()) - time.Second)
		before := len(w.got())
		w.delivers(v)
		if len(w.got()) != before {
			t.Fatal("it is tried before its time")
		}
		w.later(time.Second)
	}
	for i, least := range []time.Duration{5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, 6 * time.Hour} {
		if waits[i] < least || waits[i] > least*6/5 {
			t.Errorf("wait %d is %s", i, waits[i])
		}
	}
	if took := w.now().Sub(began); took != webhooks.Patience || w.load(v).Paused != chat.WebhookFailed {
		t.Errorf("paused after %s as %q", took, w.load(v).Paused)
	}
	for _, r := range w.got() {
		if r.id != w.got()[0].id {
			t.Fatal("what follows did not wait, or the id is another")
		}
	}
	w.mu.Lock()
	w.answer, w.requests = nil, nil
	w.mu.Unlock()
	v.Paused = chat.WebhookRuns
	w.must(w.store.ChangeWebhook(t.Context(), v))
	w.delivers(v)
	if s := fmt.Sprint(texts(w.got())); s != "[conversation.started next]" {
		t.Errorf("going on: %s", s)
	}
}

func TestAnswersOfReceivers(t *testing.T) {
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request, int)
		status int64
		reason string
		paused chat.WebhookPause
		least  time.Duration
		most   time.Duration
	}{
		"gone":              {func(out http.ResponseWriter, _ *http.Request, _ int) { out.WriteHeader(410) }, 410, chat.AttemptRefused, chat.WebhookGone, 0, 0},
		"asks for patience": {later("90"), 429, chat.AttemptRefused, "", 90 * time.Second, 110 * time.Second},
		"asks for too much": {later("9999999"), 429, chat.AttemptRefused, "", 6 * time.Hour, 8 * time.Hour},
		"asks for nothing":  {later("-7"), 429, chat.AttemptRefused, "", 5 * time.Second, 6 * time.Second},
		"asks by date":      {later("Sat, 21 Nov 2026 10:00:00 GMT"), 429, chat.AttemptRefused, "", time.Hour, 73 * time.Minute},
		"points elsewhere": {func(out http.ResponseWriter, in *http.Request, _ int) {
			http.Redirect(out, in, "https://127.0.0.1/secret", http.StatusTemporaryRedirect)
		}, 307, chat.AttemptMoved, "", 5 * time.Second, 6 * time.Second},
		"hangs":      {func(_ http.ResponseWriter, in *http.Request, _ int) { <-in.Context().Done() }, 0, chat.AttemptSlow, "", 5 * time.Second, 6 * time.Second},
		"hangs up":   {func(http.ResponseWriter, *http.Request, int) { panic(http.ErrAbortHandler) }, 0, chat.AttemptNoWay, "", 5 * time.Second, 6 * time.Second},
		"never ends": {endless, 200, "", "", 0, 0},
		"huge headers": {func(out http.ResponseWriter, _ *http.Request, _ int) {
			out.Header().Set("X", strings.Repeat("x", 1<<20))
		}, 0, chat.AttemptNoWay, "", 5 * time.Second, 6 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.client.Timeout = time.Second
			w.answer = test.answer
			v := w.hook(chat.ConversationStarted)
			w.talk()
			w.delivers(v)
			now, list := w.load(v), w.attempts(v)
			if len(w.got()) != 1 || len(list) != 1 || list[0].Status != test.status || list[0].Reason != test.reason || list[0].NextAt != now.NextAt || now.Paused != test.paused {
				t.Fatalf("%d requests, %+v, %+v", len(w.got()), list, now)
			}
			if now.NextAt != 0 || test.most != 0 {
				if wait := now.NextAt.Sub(w.now()); wait < test.least || wait > test.most {
					t.Errorf("next in %s", wait)
				}
			}
		})
	}
}

func later(header string) func(http.ResponseWriter, *http.Request, int) {
	return func(out http.ResponseWriter, _ *http.Request, _ int) {
		out.Header().Set("Retry-After", header)
		out.WriteHeader(http.StatusTooManyRequests)
	}
}

// endless answers until nobody reads any more.
func endless(out http.ResponseWriter, in *http.Request, _ int) {
	for block := make([]byte, 64<<10); in.Context().Err() == nil; {
		if _, err := out.Write(block); err != nil {
			return
		}
	}
}

func (w *world) attempts(v *chat.Webhook) []chat.WebhookAttempt {
	w.Helper()
	list, err := w.store.WebhookAttempts(w.Context(), v.ID)
	w.must(err)
	return list
}

// crashing is a store whose server dies between sending and storing that.
type crashing struct {
	webhooks.Store
	left int
}

func (c *crashing) SettleWebhook(ctx context.Context, v *chat.Webhook, was int64, a *chat.WebhookAttempt) (bool, error) {
	if c.left--; c.left == 0 {
		return false, errors.New("it died")
	}
	return c.Store.SettleWebhook(ctx, v, was, a)
}

// A crash after sending sends the same again, once, under the same id; until the lease
// is over, nobody sends.
func TestACrashRepeatsAtMostOne(t *testing.T) {
	w := newWorld(t)
	v := w.hook(chat.MessagePosted)
	c := w.talk()
	for i := range 5 {
		w.says(c, chat.Reply, fmt.Sprint(i))
	}
	if _, err := w.newSender(&crashing{w.store, 3}).Deliver(t.Context(), v.ID); err == nil {
		t.Fatal("it did not die")
	}
	w.restart()
	w.delivers(v)
	if n := len(w.got()); n != 3 {
		t.Fatalf("%d requests while another has the lease", n)
	}
	w.later(30 * time.Second)
	w.delivers(v)
	got := w.got()
	if s := fmt.Sprint(texts(got)); s != "[0 1 2 2 3 4]" || got[2].id != got[3].id {
		t.Error(s)
	}
}

// Two servers at once send everything once.
func TestTwoServersSendOnce(t *testing.T) {
	w := newWorld(t)
	v := w.hook(chat.MessagePosted)
	c := w.talk()
	var want []string
	for i := range 40 {
		want = append(want, fmt.Sprint(i))
		w.says(c, chat.Reply, want[i])
	}
	var both sync.WaitGroup
	for _, s := range []*webhooks.Sender{w.sender, w.newSender(w.store)} {
		both.Go(func() {
			for range 10 {
				if _, err := s.Deliver(t.Context(), v.ID); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	if got := texts(w.got()); !slices.Equal(got, want) {
		t.Errorf("sent %v", got)
	}
}

// Whatever happens and whichever attempts fail, what was chosen arrives in order, once.
func TestEveryChosenEventArrivesInOrder(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 7))
		w := newWorld(t)
		kinds := []chat.EventType{chat.MessagePosted}
		if r.IntN(2) == 0 {
			kinds = append(kinds, chat.ConversationStarted)
		}
		v := w.hook(kinds...)
		fails := func() bool { return r.IntN(3) == 0 }
		var taken []request
		w.answer = func(out http.ResponseWriter, _ *http.Request, n int) {
			if fails() {
				out.WriteHeader(500 + r.IntN(4))
				return
			}
			taken = append(taken, w.requests[n])
		}
		var want, talks []string
		for i := range 30 {
			switch {
			case len(talks) == 0 || r.IntN(6) == 0:
				talks = append(talks, w.talk())
				if slices.Contains(kinds, chat.ConversationStarted) {
					want = append(want, "conversation.started")
				}
			case r.IntN(4) == 0:
				w.says(talks[r.IntN(len(talks))], chat.Note, "note")
			default:
				want = append(want, fmt.Sprint(i))
				w.says(talks[r.IntN(len(talks))], chat.Reply, fmt.Sprint(i))
			}
			if r.IntN(5) == 0 {
				w.delivers(v)
				w.later(time.Duration(r.IntN(600)) * time.Second)
			}
			if r.IntN(9) == 0 {
				w.restart()
				w.later(30 * time.Second)
			}
		}
		for range 100 {
			w.later(7 * time.Hour / 6)
			w.delivers(v)
		}
		if got := texts(taken); !slices.Equal(got, want) || w.load(v).Paused != "" {
			t.Fatalf("seed %d: arrived %v, want %v", seed, got, want)
		}
		last := map[string]int{}
		for i, q := range taken {
			if _, twice := last[q.id]; twice {
				t.Fatalf("seed %d: %s was taken twice", seed, q.id)
			}
			last[q.id] = i
		}
	}
}

// What was erased while it waited is not sent any more, and holds up nothing.
func TestWhatIsErasedIsNotSent(t *testing.T) {
	w := newWorld(t)
	v := w.hook(chat.MessagePosted)
	gone, c := w.talk(), w.talk()
	w.says(gone, chat.Reply, "secret")
	w.answer = func(out http.ResponseWriter, _ *http.Request, n int) {
		if n == 0 {
			out.WriteHeader(500)
		}
	}
	w.delivers(v)
	w.erases(gone)
	w.later(time.Hour)
	w.delivers(v)
	if now := w.load(v); now.FailedSince != 0 || now.Tries != 0 {
		t.Errorf("it still waits: %+v", now)
	}
	w.says(c, chat.Reply, "here")
	w.delivers(v)
	if s := fmt.Sprint(texts(w.got())); s != "[secret here]" {
		t.Error(s)
	}
	for _, a := range w.attempts(v) {
		if strings.Contains(a.EventID, gone) {
			t.Errorf("an attempt leads to what was erased: %+v", a)
		}
	}
}

// One that hangs holds up no other, and what happens is told by itself.
func TestOneThatHangsHoldsUpNoOther(t *testing.T) {
	w := newWorld(t)
	for i := range chat.MaxWebhooks {
		v, err := chat.NewWebhook(w.site.ID, w.agent.ID, fmt.Sprintf("https://shop.example/%d", i), []chat.EventType{chat.MessagePosted})
		w.must(err)
		w.must(w.store.InsertWebhook(t.Context(), v))
	}
	ctx, end := context.WithCancel(t.Context())
	arrived, ended := make(chan string, 100), make(chan struct{})
	w.answer = func(_ http.ResponseWriter, in *http.Request, _ int) {
		if in.URL.Path == "/0" {
			<-ctx.Done()
			return
		}
		arrived <- in.URL.Path
	}
	go func() { defer close(ended); w.sender.Run(ctx) }()
	c := w.talk()
	for i := range 3 {
		w.says(c, chat.Reply, fmt.Sprint(i))
	}
	for range 3 * (chat.MaxWebhooks - 1) {
		select {
		case <-arrived:
		case <-time.After(20 * time.Second):
			t.Fatal("others wait for the one that hangs")
		}
	}
	end()
	<-ended
	list, err := w.store.Webhooks(t.Context(), w.site.ID)
	w.must(err)
	for _, v := range list {
		if v.LeaseBy != "" {
			t.Error("a server that stopped keeps its lease")
		}
	}
}

// A trial is signed as all else is, and moves nothing.
func TestTrial(t *testing.T) {
	w := newWorld(t)
	v := w.hook()
	c := w.talk()
	a, err := w.sender.Try(t.Context(), v)
	w.must(err)
	got := w.got()
	if len(got) != 1 || got[0].Body.Type != "webhook.test" || !got[0].verify(v.Secret) || got[0].id != a.EventID || a.Status != 204 || a.Reason != "" || a.Number != 1 {
		t.Errorf("%+v, %+v", got, a)
	}
	if strings.Contains(string(got[0].body), c) || w.load(v).Done != v.Done || w.load(v).SentAt != 0 {
		t.Error("a trial tells something or moves its place")
	}
}

// Where a name leads is judged when the connection is made.
func TestNothingIsSentInside(t *testing.T) {
	w := newWorld(t)
	w.client = outgoing.Teller()
	w.restart()
	for _, host := range []string{"127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "[::ffff:192.168.1.1]", "100.64.0.1", "localhost"} {
		v := w.hook()
		v.URL = "https://" + host + "/told"
		a, err := w.sender.Try(t.Context(), v)
		if err != nil || a.Reason != chat.AttemptClosed || a.Status != 0 {
			t.Errorf("%s: %+v, %v", host, a, err)
		}
		w.must(w.store.DeleteWebhook(t.Context(), w.site.ID, v.ID))
	}
	for _, address := range []string{
		"", "shop.example", "http://shop.example/", "https://user:pass@shop.example/", "https://shop.example:8443/", "https://shop.example/#x", "https://127.0.0.1/",
		"https://[::1]/", "https://10.1.2.3/", "https://localhost/", "https://db.internal/", "ftp://shop.example/", "https://", "https:///x", "https://shop.example/a b", "https://" + strings.Repeat("x", 1000),
	} {
		if _, err := chat.NewWebhook(w.site.ID, w.agent.ID, address, chat.WebhookKinds); !chat.Is(err, chat.Invalid) {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, kinds := range [][]chat.EventType{nil, {"note.posted"}, {"message.posted", "<b>"}} {
		if _, err := chat.NewWebhook(w.site.ID, w.agent.ID, "https://shop.example/", kinds); !chat.Is(err, chat.Invalid) {
			t.Errorf("%q: %v", kinds, err)
		}
	}
	for _, k := range chat.WebhookKinds {
		if chat.Audiences[k] != chat.Everyone {
			t.Errorf("%s is the team's own", k)
		}
	}
}

// A message costs nothing more where nobody is told of it.
func TestHearingCostsNothing(t *testing.T) {
	w := newWorld(t)
	events := []chat.Event{{SiteID: w.site.ID}}
	if n := testing.AllocsPerRun(100, func() { w.sender.Hear(events) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
