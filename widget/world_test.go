package widget

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gobwas/ws"
	"github.com/gobwas/ws/wsutil"

	"rapport/hub"
	"rapport/hub/chat"
	"rapport/hub/desk"
	"rapport/hub/door"
	"rapport/hub/files"
	"rapport/hub/visitors"
	"rapport/storage"
	"rapport/storage/storagetest/ready"
)

// world is a real server with one site and one agent, over a real socket.
type world struct {
	t        *testing.T
	base     string
	door     *Door
	store    *storage.Store
	desk     *desk.Desk
	hub      *hub.Hub
	broker   *hub.Memory
	files    files.Folder
	site     *chat.Site
	agent    chat.Actor
	kid      string
	previews *door.Previews
	tries    *door.Tries
	key      string       // the site's identity secret
	ahead    atomic.Int64 // milliseconds that the server's clock is ahead
	from     string       // address that a proxy in front would name, "" for this machine
}

// consoleOrigin is where agents are.
const consoleOrigin = "https://console.example"

var testKey = bytes.Repeat([]byte{7}, 32)

func newWorld(t *testing.T, change ...func(*Options)) *world {
	t.Helper()
	ctx := context.Background()
	w := &world{t: t, kid: chat.NewID(), key: chat.NewSecret()}
	clock := func() chat.Time { return chat.SystemClock() + chat.Time(w.ahead.Load()) }
	store, err := storage.Open(ctx, storage.Options{
		DSN: ready.File(t, filepath.Join(t.TempDir(), "rapport.db")), Key: testKey, Clock: clock,
		Publish: func(events []chat.Event) { w.hub.Publish(events) },
	})
	w.must(err)
	w.broker = hub.NewMemory()
	w.store, w.hub, w.desk = store, hub.New(hub.Options{Rows: store, Broker: w.broker}), desk.New(store, nil, nil)
	w.site = &chat.Site{ID: chat.NewID(), Key: "testsite", SiteSettings: chat.DefaultSettings("Lumen")}
	w.site.AllowedOrigins = []string{"https://shop.example"}
	w.must(store.InsertSite(ctx, w.site, &chat.IdentitySecret{KID: w.kid, Secret: w.key}, chat.Guide{}))
	a := &chat.Agent{ID: chat.NewID(), Email: "ana@example.com", Name: "Ana", Role: chat.AgentRole}
	w.must(store.InsertAgent(ctx, a))
	w.agent = chat.Actor{Kind: chat.ByAgent, ID: a.ID, Role: a.Role}

	ln, err := door.Listen(ctx, "127.0.0.1:0", door.ListenOptions{})
	w.must(err)
	w.base = "http://" + ln.Addr().String()
	w.previews = door.NewPreviews(clock, nil)
	w.tries = door.NewTries(clock, nil)
	app := door.New(door.Options{Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	o := Options{
		Store: store, Desk: w.desk, Hub: w.hub, Clock: clock, Log: slog.New(slog.DiscardHandler), Key: testKey,
		URL: w.base, Hosts: []string{consoleOrigin}, Previews: w.previews, Tries: w.tries, Visitors: visitors.New(clock, 3), Rates: door.DefaultRates(), Limits: hub.VisitorLimits(), Demo: w.site.Key,
	}
	for _, f := range change {
		f(&o)
	}
	folder, err := files.OpenFolder(filepath.Join(t.TempDir(), "files"))
	w.must(err)
	w.files = folder
	o.Files = &files.Shelf{Store: folder, Book: store, Quota: o.Rates.Files, Clock: clock}
	o.Links = files.NewLinks(testKey, o.URL)
	w.door = New(o)
	w.door.Mount(app)
	done := make(chan error, 1)
	go func() { done <- app.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = w.hub.Drain(ctx)
		_ = app.Shutdown(ctx)
		<-done
		_ = store.Close()
	})
	return w
}

// colleague makes another agent and returns their id.
func (w *world) colleague(name string) string {
	w.t.Helper()
	a := &chat.Agent{ID: chat.NewID(), Email: chat.NewID() + "@example.com", Name: name, Role: chat.Supervisor}
	w.must(w.store.InsertAgent(context.Background(), a))
	return a.ID
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// call makes a request and returns status and body.
func (w *world) call(method, path, token string, body any, headers ...string) (int, []byte) {
	w.t.Helper()
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		w.must(err)
		in = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, w.base+path, in)
	w.must(err)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	if w.from != "" {
		req.Header.Set("X-Forwarded-For", w.from)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	w.must(err)
	defer func() { _ = res.Body.Close() }()
	out, err := io.ReadAll(res.Body)
	w.must(err)
	return res.StatusCode, out
}

func (w *world) failure(body []byte) chat.Failure {
	w.t.Helper()
	var f chat.Failure
	w.must(json.Unmarshal(body, &f))
	return f
}

type m map[string]any

// visit opens a session and fails the test if it is refused.
func (w *world) visit(r m) sessionAnswer {
	w.t.Helper()
	r["site"] = w.site.Key
	status, body := w.call("POST", "/v1/widget/session", "", r)
	if status != 200 {
		w.t.Fatalf("session: %d %s", status, body)
	}
	var a sessionAnswer
	w.must(json.Unmarshal(body, &a))
	return a
}

// wire is a visitor's socket.
type wireConn struct {
	w    *world
	conn net.Conn
}

func (w *world) dial() *wireConn {
	w.t.Helper()
	header := ws.HandshakeHeaderHTTP{"Origin": {w.base}}
	if w.from != "" {
		header["X-Forwarded-For"] = []string{w.from}
	}
	d := ws.Dialer{Header: header, Timeout: 5 * time.Second}
	conn, br, _, err := d.Dial(context.Background(), "ws"+strings.TrimPrefix(w.base, "http")+"/v1/widget/socket")
	w.must(err)
	if br != nil {
		w.t.Fatal("the server spoke before the client")
	}
	w.t.Cleanup(func() { _ = conn.Close() })
	return &wireConn{w, conn}
}

// connect opens a socket and says hello.
func (w *world) connect(token string, resume m, epoch string) (*wireConn, m) {
	w.t.Helper()
	c := w.dial()
	if resume == nil {
		resume = m{}
	}
	c.send(m{"type": "hello", "protocol": 1, "token": token, "epoch": epoch, "resume": resume})
	return c, c.next("hello")
}

func (c *wireConn) send(v any) {
	c.w.t.Helper()
	b, err := json.Marshal(v)
	c.w.must(err)
	c.w.must(wsutil.WriteClientText(c.conn, b))
}

// read returns the next frame, or the close that came instead.
func (c *wireConn) read() (m, error) {
	_ = c.conn.SetReadDeadline(time.Now().Add(5 * time.Second))
	b, err := wsutil.ReadServerText(c.conn)
	if err != nil {
		return nil, err
	}
	var v m
	return v, json.Unmarshal(b, &v)
}

// next skips frames until one of this type.
func (c *wireConn) next(kind string) m {
	c.w.t.Helper()
	for {
		v, err := c.read()
		if err != nil {
			c.w.t.Fatalf("waiting for %s: %v", kind, err)
		}
		if v["type"] == kind {
			return v
		}
	}
}

// quiet reports the types of frames that come within a moment.
func (c *wireConn) quiet(d time.Duration) []string {
	var seen []string
	_ = c.conn.SetReadDeadline(time.Now().Add(d))
	for {
		b, err := wsutil.ReadServerText(c.conn)
		if err != nil {
			return seen
		}
		seen = append(seen, string(b))
	}
}

// say posts and returns the ack.
func (c *wireConn) say(conversation, text string) m {
	c.w.t.Helper()
	c.send(m{"type": "post", "ref": "r-" + text, "conversation_id": conversation, "client_id": chat.NewID(), "text": text})
	return c.next("ack")
}

func (w *world) reply(conversation, text string) *desk.Posted {
	w.t.Helper()
	p, err := w.desk.Post(context.Background(), w.agent, desk.Posting{ConversationID: conversation, ClientID: chat.NewID(), Kind: chat.Reply, Text: text})
	w.must(err)
	return p
}

// write posts as a visitor, beside every socket.
func (w *world) write(who chat.Actor, conversation, text string) {
	_, err := w.desk.Post(context.Background(), who, desk.Posting{ConversationID: conversation, ClientID: chat.NewID(), Text: text})
	if err != nil {
		w.t.Error(err)
	}
}

func (w *world) note(conversation, text string) {
	w.t.Helper()
	_, err := w.desk.Post(context.Background(), w.agent, desk.Posting{ConversationID: conversation, ClientID: chat.NewID(), Kind: chat.Note, Text: text})
	w.must(err)
}

func (w *world) mustJSON(body []byte, to any) {
	w.t.Helper()
	w.must(json.Unmarshal(body, to))
}
