package desk_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/cycle/starter"
	"rapport/hub/desk"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// shop is a site with the starter set, a desk over a real store, and a clock
// that only the test moves.
type shop struct {
	testing.TB
	path  string
	store *storage.Store
	desk  *desk.Desk
	clock atomic.Int64
	site  chat.Site

	mu        sync.Mutex
	published []chat.Event
	quiet     bool // do not keep what is published
}

func newShop(t testing.TB) *shop {
	t.Helper()
	return shopOn(t, ready.File(t, filepath.Join(t.TempDir(), "rapport.db")))
}

// shopOn is a shop whose book is this database.
func shopOn(t testing.TB, database string) *shop {
	t.Helper()
	s := &shop{TB: t, path: database}
	s.clock.Store(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli())
	s.open()
	t.Cleanup(func() { _ = s.store.Close() })
	set, err := starter.Load("shop")
	s.must(err)
	s.site = chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Shop")}
	guide := set.For(s.site.ID, set.Origin(), s.now())
	s.must(s.store.InsertSite(s.ctx(), &s.site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, guide))
	return s
}

func (s *shop) open() {
	s.Helper()
	store, err := storage.Open(s.ctx(), storage.Options{
		DSN: s.path, Key: make([]byte, 32), Clock: s.now, Queue: 100_000, Mail: true,
		Publish: func(events []chat.Event) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if !s.quiet {
				s.published = append(s.published, events...)
			}
		},
	})
	s.must(err)
	s.store, s.desk = store, desk.New(store, time.UTC, nil)
}

// restart closes the store and opens it again, as a new process would.
func (s *shop) restart() {
	s.Helper()
	s.must(s.store.Close())
	s.open()
}

func (s *shop) ctx() context.Context  { return context.Background() }
func (s *shop) now() chat.Time        { return chat.Time(s.clock.Load()) }
func (s *shop) later(d time.Duration) { s.clock.Add(d.Milliseconds()) }

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

func (s *shop) refused(err error, code chat.Code) {
	s.Helper()
	if !chat.Is(err, code) {
		s.Fatalf("got %v, want %s", err, code)
	}
}

// agent hires somebody; a second one of the same name gets their id behind it.
func (s *shop) agent(name string, role chat.Role) chat.Actor {
	s.Helper()
	a := chat.Agent{ID: chat.NewID(), Email: chat.NewID() + "@example.org", Name: name, Role: role}
	err := s.store.InsertAgent(s.ctx(), &a)
	if chat.Is(err, chat.Conflict) {
		a.Name += " " + a.ID
		err = s.store.InsertAgent(s.ctx(), &a)
	}
	s.must(err)
	return chat.Actor{Kind: chat.ByAgent, ID: a.ID, Role: role}
}

// visit brings a browser to the site.
func (s *shop) visit(secret string, who *desk.Claims) (chat.Actor, *desk.Visitor) {
	s.Helper()
	v, err := s.desk.Visit(s.ctx(), desk.Visit{SiteID: s.site.ID, Secret: secret, Identity: who, Locale: "en"})
	s.must(err)
	return chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: s.site.ID}, v
}

func (s *shop) visitor() chat.Actor {
	s.Helper()
	who, _ := s.visit("", nil)
	return who
}

// says posts a visitor's message.
func (s *shop) says(who chat.Actor, conversation, clientID, text string) *desk.Posted {
	s.Helper()
	p, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: conversation, ClientID: clientID, Text: text})
	s.must(err)
	return p
}

// replies posts an agent's reply.
func (s *shop) replies(who chat.Actor, conversation, clientID, text string) *desk.Posted {
	s.Helper()
	p, err := s.desk.Post(s.ctx(), who, desk.Posting{ConversationID: conversation, ClientID: clientID, Kind: chat.Reply, Text: text})
	s.must(err)
	return p
}

// chatting is a new visitor with a conversation that has begun.
func (s *shop) chatting() (chat.Actor, string) {
	s.Helper()
	who := s.visitor()
	p := s.says(who, chat.NewID(), "client-first", "My lamp is broken.")
	return who, p.Message.ConversationID
}

func (s *shop) row(id string) chat.Row {
	s.Helper()
	r, err := s.store.RowByID(s.ctx(), id)
	s.must(err)
	return *r
}

func (s *shop) events(id string) []chat.Event {
	s.Helper()
	list, err := s.store.EventsAfter(s.ctx(), id, 0)
	s.must(err)
	return list
}

// types names the events of a conversation in order.
func (s *shop) types(id string) (out []chat.EventType) {
	s.Helper()
	for _, e := range s.events(id) {
		out = append(out, e.Type)
	}
	return out
}

// stored counts the messages with a client id in all of a customer's
// conversations.
func (s *shop) stored(who chat.Actor, clientID string) (n int) {
	s.Helper()
	rows, err := s.store.PersonRows(s.ctx(), who.ID, 100)
	s.must(err)
	for _, r := range rows {
		list, _, err := s.store.Messages(s.ctx(), r.ID, 0, 1000)
		s.must(err)
		for _, m := range list {
			if m.ClientID == clientID {
				n++
			}
		}
	}
	return n
}

// rows runs a query beside the store for one column of text.
func (s *shop) rows(query string, args ...any) (out []string) {
	s.Helper()
	db, err := sql.Open("sqlite3", "file:"+s.path+"?_busy_timeout=5000&_query_only=1")
	s.must(err)
	defer db.Close()
	found, err := db.Query(query, args...)
	s.must(err)
	defer found.Close()
	for found.Next() {
		var v string
		s.must(found.Scan(&v))
		out = append(out, v)
	}
	s.must(found.Err())
	return out
}
