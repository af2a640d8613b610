package main

import (
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"os"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	nats "github.com/nats-io/nats-server/v2/server"

	"rapport/hub/chat"
	"rapport/hub/door"
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
	left := door.DefaultRates().Session.Burst
	for ; begin(one) == http.StatusOK; left-- {
		if left < 0 {
			t.Fatal("it gives more than a burst")
		}
	}
	// By itself the other one would give a burst less what it gave already.
	asked := 0
	for ; begin(other) == http.StatusOK; asked++ {
		time.Sleep(door.TellEvery / 4)
	}
	if asked > door.DefaultRates().Session.Burst/2 {
		t.Errorf("the other server gave %d more", asked)
	}
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

// The figures tell of NATS as it is, and the server goes on without it.
func TestFiguresOfNATS(t *testing.T) {
	s := newShared(t)
	srv, at := measuredServer(t, s.args()...)
	holds := func(want ...string) func() bool {
		return func() bool {
			_, body := get(t, at+"/metrics")
			for _, w := range want {
				if !regexp.MustCompile(`(?m)^` + w).MatchString(body) {
					return false
				}
			}
			return true
		}
	}
	comesTrue(t, "it does not show that NATS is there", holds(`rapport_nats_up 1$`, `rapport_nats_round_trip_seconds 0?\.?\d`, `rapport_nats_total\{what="sent"\} [1-9]`, `rapport_leads 1$`, `rapport_streams_unseen_seconds 0`))
	s.nats.Shutdown()
	comesTrue(t, "it does not show that NATS is gone", holds(`rapport_nats_up 0$`))
	if code, body := get(t, srv.console+"/readyz"); code != http.StatusOK || body != `{"status":"ready","waiting_for":"nats"}` {
		t.Errorf("without NATS it is %d %s", code, body)
	}
	s.startNATS()
	comesTrue(t, "it does not show that NATS is back", holds(`rapport_nats_up 1$`))
}

// Servers with folders of files of their own do not serve a public address; those with
// one do, and what comes to one is there for the other.
func TestServersWantOneFolderOfFiles(t *testing.T) {
	s := newShared(t)
	one := s.folder()
	public := []string{"--public-url", "https://console.example.com", "--addr", "127.0.0.1:0"}
	first := startServer(t, s.args(append([]string{"--data", one}, public...)...)...)
	defer first.end(t)
	other := s.folder()
	code, _, log := exec(t, "", append([]string{"serve"}, s.args(append([]string{"--data", other}, public...)...)...)...)
	if code == 0 || !strings.Contains(log, "--files-store") || !strings.Contains(log, filepath.Join(other, filesName)) {
		t.Errorf("another folder: exit %d, %s", code, log)
	}
	if err := os.RemoveAll(filepath.Join(other, filesName)); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(one, filesName), filepath.Join(other, filesName)); err != nil {
		t.Fatal(err)
	}
	second := startServer(t, s.args(append([]string{"--data", other}, public...)...)...)
	second.end(t)
	// On one machine it is a trial, and the log says so.
	trial := s.serve()
	if log := trial.log.String(); !strings.Contains(log, "other servers do not see") {
		t.Errorf("a trial with folders of their own says\n%s", log)
	}
}

