package mail

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// world is a shop with a desk over a real store, a worker, a real mail server,
// and a clock that only the test moves.
type world struct {
	*testing.T
	path   string
	store  *storage.Store
	desk   *desk.Desk
	worker *Worker
	box    *box
	online atomic.Bool
	asking atomic.Bool // other servers, which have not answered
	clock  atomic.Int64
	site   chat.Site
	ben    chat.Actor
	ada    chat.Actor
	talk   string // conversation of ada
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, path: ready.File(t, filepath.Join(t.TempDir(), "rapport.db")), box: startBox(t, nil)}
	w.clock.Store(time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC).UnixMilli())
	w.open()
	t.Cleanup(func() { _ = w.store.Close() })
	w.site = chat.Site{ID: chat.NewID(), Key: "shop", SiteSettings: chat.DefaultSettings("Kiln & Wick")}
	w.site.AllowedOrigins = []string{"https://*.shop.example", "https://shop.example"}
	w.must(w.store.InsertSite(t.Context(), &w.site, &chat.IdentitySecret{KID: chat.NewID(), Secret: "s"}, chat.Guide{}))
	a := chat.Agent{ID: chat.NewID(), Email: "ben@shop.example", Name: "Ben", Role: chat.AgentRole}
	w.must(w.store.InsertAgent(t.Context(), &a))
	w.ben = chat.Actor{Kind: chat.ByAgent, ID: a.ID, Role: a.Role}
	v, err := w.desk.Visit(t.Context(), desk.Visit{SiteID: w.site.ID, Locale: "en"})
	w.must(err)
	w.ada = chat.Actor{Kind: chat.ByPerson, ID: v.Person.ID, Site: w.site.ID}
	w.known("Ada Lovelace", "ada@example.org")
	w.talk = w.says("My lamp is broken. See http://evil.example")
	return w
}

func (w *world) now() chat.Time { return chat.Time(w.clock.Load()) }

func (w *world) later(d time.Duration) { w.clock.Add(d.Milliseconds()) }

func (w *world) PersonOnline(string) (online, known bool) {
	return w.online.Load() && !w.asking.Load(), !w.asking.Load()
}

func (w *world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// open opens the store and makes the worker, as a new process would.
func (w *world) open() {
	w.Helper()
	store, err := storage.Open(context.Background(), storage.Options{DSN: w.path, Key: make([]byte, 32), Clock: w.now, Mail: true})
	w.must(err)
	w.store, w.desk = store, desk.New(store, time.UTC, nil)
	w.worker = New(Options{
		Store: store, Presence: w, Server: w.box.server(), URL: "https://chat.shop.example", Zone: time.UTC, Away: AwayFor, Clock: w.now,
		Log: slog.New(slog.DiscardHandler),
	})
}

func (w *world) known(name, email string) {
	w.Helper()
	_, err := w.desk.UpdatePerson(w.Context(), w.ada, w.ada.ID, desk.PersonChange{Name: &name, Email: &email})
	w.must(err)
}

// says is what the customer says; it returns the conversation.
func (w *world) says(text string) string {
	w.Helper()
	p, err := w.desk.Post(w.Context(), w.ada, desk.Posting{ConversationID: chat.NewID(), ClientID: "c" + chat.NewID(), Text: text})
	w.must(err)
	return p.Message.ConversationID
}

func (w *world) replies(text string) chat.Message {
	w.Helper()
	p, err := w.desk.Post(w.Context(), w.ben, desk.Posting{ConversationID: w.talk, ClientID: "c" + chat.NewID(), Kind: chat.Reply, Text: text})
	w.must(err)
	return p.Message
}

// round lets the worker do what is due now.
func (w *world) round() time.Duration {
	w.Helper()
	return w.worker.round(w.Context())
}

// away lets the customer be away long enough for what is queued to go out.
func (w *world) away() {
	w.Helper()
	w.round()
	w.later(AwayFor + time.Second)
	w.round()
}

// state tells the outbox in one line: how many wait, are sent and were given up.
func (w *world) state() (waiting, sent, failed int) {
	w.Helper()
	for query, n := range map[string]*int{
		`waiting = 1`: &waiting, `sent_at > 0`: &sent, `failed_at > 0`: &failed,
	} {
		*n = count(w.T, w.path, `SELECT count(*) FROM mail WHERE `+query)
	}
	return waiting, sent, failed
}

func (w *world) stands(waiting, sent, failed int) {
	w.Helper()
	if a, b, c := w.state(); a != waiting || b != sent || c != failed {
		w.Errorf("%d wait, %d are sent, %d were given up; want %d, %d, %d", a, b, c, waiting, sent, failed)
	}
}

// mailed is an e-mail as a reader would have it.
type mailed struct {
	netmail.Header
	From, To   string // of the envelope
	Text, HTML string
	Files      map[string]string // what comes with it, by the type that it says
}

func (m mailed) subject() string {
	s, err := new(mime.WordDecoder).DecodeHeader(m.Get("Subject"))
	if err != nil {
		return err.Error()
	}
	return s
}

// link is the only address of this kind in the text.
func (m mailed) link(t *testing.T, before string) string {
	t.Helper()
	_, rest, ok := strings.Cut(m.Text, before+": ")
	if !ok {
		t.Fatalf("no link %q in\n%s", before, m.Text)
	}
	link, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(link)
}

// box is a real mail server that keeps what it gets and refuses as it is told.
type box struct {
	addr     *net.TCPAddr
	smtp     *smtp.Server
	mu       sync.Mutex
	got      []mailed
	refuse   func(step string) error // "from", "to", "data"; nil takes all
	signedIn []string
}

// startBox starts a mail server; change, which may be nil, sees it before.
func startBox(t *testing.T, change func(*smtp.Server, net.Listener) net.Listener) *box {
	t.Helper()
	b := &box{}
	b.smtp = smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{box: b}, nil }))
	b.smtp.Domain, b.smtp.ReadTimeout, b.smtp.ErrorLog = "mail.shop.example", 10*time.Second, nolog{}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = ln.Addr().(*net.TCPAddr)
	if change != nil {
		ln = change(b.smtp, ln)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = b.smtp.Serve(ln) }()
	t.Cleanup(func() { _ = b.smtp.Close(); <-ended })
	return b
}

