package console

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/cycle/starter"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/visitors"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
	"rapport/widget"
)

// world is a whole server on a port of its own: store, hub, desk, both doors.
type world struct {
	t     testing.TB
	store *storage.Store
	hub   *hub.Hub
	desk  *desk.Desk
	door  *Door
	app   *door.App // with both doors
	site  *chat.Site
	url   string // origin of both doors
	dir   string // where the database lies
	ahead atomic.Int64
	log   *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

const goodPassword = "kettle orbit mango"

// goodHash is the hash of goodPassword, made once: hashing is slow by design.
var goodHash = sync.OnceValue(func() string { return HashPassword(goodPassword) })

func newWorld(t testing.TB, change ...func(*Options)) *world {
	t.Helper()
	w := &world{t: t, log: &lockedBuffer{}, dir: t.TempDir()}
	log := slog.New(slog.NewTextHandler(w.log, nil))
	clock := func() chat.Time { return chat.SystemClock().Add(time.Duration(w.ahead.Load())) }
	key := bytes.Repeat([]byte{7}, 32)
	var err error
	w.store, err = storage.Open(t.Context(), storage.Options{
		DSN: ready.File(t, filepath.Join(w.dir, "test.db")), Key: key, Clock: clock, Log: log,
		Publish: func(e []chat.Event) { w.hub.Publish(e) },
	})
	w.must(err)
	w.hub = hub.New(hub.Options{Rows: w.store, Log: log})
	w.desk = desk.New(w.store, time.UTC, nil)
	w.site = w.newSite("Lumen & Clay")

	ln, err := door.Listen(t.Context(), "127.0.0.46:0", door.ListenOptions{})
	w.must(err)
	w.url = "http://" + ln.Addr().String()
	o := Options{
		Store: w.store, Desk: w.desk, Hub: w.hub, Clock: clock, Log: log,
		Keys:      Keys{Session: bytes.Repeat([]byte{1}, 32), CSRF: bytes.Repeat([]byte{2}, 32)},
		PublicURL: w.url, WidgetURL: w.url, Previews: door.NewPreviews(clock, nil), Tries: door.NewTries(clock, nil), Visitors: visitors.New(clock, 0), Rates: door.HugeRates(), Limits: hub.AgentLimits().Relaxed(),
	}
	folder, err := files.OpenFolder(filepath.Join(w.dir, "files"))
	w.must(err)
	o.Files = &files.Shelf{Store: folder, Book: w.store, Quota: o.Rates.Files, Clock: clock}
	o.Links = files.NewLinks(bytes.Repeat([]byte{4}, 32), w.url)
	for _, f := range change {
		f(&o)
	}
	w.door, err = New(o)
	w.must(err)
	app := door.New(door.Options{Log: log})
	w.app = app
	w.door.Mount(app)
	widget.New(widget.Options{
		Store: w.store, Desk: w.desk, Hub: w.hub, Clock: clock, Log: log, Key: bytes.Repeat([]byte{3}, 32),
		URL: w.url, Rates: door.HugeRates(), Limits: hub.VisitorLimits().Relaxed(),
		Files: o.Files, Links: o.Links, Visitors: o.Visitors,
	}).Mount(app)
	var serving sync.WaitGroup
	serving.Go(func() { _ = app.Serve(ln) }) // ends with the shutdown below
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = w.hub.Drain(ctx)
		_ = app.Shutdown(ctx)
		serving.Wait()
		if err := w.store.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
	})
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// later lets the server's clock run ahead.
func (w *world) later(d time.Duration) { w.ahead.Add(int64(d)) }

func (w *world) newSite(name string) *chat.Site {
	w.t.Helper()
	set, err := starter.Load("shop")
	w.must(err)
	site := &chat.Site{ID: chat.NewID(), Key: strings.ReplaceAll(chat.NewID(), "-", "")[:12] + chat.NewSecret()[:4], SiteSettings: chat.DefaultSettings(name)}
	guide := set.For(site.ID, set.Origin(), chat.SystemClock())
	w.must(w.store.InsertSite(w.t.Context(), site, &chat.IdentitySecret{KID: chat.NewID(), Secret: chat.NewSecret()}, guide))
	return site
}

// hire makes an agent whose password is goodPassword.
func (w *world) hire(name string, role chat.Role) *chat.Agent {
	w.t.Helper()
	a := &chat.Agent{ID: chat.NewID(), Name: name, Email: strings.ToLower(name) + "@shop.example", Role: role, PasswordHash: goodHash()}
	w.must(w.store.InsertAgent(w.t.Context(), a))
	return a
}

// browser is an HTTP client with the cookies of one site, kept by hand so that
// tests can look at them and put old ones back.
type browser struct {
	w      *world
	cookie string // of the session, "" without
	csrf   string
	set    *http.Cookie // what the last answer set
	header http.Header  // sent with every request
}

func (w *world) browser() *browser { return &browser{w: w, header: http.Header{}} }

