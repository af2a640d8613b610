package storagetest

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/storage"
)

// world is a database with one site and one agent, and a clock that only the
// test moves.
type world struct {
	*testing.T
	ctx   context.Context
	dsn   string
	raw   *sql.DB // beside the store: to look at it and to harm it
	store *storage.Store
	clock atomic.Int64
	mail  bool // the store queues letters
	site  chat.Site
	agent chat.Agent

	mu        sync.Mutex
	published []chat.Event
	onPublish func([]chat.Event)
}

var key = []byte("0123456789abcdef0123456789abcdef")

// newWorld opens a store on an empty database.
func newWorld(t *testing.T, dsn string) *world {
	w := &world{T: t, ctx: t.Context(), dsn: dsn, mail: true}
	w.clock.Store(1_760_000_000_000)
	driver, beside := "sqlite3", "file:"+(&url.URL{Path: dsn}).EscapedPath()+"?_busy_timeout=5000"
	if strings.HasPrefix(dsn, "postgres://") {
		driver, beside = "pgx", dsn
	}
	var err error
	w.raw, err = sql.Open(driver, beside)
	w.must(err)
	t.Cleanup(func() { _ = w.raw.Close() })
	w.open()
	t.Cleanup(func() { _ = w.store.Close() })
	w.site = w.newSite()
	w.agent = w.newAgent(chat.AgentRole)
	return w
}

func (w *world) options() storage.Options {
	return storage.Options{
		DSN: w.dsn, Key: key, Publish: w.publish, Mail: w.mail,
		Clock: func() chat.Time { return chat.Time(w.clock.Load()) },
		Fatal: func(err error) { w.Errorf("the disk was given up: %v", err) },
	}
}

func (w *world) open() {
	w.Helper()
	store, err := storage.Open(w.ctx, w.options())
	w.must(err)
	w.store = store
}

func (w *world) reopen() {
	w.Helper()
	w.must(w.store.Close())
	w.open()
}

func (w *world) publish(events []chat.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.published = append(w.published, events...)
	if w.onPublish != nil {
		w.onPublish(events)
	}
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// refused fails unless err carries the code.
func (w *world) refused(err error, code chat.Code) {
	w.Helper()
	if !chat.Is(err, code) {
		w.Fatalf("got %v, want %s", err, code)
	}
}

func (w *world) later(d time.Duration) { w.clock.Add(d.Milliseconds()) }

func (w *world) write(fn func(tx chat.Tx) error) {
	w.Helper()
	w.must(w.store.Write(w.ctx, fn))
}

// count runs a query for one number beside the store.
func (w *world) count(query string, args ...any) (n int64) {
	w.Helper()
	w.must(w.raw.QueryRow(query, args...).Scan(&n))
	return n
}

func (w *world) newSite() chat.Site {
	w.Helper()
	v := chat.Site{ID: chat.NewID(), Key: chat.NewID()[:18], SiteSettings: chat.DefaultSettings("Shop")}
	secret := &chat.IdentitySecret{KID: chat.NewID(), Secret: "secret-of-" + v.ID}
	w.must(w.store.InsertSite(w.ctx, &v, secret, chat.Guide{Prompts: []chat.Prompt{
		{ID: chat.NewID(), Key: "thanks", Step: chat.Closing, Text: "Thank them", Position: 1},
		{ID: chat.NewID(), Key: "hello", Step: chat.Greeting, Text: "Greet them", Position: 1},
		{ID: chat.NewID(), Key: "name", Step: chat.Greeting, Text: "Say who you are", Position: 2},
	}, Templates: []chat.Template{{ID: chat.NewID(), Title: "Hello", Body: "Hello!", Steps: []chat.Step{chat.Greeting}}}}))
	return v
}

func (w *world) newAgent(role chat.Role) chat.Agent {
	w.Helper()
	id, name := chat.NewID(), "Ben"
	if w.agent.ID != "" {
		name += " " + id // no two agents who may sign in share a name
	}
	a := chat.Agent{ID: id, Email: id + "@example.org", Name: name, Picture: "ben.png", Role: role, PasswordHash: "hash"}
	w.must(w.store.InsertAgent(w.ctx, &a))
	return a
}

func (w *world) newPerson() chat.Person {
	w.Helper()
	p := chat.Person{ID: chat.NewID(), SiteID: w.site.ID, Name: "Ada"}
	w.write(func(tx chat.Tx) error { return tx.InsertPerson(&p) })
	return p
}
