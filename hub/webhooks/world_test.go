package webhooks_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/outgoing"
	"rapport/hub/webhooks"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// world is a site with a real store, a sender whose webhooks all lead to a receiver of
// the test's, and a clock that only the test moves.
type world struct {
	testing.TB
	store  *storage.Store
	sender *webhooks.Sender
	client *http.Client
	clock  atomic.Int64
	site   chat.Site
	agent  chat.Agent

	mu       sync.Mutex
	requests []request
	answer   func(http.ResponseWriter, *http.Request, int) // of the n-th request, from 0; nil: 204
}

// request is what the receiver was sent.
type request struct {
	path, id, stamp, signature string
	body                       []byte
	Body                       struct {
		Type         string
		Version      int
		ID           string
		Site         struct{ ID, Name string }
		Conversation *struct {
			ID, State, Channel string
			PersonID           string `json:"person_id"`
		}
		Data *struct {
			Type    string
			Message *struct {
				Text   string
				Author struct{ Kind, Name string }
			}
		}
	}
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t}
	w.clock.Store(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli())
	server := httptest.NewServer(http.HandlerFunc(w.receive))
	t.Cleanup(server.Close)
	w.client = outgoing.Teller()
	w.client.Transport.(*http.Transport).DialTLSContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}
	store, err := storage.Open(t.Context(), storage.Options{
		DSN: ready.File(t, filepath.Join(t.TempDir(), "rapport.db")), Key: make([]byte, 32), Clock: w.now,
		Publish: func(events []chat.Event) {
			if w.sender != nil {
				w.sender.Hear(events)
			}
		},
	})
	w.must(err)
	t.Cleanup(func() { _ = store.Close() })
	w.store = store
	w.restart()
	w.site = chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Shop")}
	w.must(store.InsertSite(t.Context(), &w.site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	w.agent = chat.Agent{ID: chat.NewID(), Email: "ben@shop.example", Name: "Ben", Role: chat.Owner, PasswordHash: "x"}
	w.must(store.InsertAgent(t.Context(), &w.agent))
	return w
}

// restart forgets what the server had in memory.
func (w *world) restart() { w.sender = w.newSender(w.store) }

func (w *world) newSender(s webhooks.Store) *webhooks.Sender {
	return webhooks.New(webhooks.Options{Store: s, Client: w.client, Clock: w.now, Log: slog.New(slog.DiscardHandler)})
}

func (w *world) now() chat.Time { return chat.Time(w.clock.Load()) }

func (w *world) later(d time.Duration) { w.clock.Add(d.Milliseconds()) }

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) receive(out http.ResponseWriter, in *http.Request) {
	r := request{path: in.URL.Path, id: in.Header.Get("webhook-id"), stamp: in.Header.Get("webhook-timestamp"), signature: in.Header.Get("webhook-signature")}
	r.body, _ = io.ReadAll(in.Body)
	if err := json.Unmarshal(r.body, &r.Body); err != nil {
		w.Errorf("%s: %v", r.body, err)
	}
	w.mu.Lock()
	n, answer := len(w.requests), w.answer
	w.requests = append(w.requests, r)
	w.mu.Unlock()
	if answer != nil {
		answer(out, in, n)
		return
	}
	out.WriteHeader(http.StatusNoContent)
}

func (w *world) got() []request {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]request(nil), w.requests...)
}

// texts are what the messages of requests say; of other events their kinds.
func texts(list []request) (out []string) {
	for _, r := range list {
		if r.Body.Data != nil && r.Body.Data.Message != nil {
			out = append(out, r.Body.Data.Message.Text)
		} else {
			out = append(out, r.Body.Type)
		}
	}
	return out
}

func (w *world) hook(kinds ...chat.EventType) *chat.Webhook {
	w.Helper()
	if len(kinds) == 0 {
		kinds = chat.WebhookKinds
	}
	v, err := chat.NewWebhook(w.site.ID, w.agent.ID, "https://shop.example/told", kinds)
	w.must(err)
	w.must(w.store.InsertWebhook(w.Context(), v))
	return v
}