// A page of another server's version gets its parts here.
func TestPartsOfAnotherVersionAreServed(t *testing.T) {
	s := newShared(t)
	r := s.serve()
	db, err := sql.Open("pgx", s.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.Exec(`INSERT INTO page_part (name, body, used_at) VALUES ('console-next-ABCD2345.js', 'ZXhwb3J0IHt9', $1)`, chat.SystemClock()); err != nil {
		t.Fatal(err)
	}
	comesTrue(t, "it is not found", func() bool {
		code, body := get(t, r.places.Widget+"/assets/console-next-ABCD2345.js")
		return code == http.StatusOK && body == "export {}"
	})
	var kept int
	if err := db.QueryRow(`SELECT count(*) FROM page_part`).Scan(&kept); err != nil || kept < 10 {
		t.Errorf("%d parts of this version are kept for others: %v", kept, err)
	}
}

// What the README tells to try works, word by word: two servers, and what is written to
// one is answered on the other.
func TestReadmeOnSeveralServers(t *testing.T) {
	s := newShared(t)
	lines := strings.Split(strings.TrimSpace(blocks(t, "Several servers", "sh")[0]), "\n")
	if len(lines) != 3 || !strings.Contains(lines[0], "RAPPORT_STORE=") || !strings.Contains(lines[0], "RAPPORT_NATS=") {
		t.Fatalf("it says %q", lines)
	}
	dir := t.TempDir()
	start := func(line string) *running {
		t.Helper()
		line, _, _ = strings.Cut(line, "  #")
		prepare, command, ok := strings.Cut(line, "./rapport ")
		if !ok {
			t.Fatalf("nothing starts in %q", line)
		}
		if prepare = strings.TrimSuffix(strings.TrimSpace(prepare), "&&"); prepare != "" {
			sh := osexec.Command("sh", "-ec", prepare)
			sh.Dir = dir
			if out, err := sh.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v %s", prepare, err, out)
			}
		}
		args := strings.Fields(command)
		for i := range args {
			switch {
			case i > 0 && args[i-1] == "--data":
				args[i] = filepath.Join(dir, args[i])
			case i > 0 && args[i-1] == "--addr":
				args[i] = "127.0.0.1:0" // the port may be taken here
			}
		}
		r := startServer(t, s.args(args...)...)
		t.Cleanup(func() { r.end(t) })
		if log := r.log.String(); strings.Contains(log, "level=WARN") {
			t.Errorf("it warns:\n%s", log)
		}
		return r
	}
	one := start(lines[1])
	two := start(lines[2])
	if one.places.SiteKey != two.places.SiteKey {
		t.Fatalf("they show two sites: %s and %s", one.places.SiteKey, two.places.SiteKey)
	}
	w := newContract(t, two.places.Widget)
	w.console = strings.TrimSuffix(two.places.Console, "/console/")
	_, token, _ := strings.Cut(two.places.Setup, "#")
	me := w.call("setUp", object{"token": token, "name": "Nora Quist", "email": "nora@shop.example", "password": "a long walk by the river"})
	w.csrf = me["csrf"].(string)
	v := newContract(t, one.places.Widget)
	talk := v.visitor(one.places.SiteKey)
	w.call("takeConversation", object{}, "id", talk)
	w.call("postMessage", object{"client_id": "c-several-1", "kind": "reply", "text": "It left us this morning."}, "id", talk)
	if thread := fmt.Sprint(v.call("readOwnThread", nil, "id", talk)); !strings.Contains(thread, "It left us this morning.") {
		t.Errorf("on the other server stands %s", thread)
	}
}

// A server that stops says so while it still answers, where somebody watches it, so that
// a proxy turns to the others in time; where nobody does it does not wait.
func TestAServerThatStopsSaysSo(t *testing.T) {
	s := newShared(t)
	unseen := startServer(t, s.args("--data", s.folder())...)
	began := time.Now()
	unseen.end(t)
	if took := time.Since(began); took >= leaveTime {
		t.Errorf("nobody watches, and it waits for %v", took)
	}
	r := startServer(t, s.args("--data", s.folder())...)
	if code, body := get(t, r.places.Widget+"/readyz"); code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	began = time.Now()
	r.stop()
	comesTrue(t, "it does not say that it stops", func() bool {
		code, body := get(t, r.places.Widget+"/readyz")
		return code == http.StatusServiceUnavailable && strings.Contains(body, "stops")
	})
	if code, _ := get(t, r.places.Widget+"/panel?site="+r.places.SiteKey); code != http.StatusOK {
		t.Errorf("while it says so it answers %d", code)
	}
	if code := <-r.code; code != 0 || time.Since(began) < leaveTime {
		t.Errorf("exit code %d after %v", code, time.Since(began))
	}
	// One that is alone has nobody to send them to.
	alone := startServer(t, "--data", t.TempDir())
	_, _ = get(t, alone.places.Widget+"/readyz")
	began = time.Now()
	alone.end(t)
	if took := time.Since(began); took >= leaveTime {
		t.Errorf("it is alone, and waits for %v", took)
	}
}
