package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/cmd/rapport/bench/drive"
	"rapport/hub"
	"rapport/hub/chat"
)

// turnLock is storage's lock of whose turn it is to write: while a test holds it, what
// several servers do next waits, and then they do it at once.
const turnLock = 7261707076

func (s *shared) open() *sql.DB {
	s.t.Helper()
	db, err := sql.Open("pgx", s.dsn)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = db.Close() })
	return db
}

func (s *shared) count(query string) (n int) {
	s.t.Helper()
	if err := s.open().QueryRow(query).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}

// place is where the clients of a server find it.
func (s *shared) place(r *running) drive.Place {
	s.t.Helper()
	p, err := drive.NewPlace(r.places.Console, r.places.Widget, r.places.SiteKey)
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// setUp makes the owner at one server, and signs them in at another too.
func (s *shared) setUp(one, other *running, name string) (here, there *drive.Account) {
	s.t.Helper()
	const email, password = "owner@shop.example", "a long walk by the river"
	_, token, _ := strings.Cut(one.places.Setup, "#")
	here, err := drive.SetUp(s.t.Context(), s.place(one), token, name, email, password)
	if err == nil {
		there, err = drive.SignIn(s.t.Context(), s.place(other), email, password)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return here, there
}

// socket opens one and reads its hello.
func socket(t *testing.T, open func(ctx context.Context, epoch string, after map[string]int64) (*drive.Socket, error)) *drive.Socket {
	t.Helper()
	s, err := open(t.Context(), "", nil)
	if err == nil {
		t.Cleanup(s.Cut)
		_, _, err = s.Await("hello", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// closes reads until the server closes, which it must within 5 s.
func closes(t *testing.T, s *drive.Socket, code hub.Code) {
	t.Helper()
	if err := s.WaitUntil(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := s.Read(nil); err != nil {
			if drive.CodeOf(err) != int(code) {
				t.Errorf("it ends with %v, want %d", err, code)
			}
			return
		}
	}
}

// beginning is a server that may never greet.
type beginning struct {
	out, log *lines
	code     chan int
}

// atOnce starts servers that come to their first write at the same moment.
func (s *shared) atOnce(folders ...string) []*beginning {
	s.t.Helper()
	conn, err := s.open().Conn(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := conn.ExecContext(s.t.Context(), `SELECT pg_advisory_lock($1)`, turnLock); err != nil {
		s.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	all := make([]*beginning, len(folders))
	for i, dir := range folders {
		b := &beginning{out: &lines{}, log: &lines{}, code: make(chan int, 1)}
		all[i] = b
		args := append([]string{"serve", "--addr", "127.0.0.1:0", "--json", "--data", dir}, s.args()...)
		go func() { b.code <- run(ctx, args, streams{strings.NewReader(""), b.out, b.log}) }()
	}
	s.t.Cleanup(func() {
		stop()
		for _, b := range all {
			select {
			case <-b.code:
			case <-time.After(10 * time.Second):
				s.t.Error("it still runs")
			}
		}
	})
	comesTrue(s.t, "they do not all come to write", func() bool {
		var n int
		err := conn.QueryRowContext(s.t.Context(), `SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND (classid::bigint << 32 | objid::bigint) = $1`, turnLock).Scan(&n)
		if err != nil {
			s.t.Fatal(err)
		}
		return n == len(folders)
	})
	if _, err := conn.ExecContext(s.t.Context(), `SELECT pg_advisory_unlock($1)`, turnLock); err != nil {
		s.t.Fatal(err)
	}
	_ = conn.Close()
	return all
}

// settled reports whether a server has greeted or ended.
func (b *beginning) settled() bool { return strings.Contains(b.out.String(), "\n") || len(b.code) > 0 }

// Servers that begin on an empty database at once make one site between them.
func TestServersThatBeginAtOnceMakeOneSite(t *testing.T) {
	s := newShared(t)
	all := s.atOnce(s.folder(), s.folder(), s.folder())
	keys := map[string]bool{}
	for _, b := range all {
		comesTrue(t, "one does not begin", b.settled)
		var p places
		if err := json.Unmarshal([]byte(b.out.String()), &p); err != nil {
			t.Fatalf("%v in %q, %s", err, b.out, b.log)
		}
		keys[p.SiteKey] = true
	}
	if n := s.count(`SELECT count(*) FROM site`); n != 1 || len(keys) != 1 {
		t.Errorf("there are %d sites, and the servers name %v", n, keys)
	}
}

// Of servers with keys of their own that begin on an empty database at once one goes on,
// and the others say what is wrong.
func TestServersThatBeginAtOnceHaveOneKey(t *testing.T) {
	s := newShared(t)
	all := s.atOnce(t.TempDir(), t.TempDir(), t.TempDir())
	runs := 0
	for _, b := range all {
		comesTrue(t, "one neither begins nor ends", b.settled)
		if strings.Contains(b.out.String(), "\n") {
			runs++
		} else if log := b.log.String(); !strings.Contains(log, "another key") || !strings.Contains(log, keyName) {
			t.Errorf("one that ends says\n%s", log)
		}
	}
	if runs != 1 {
		t.Errorf("%d go on", runs)
	}
	if n := s.count(`SELECT count(*) FROM site`); n != 1 {
		t.Errorf("there are %d sites", n)
	}
}

// Each server prints a set-up link. Whichever is used first makes the owner; neither
// it nor the other makes a second one.
func TestSetUpLinksOfServersMakeOneOwner(t *testing.T) {
	s := newShared(t)
	servers := []*running{s.serve(), s.serve()}
	var wg sync.WaitGroup
	failed := make([]error, 4)
	for i := range failed {
		_, token, _ := strings.Cut(servers[i/2].places.Setup, "#") // each link at both servers
		at := s.place(servers[i%2])
		wg.Go(func() {
			_, failed[i] = drive.SetUp(t.Context(), at, token, "Ilse Brandt", fmt.Sprintf("ilse%d@shop.example", i), "a long walk by the river")
		})
	}
	wg.Wait()
	made := 0
	for _, err := range failed {
		if err == nil {
			made++
		} else if !strings.Contains(err.Error(), "used already") {
			t.Errorf("who comes late hears %v", err)
		}
	}
	if n := s.count(`SELECT count(*) FROM agent`); made != 1 || n != 1 {
		t.Errorf("%d were let in, and there are %d agents", made, n)
	}
}

// Changes of one site through two servers at once are all kept.
func TestSettingsChangedThroughTwoServersAreKept(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	here, there := s.setUp(one, other, "Edda Voss")
	path := "/v1/console/sites/" + here.SiteID
	for round := range 25 {
		word := fmt.Sprintf("Round %d", round)
		var wg sync.WaitGroup
		change := func(a *drive.Account, field string) {
			wg.Go(func() {
				if err := a.Call(t.Context(), http.MethodPatch, path, map[string]string{field: word}, nil); err != nil {
					t.Error(err)
				}
			})
		}
		change(here, "greeting")
		change(there, "reply_note")
		wg.Wait()
		var text string
		if err := s.open().QueryRow(`SELECT settings FROM site WHERE id = $1`, here.SiteID).Scan(&text); err != nil {
			t.Fatal(err)
		}
		var kept chat.SiteSettings
		if err := json.Unmarshal([]byte(text), &kept); err != nil {
			t.Fatal(err)
		}
		if kept.Greeting != word || kept.ReplyNote != word {
			t.Fatalf("after round %d it says %q and %q", round, kept.Greeting, kept.ReplyNote)
		}
	}
}

// Without NATS, what was ended through one server is closed at the other.
func TestWithoutNATSSocketsOfOtherServersClose(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	here, there := s.setUp(one, other, "Tomke Harms")
	v, err := drive.NewCrowd(s.place(other)).Visitor(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	visitor, agent := socket(t, v.Socket), socket(t, there.Socket)
	s.nats.Shutdown()
	s.nats.WaitForShutdown()

	v.Place = s.place(one)
	if err := v.Call(t.Context(), http.MethodPost, "/v1/widget/forget", struct{}{}, nil); err != nil {
		t.Fatal(err)
	}
	closes(t, visitor, hub.Revoked)

	var mine struct {
		Sessions []struct {
			ID      string `json:"id"`
			Current bool   `json:"current"`
		} `json:"sessions"`
	}
	if err := here.Call(t.Context(), http.MethodGet, "/v1/console/me/sessions", nil, &mine); err != nil {
		t.Fatal(err)
	}
	for _, one := range mine.Sessions {
		if !one.Current {
			if err := here.Call(t.Context(), http.MethodDelete, "/v1/console/me/sessions/"+one.ID, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	closes(t, agent, hub.Revoked)
}

// A sign-in that was ended somewhere is over here, however far the clock there is behind.
func TestASignInEndedByASlowClockIsOver(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	_, there := s.setUp(one, other, "Meike Lorenz")
	agent := socket(t, there.Socket)
	// What another server would have written, and told nobody, before it died.
	slow := chat.SystemClock().Add(-10 * time.Minute)
	if _, err := s.open().Exec(`UPDATE agent_session SET revoked_at = $1`, slow); err != nil {
		t.Fatal(err)
	}
	closes(t, agent, hub.Revoked)
}

// What was read through one server is read in the lists at another, with NATS or without.
func TestReadMarksShowAtOtherServers(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	here, there := s.setUp(one, other, "Wiebke Thoms")
	reader, watcher := socket(t, here.Socket), socket(t, there.Socket)
	unread := make(chan int64, 1000)
	go func() {
		var raw []byte
		for {
			var err error
			if raw, err = watcher.Read(raw); err != nil {
				return
			}
			var f struct {
				Type string
				Rows []struct{ Unread int64 }
			}
			if json.Unmarshal(raw, &f) == nil && f.Type == "rows" && len(f.Rows) > 0 {
				unread <- f.Rows[len(f.Rows)-1].Unread
			}
		}
	}()
	shows := func(what string, ok func(n int64) bool) {
		t.Helper()
		for end := time.After(5 * time.Second); ; {
			select {
			case n := <-unread:
				if ok(n) {
					return
				}
			case <-end:
				t.Fatalf("the other server's list does not show %s", what)
			}
		}
	}
	v, err := drive.NewCrowd(s.place(one)).Visitor(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	talk := chat.NewID()
	say := func(client string) {
		t.Helper()
		var posted struct {
			Message drive.Message `json:"message"`
		}
		if err := v.Call(t.Context(), http.MethodPost, "/v1/widget/conversations/"+talk+"/messages", map[string]string{"client_id": client, "text": "Is it open on Sunday?"}, &posted); err != nil {
			t.Fatal(err)
		}
		shows("that something is unread", func(n int64) bool { return n > 0 })
		// In the team's numbers it is later than in the visitor's; a mark beyond the
		// end stands at the end.
		if err := reader.Write([]byte(fmt.Sprintf(`{"type":"read","conversation_id":%q,"seq":%d}`, talk, s.count(`SELECT max(seq) FROM event`)))); err != nil {
			t.Fatal(err)
		}
		shows("that it was read", func(n int64) bool { return n == 0 })
	}
	say("client-with-nats")
	s.nats.Shutdown()
	s.nats.WaitForShutdown()
	say("client-without-nats")
}

// The folder of a server with a key of another installation is refused, as ever.
func TestAServerWithAnotherKeyIsRefused(t *testing.T) {
	s := newShared(t)
	s.serve()
	dir := t.TempDir()
	code, _, log := exec(t, "", append([]string{"serve", "--addr", "127.0.0.1:0", "--data", dir}, s.args()...)...)
	if code == 0 || !strings.Contains(log, "another key") || !strings.Contains(log, dir) {
		t.Errorf("exit %d: %s", code, log)
	}
	if _, err := os.Stat(filepath.Join(dir, keyName)); err != nil {
		t.Errorf("the key that it made is gone: %v", err)
	}
}

// A customer who is erased through one server is a stranger at once in what another
// shows of who looks around, though their page stays open there.
func TestWhoIsErasedIsAStrangerAtOtherServers(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	here, there := s.setUp(one, other, "Frauke Jansen")
	if err := here.Call(t.Context(), http.MethodPatch, "/v1/console/sites/"+here.SiteID, map[string]any{"visitors": map[string]bool{"listed": true}}, nil); err != nil {
		t.Fatal(err)
	}
	page := newContract(t, other.places.Widget)
	began := page.call("startSession", object{"site": other.places.SiteKey, "locale": "en", "zone": "Europe/Berlin"})
	page.token = began["token"].(string)
	page.call("postOwnMessage", object{"client_id": "c-erased-1", "text": "Hello, is anybody there?"}, "id", chat.NewID())
	page.call("tellAttributes", object{"attributes": object{}, "name": "Maria"})
	page.reports(object{
		"site": other.places.SiteKey, "id": strings.Repeat("0f", 16), "url": page.base + "/demo/", "title": "Lamps", "referrer": "",
		"device": chat.HashSecret(began["secret"].(string)), "hidden": false, "gone": false,
	})
	listed := func() (string, int) {
		t.Helper()
		var list struct {
			Visitors []json.RawMessage `json:"visitors"`
		}
		if err := there.Call(t.Context(), http.MethodGet, "/v1/console/visitors?since=0&site="+there.SiteID, nil, &list); err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%s", list.Visitors), len(list.Visitors)
	}
	if text, n := listed(); n != 1 || !strings.Contains(text, "Maria") {
		t.Fatalf("%d look around: %s", n, text)
	}
	person := dig(began, "person", "id").(string)
	if err := here.Call(t.Context(), http.MethodPost, "/v1/console/people/"+person+"/erase", map[string]string{"reason": "asked", "confirm": "Maria"}, nil); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		text, n := listed()
		if n == 1 && !strings.Contains(text, "Maria") {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d look around: %s", n, text)
		}
	}
}

// A server that stops has told the others first whose sockets close.
func TestWhatAServerEndedIsClosedThoughItStops(t *testing.T) {
	for _, nats := range []bool{true, false} {
		s := newShared(t)
		one, other := s.serve(), startServer(t, s.args("--data", s.folder())...)
		s.setUp(one, other, "Tomke Harms")
		v, err := drive.NewCrowd(s.place(one)).Visitor(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		visitor := socket(t, v.Socket)
		if !nats {
			s.nats.Shutdown()
			s.nats.WaitForShutdown()
		}
		v.Place = s.place(other)
		if err := v.Call(t.Context(), http.MethodPost, "/v1/widget/forget", struct{}{}, nil); err != nil {
			t.Fatal(err)
		}
		other.end(t)
		closes(t, visitor, hub.Revoked)
	}
}