func (w *world) load(v *chat.Webhook) *chat.Webhook {
	w.Helper()
	got, err := w.store.Webhook(w.Context(), v.ID)
	w.must(err)
	return got
}

func (w *world) delivers(v *chat.Webhook) {
	w.Helper()
	for more := true; more; {
		var err error
		more, err = w.sender.Deliver(w.Context(), v.ID)
		w.must(err)
	}
}

func (w *world) talk() string {
	w.Helper()
	p := chat.Person{ID: chat.NewID(), SiteID: w.site.ID, Name: "Ada"}
	c := chat.Conversation{ID: chat.NewID(), SiteID: w.site.ID, PersonID: p.ID, Channel: chat.ChannelChat, State: chat.Waiting, MatterID: chat.NewID(), StartedAt: w.now(), LastAt: w.now()}
	w.must(w.store.Write(w.Context(), func(tx chat.Tx) error {
		if err := tx.InsertPerson(&p); err != nil {
			return err
		}
		if err := tx.InsertConversation(&c); err != nil {
			return err
		}
		if err := tx.InsertMatter(&chat.Matter{ID: c.MatterID, ConversationID: c.ID, Number: 1, Step: chat.Greeting, OpenedAt: tx.Now()}); err != nil {
			return err
		}
		if err := tx.Append(&c, &chat.Event{Type: chat.ConversationStarted, At: tx.Now(), By: chat.ByPerson, ByID: p.ID}); err != nil {
			return err
		}
		return tx.SaveConversation(&c)
	}))
	return c.ID
}

func (w *world) says(id string, kind chat.MessageKind, text string) {
	w.Helper()
	w.must(w.store.Write(w.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		m := &chat.Message{ID: chat.NewID(), ConversationID: c.ID, MatterID: c.MatterID, ClientID: chat.NewID(), Kind: kind, By: chat.ByPerson, ByID: c.PersonID, Text: text, At: tx.Now()}
		e := chat.Event{Type: chat.MessagePosted, At: tx.Now(), By: chat.ByPerson, ByID: c.PersonID, MessageID: m.ID, Message: m}
		if kind == chat.Note {
			e.Type, e.By, e.ByID, m.By, m.ByID = chat.NotePosted, chat.ByAgent, w.agent.ID, chat.ByAgent, w.agent.ID
		}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	}))
}

// appends adds an event to a conversation, and nothing else.
func (w *world) appends(id string, e chat.Event) {
	w.Helper()
	w.must(w.store.Write(w.Context(), func(tx chat.Tx) error {
		c, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		e.At = tx.Now()
		if e.By == chat.ByPerson {
			e.ByID = c.PersonID
		}
		if err := tx.Append(c, &e); err != nil {
			return err
		}
		return tx.SaveConversation(c)
	}))
}

func (w *world) erases(id string) {
	w.Helper()
	w.must(w.store.Write(w.Context(), func(tx chat.Tx) error { _, err := tx.EraseConversation(id); return err }))
}

// verify checks a signature as the Standard Webhooks specification says it is made,
// apart from the code that makes it.
func (r *request) verify(secret string) bool {
	key, err := base64.StdEncoding.DecodeString(strings.Split(secret, "_")[1])
	if err != nil || r.id == "" || strings.Contains(r.id, ".") {
		return false
	}
	m := hmac.New(sha256.New, key)
	_, _ = io.WriteString(m, strings.Join([]string{r.id, r.stamp, string(r.body)}, "."))
	for _, one := range strings.Split(r.signature, " ") {
		version, mac, _ := strings.Cut(one, ",")
		if sum, err := base64.StdEncoding.DecodeString(mac); version == "v1" && err == nil && hmac.Equal(sum, m.Sum(nil)) {
			return true
		}
	}
	return false
}