// seat gives an agent a browser in which they are signed in.
func (w *world) seat(a *chat.Agent) *browser {
	w.t.Helper()
	b := w.browser()
	s := w.session(a)
	token, err := w.door.tokens.sign(s)
	w.must(err)
	b.cookie, b.csrf = token, w.door.csrf.token(s.ID)
	return b
}

// proofOf is what an agent shows who signs in.
func (w *world) proofOf(a *chat.Agent) chat.Proof {
	w.t.Helper()
	proof := chat.Proof{Password: a.PasswordHash}
	v, err := w.store.SecondStep(w.t.Context(), a.ID)
	if err == nil {
		proof.Second = v.OnAt
	} else if !chat.Is(err, chat.NotFound) {
		w.t.Fatal(err)
	}
	return proof
}

func (w *world) session(a *chat.Agent) *chat.AgentSession {
	w.t.Helper()
	now := w.door.Clock()
	s := &chat.AgentSession{ID: chat.NewID(), AgentID: a.ID, Generation: 1, RotatedAt: now, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(sessionLife)}
	w.must(w.store.InsertSession(w.t.Context(), s, w.proofOf(a)))
	return s
}

type answer struct {
	status int
	body   string
	header http.Header
}

var plainHTTP = &http.Client{
	Timeout:       20 * time.Second,
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

// call sends a request as the console does. body nil sends {} where there is a body.
func (b *browser) call(method, path string, body any) answer {
	b.w.t.Helper()
	var in io.Reader
	if method != http.MethodGet {
		if body == nil {
			body = struct{}{}
		}
		text, err := json.Marshal(body)
		b.w.must(err)
		in = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(b.w.t.Context(), method, b.w.url+path, in)
	b.w.must(err)
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("X-CSRF-Token", b.csrf)
		req.Header.Set("Origin", b.w.url)
	}
	for k, v := range b.header {
		req.Header[k] = v
	}
	if b.cookie != "" {
		req.Header.Set("Cookie", b.w.door.cookieName()+"="+b.cookie)
	}
	res, err := plainHTTP.Do(req)
	b.w.must(err)
	defer res.Body.Close()
	out, err := io.ReadAll(res.Body)
	b.w.must(err)
	b.set = nil
	for _, c := range res.Cookies() {
		b.set = c
		b.cookie = c.Value
	}
	return answer{res.StatusCode, string(out), res.Header}
}

// api calls below /v1/console.
func (b *browser) api(method, path string, body any) answer {
	b.w.t.Helper()
	return b.call(method, apiPrefix+path, body)
}

// do is api that must succeed; it decodes the answer into out, if there is one.
func (b *browser) do(method, path string, body, out any) {
	b.w.t.Helper()
	a := b.api(method, path, body)
	if a.status != http.StatusOK {
		b.w.t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	if out != nil {
		if err := json.Unmarshal([]byte(a.body), out); err != nil {
			b.w.t.Fatalf("%s %s: %v in %s", method, path, err, a.body)
		}
	}
}

// fails checks status and code of a refusal.
func (b *browser) fails(method, path string, body any, status int, code chat.Code) answer {
	b.w.t.Helper()
	a := b.api(method, path, body)
	a.is(b.w.t, method+" "+path, status, code)
	return a
}

func (a answer) is(t testing.TB, what string, status int, code chat.Code) {
	t.Helper()
	var f chat.Failure
	if err := json.Unmarshal([]byte(a.body), &f); err != nil || a.status != status || f.Code != code || f.Message == "" {
		t.Fatalf("%s: got %d %s, want %d %s", what, a.status, a.body, status, code)
	}
}

type object = map[string]any

// signIn signs in as the console does and keeps the CSRF token.
func (b *browser) signIn(email, password string) {
	b.w.t.Helper()
	var me meShape
	b.do(post, "/login", object{"email": email, "password": password}, &me)
	b.csrf = me.CSRF
}

// visitor is a customer with a session, speaking through the visitors' door.
type visitor struct {
	w     *world
	token string
	id    string // conversation
}

// arrives makes a visitor who has said something.
func (w *world) arrives(text string) *visitor {
	w.t.Helper()
	return w.arrivesAt(w.site, text)
}

func (w *world) arrivesAt(site *chat.Site, text string) *visitor {
	w.t.Helper()
	b := w.browser()
	var s struct {
		Token string `json:"token"`
	}
	a := b.call(post, "/v1/widget/session", object{"site": site.Key})
	w.must(json.Unmarshal([]byte(a.body), &s))
	v := &visitor{w: w, token: s.Token, id: chat.NewID()}
	v.says(text)
	return v
}

func (v *visitor) says(text string) {
	v.w.t.Helper()
	b := v.w.browser()
	b.header.Set("Authorization", "Bearer "+v.token)
	a := b.call(post, "/v1/widget/conversations/"+v.id+"/messages", object{"client_id": chat.NewID(), "text": text})
	if a.status != http.StatusOK {
		v.w.t.Fatalf("visitor's message: %d %s", a.status, a.body)
	}
}

// freePort is an address that nobody listens on, for tests of what comes from
// elsewhere.
func freePort(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.46:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}