type nolog struct{}

func (nolog) Printf(string, ...any) {}
func (nolog) Println(...any)        {}

func (b *box) server() *Server {
	return &Server{Host: "127.0.0.1", Port: b.addr.Port, From: "hello@shop.example"}
}

func (b *box) refuses(refuse func(step string) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refuse = refuse
}

func (b *box) asked(step string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.refuse == nil {
		return nil
	}
	return b.refuse(step)
}

// take returns what came since the last time.
func (b *box) take() []mailed {
	b.mu.Lock()
	defer b.mu.Unlock()
	got := b.got
	b.got = nil
	return got
}

// one returns the only e-mail that came.
func (b *box) one(t *testing.T) mailed {
	t.Helper()
	got := b.take()
	if len(got) != 1 {
		t.Fatalf("%d e-mails came, want 1", len(got))
	}
	return got[0]
}

// session is one connection to the mail server.
type session struct {
	box  *box
	from string
	to   []string
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.box.mu.Lock()
		defer s.box.mu.Unlock()
		s.box.signedIn = append(s.box.signedIn, user+":"+password)
		if password != "hush" {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *session) Reset()        { s.from, s.to = "", nil }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return s.box.asked("from")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return s.box.asked("to")
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.box.asked("data"); err != nil {
		return err
	}
	m, err := parse(raw)
	if err != nil {
		return err
	}
	m.From, m.To = s.from, strings.Join(s.to, " ")
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	s.box.got = append(s.box.got, *m)
	return nil
}

// parse reads an e-mail of two alternatives, or of plain text alone, with what is attached.
func parse(raw []byte) (*mailed, error) {
	for line := range bytes.Lines(raw) {
		if len(line) > 1000 {
			return nil, errors.New("a line is longer than SMTP allows")
		}
	}
	msg, err := netmail.ReadMessage(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		return nil, err
	}
	m := &mailed{Header: msg.Header}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err == nil && kind == "text/plain" {
		body, err := io.ReadAll(quotedprintable.NewReader(msg.Body))
		m.Text = strings.ReplaceAll(string(body), "\r\n", "\n")
		return m, err
	}
	if err == nil && kind == "multipart/mixed" {
		return m, m.mixed(multipart.NewReader(msg.Body, params["boundary"]))
	}
	if err != nil || kind != "multipart/alternative" {
		return nil, errors.Join(err, errors.New("not two alternatives but "+kind))
	}
	return m, m.alternatives(multipart.NewReader(msg.Body, params["boundary"]))
}

// mixed reads the alternatives, and after them what is attached.
func (m *mailed) mixed(parts *multipart.Reader) error {
	first, err := parts.NextRawPart()
	if err != nil {
		return err
	}
	_, params, err := mime.ParseMediaType(first.Header.Get("Content-Type"))
	if err != nil {
		return err
	}
	if err := m.alternatives(multipart.NewReader(first, params["boundary"])); err != nil {
		return err
	}
	m.Files = map[string]string{}
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
		if err != nil {
			return err
		}
		kind, params, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		m.Files[kind+" "+params["method"]] = string(body)
		if err != nil {
			return err
		}
	}
}

func (m *mailed) alternatives(parts *multipart.Reader) error {
	for _, into := range []*string{&m.Text, &m.HTML} {
		part, err := parts.NextRawPart()
		if err != nil {
			return err
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			return err
		}
		*into = strings.ReplaceAll(string(body), "\r\n", "\n")
	}
	return nil
}

// count runs a query for one number beside the store.
func count(t *testing.T, path, query string) (n int) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_busy_timeout=5000&_query_only=1")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow(query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
