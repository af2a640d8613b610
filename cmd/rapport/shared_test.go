package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	nats "github.com/nats-io/nats-server/v2/server"

	"rapport/storage/storagetest/cluster"
)

// shared is an installation of several servers: their database, and NATS.
type shared struct {
	t    *testing.T
	dsn  string
	opts *nats.Options
	nats *nats.Server
	key  []byte // of the first one's folder
}

func newShared(t *testing.T) *shared {
	t.Helper()
	s := &shared{t: t, dsn: cluster.Database(t), opts: &nats.Options{Host: "127.0.0.1", Port: nats.RANDOM_PORT, NoLog: true, NoSigs: true}}
	s.startNATS()
	return s
}

// startNATS starts it where it was before.
func (s *shared) startNATS() {
	s.t.Helper()
	var err error
	if s.nats, err = nats.NewServer(s.opts); err != nil {
		s.t.Fatal(err)
	}
	go s.nats.Start()
	if !s.nats.ReadyForConnections(5 * time.Second) {
		s.t.Fatal("NATS does not start")
	}
	s.opts.Port = s.nats.Addr().(*net.TCPAddr).Port
	s.t.Cleanup(s.nats.Shutdown)
}

// folder is the data folder of another server, with the key of the first.
func (s *shared) folder() string {
	s.t.Helper()
	dir := s.t.TempDir()
	path := filepath.Join(dir, "secret.key")
	if s.key == nil {
		var err error
		if _, err = readKey(path); err == nil {
			s.key, err = os.ReadFile(path)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	} else if err := os.WriteFile(path, s.key, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return dir
}

func (s *shared) args(more ...string) []string {
	return append([]string{"--store", s.dsn, "--nats", fmt.Sprintf("nats://127.0.0.1:%d", s.opts.Port)}, more...)
}

// serve starts one of the servers; it ends with the test.
func (s *shared) serve(more ...string) *running {
	s.t.Helper()
	r := startServer(s.t, s.args(append([]string{"--data", s.folder()}, more...)...)...)
	s.t.Cleanup(func() {
		r.stop()
		select {
		case <-r.code:
		case <-time.After(10 * time.Second):
			s.t.Error("it still runs")
		}
	})
	return r
}

// comesTrue waits until ok, at most 10 s.
func comesTrue(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
	}
}

// Tries to sign in are counted over all servers, exactly.
func TestSignInsAreCountedOverServers(t *testing.T) {
	s := newShared(t)
	servers := []*running{s.serve(), s.serve()}
	codes := map[int]int{}
	for i := range 12 {
		at := strings.TrimSuffix(servers[i%2].places.Console, "/console/")
		req, err := http.NewRequest(http.MethodPost, at+"/v1/console/login", strings.NewReader(`{"email":"ben@shop.example","password":"a guess"}`))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Origin", at)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		codes[res.StatusCode]++
	}
	if codes[http.StatusUnauthorized] != 5 || codes[http.StatusTooManyRequests] != 7 {
		t.Errorf("two servers answer %v; one answers five times", codes)
	}
}

// What a network has spent on one server is spent on the other a moment later.
func TestRatesAreToldToOtherServers(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	begin := func(r *running) int {
		res, err := http.Post(r.places.Widget+"/v1/widget/session", "application/json", strings.NewReader(fmt.Sprintf(`{"site":%q}`, r.places.SiteKey)))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	if code := begin(other); code != http.StatusOK {
		t.Fatalf("a session: %d", code)
	}
	for begin(one) == http.StatusOK { //nolint:revive // until it is too many
	}
	comesTrue(t, "the other server still gives sessions away", func() bool { return begin(other) == http.StatusTooManyRequests })
	if n := len(regexp.MustCompile(`level=(WARN|ERROR)`).FindAllString(other.log.String(), -1)); n > 1 { // that of the files' folder
		t.Errorf("it says:\n%s", other.log)
	}
}

// What an owner looks at before it is saved is shown by whichever server is asked.
func TestPreviewsAreSharedByServers(t *testing.T) {
	s := newShared(t)
	one, other := s.serve(), s.serve()
	w := newContract(t, one.places.Widget)
	w.console = strings.TrimSuffix(one.places.Console, "/console/")
	_, token, _ := strings.Cut(other.places.Setup, "#") // of whoever started last
	me := w.call("setUp", object{"token": token, "name": "Ruth Hale", "email": "ruth@shop.example", "password": "a long walk by the river"})
	w.csrf = me["csrf"].(string)
	sites := w.call("listSites", nil)
	site := dig(sites["sites"].([]any)[0], "id").(string)
	shown := w.call("previewSite", object{"greeting": "Not saved yet"}, "id", site)
	for _, r := range []*running{one, other} {
		if code, body := get(t, r.places.Widget+"/v1/widget/config.js?site="+shown["key"].(string)); code != http.StatusOK || !strings.Contains(body, "Not saved yet") {
			t.Errorf("%s shows %d %s", r.places.Widget, code, body)
		}
	}
}
