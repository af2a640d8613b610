package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// lines is a standard output that can be waited on.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// running is a server started by the command itself.
type running struct {
	places places
	log    *lines
	stop   context.CancelFunc
	code   chan int
}

func startServer(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, log := &lines{}, &lines{}
	r := &running{log: log, stop: cancel, code: make(chan int, 1)}
	go func() {
		r.code <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--json"}, args...), streams{strings.NewReader(""), out, log})
	}()
	t.Cleanup(cancel)
	deadline := time.Now().Add(10 * time.Second)
	for !strings.Contains(out.String(), "\n") {
		if time.Now().After(deadline) {
			t.Fatalf("no greeting: %q %q", out, log)
		}
		time.Sleep(5 * time.Millisecond)
	}
	if err := json.Unmarshal([]byte(out.String()), &r.places); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return r
}

func (r *running) end(t *testing.T) {
	t.Helper()
	r.stop()
	select {
	case code := <-r.code:
		if code != 0 {
			t.Errorf("exit code %d: %s", code, r.log)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still running after 10 s")
	}
}

// exec runs rapport to its end.
func exec(t *testing.T, in string, args ...string) (code int, out, log string) {
	t.Helper()
	o, l := &lines{}, &lines{}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	code = run(ctx, args, streams{strings.NewReader(in), o, l})
	return code, o.String(), l.String()
}

func TestFirstStartPrintsTheSetUpLinkUntilThereIsAnOwner(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	first := startServer(t, "--data", dir)
	if first.places.Setup == "" || first.places.Demo == "" || first.places.Data != dir {
		t.Fatalf("greeted with %+v", first.places)
	}
	_, token, _ := strings.Cut(first.places.Setup, "#")
	if strings.Contains(first.log.String(), token) {
		t.Error("the set-up token stands in the log")
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		res, err := http.Get(first.places.Widget + path)
		if err != nil || res.StatusCode != 200 {
			t.Errorf("%s: %v %v", path, res, err)
		}
		if err == nil {
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
		}
	}
	first.end(t)

	if code, _, log := exec(t, "a long enough passphrase\n", "agent", "create", "--data", dir, "--email", "ana@example.com", "--name", "Ana", "--role", "owner"); code != 0 {
		t.Fatalf("create owner: %s", log)
	}
	second := startServer(t, "--data", dir)
	if second.places.Setup != "" || second.places.SiteKey != first.places.SiteKey {
		t.Errorf("second start: %+v", second.places)
	}
	second.end(t)
}

func TestASecondServerIsKeptOut(t *testing.T) {
	dir := t.TempDir()
	one := startServer(t, "--data", dir)
	code, _, log := exec(t, "", "serve", "--addr", "127.0.0.1:0", "--data", dir)
	if code == 0 || !strings.Contains(log, "already serving") {
		t.Errorf("a second server on one folder: %d %s", code, log)
	}
	// Commands for scripts work beside it.
	if code, out, log := exec(t, "", "site", "list", "--json", "--data", dir); code != 0 || !strings.Contains(out, one.places.SiteKey) {
		t.Errorf("site list: %d %s %s", code, out, log)
	}
	one.end(t)
}

func TestWrongSettingsAreOneLineThatHelps(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte("addr nowhere\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no port":         {[]string{"--addr", "nowhere"}, "host:port"},
		"bad port":        {[]string{"--addr", "127.0.0.1:99999"}, "port"},
		"taken port":      {[]string{"--addr", taken.Addr().String()}, "in use"},
		"level":           {[]string{"--log-level", "loud"}, "debug, info, warn or error"},
		"format":          {[]string{"--log-format", "xml"}, "text, json"},
		"public url":      {[]string{"--public-url", "chat.example.com"}, "https://chat.example.com"},
		"path in url":     {[]string{"--widget-url", "https://a.example/chat"}, "https://chat.example.com"},
		"proxies":         {[]string{"--trusted-proxies", "everyone"}, "10.0.0.0/8"},
		"demo":            {[]string{"--demo", "maybe"}, "auto, on, off"},
		"unknown flag":    {[]string{"--colour", "red"}, "--help"},
		"word too many":   {[]string{"now"}, "too many"},
		"file":            {[]string{"--config", file}, "host:port"},
		"no such file":    {[]string{"--config", "/nonexistent/x"}, "no such file"},
		"bench outside":   {[]string{"--addr", "0.0.0.0:0", "--limits", "bench"}, "loopback"},
		"number":          {[]string{"--connections-per-ip", "many"}, "--help"},
		"nats alone":      {[]string{"--nats", "nats://127.0.0.1"}, "--store"},
		"nats, own names": {[]string{"--nats", "nats://127.0.0.1", "--store", "postgres://db.example.com/chat?sslmode=disable", "--domain", "chat.example.com", "--accept-terms"}, "proxy"},
		"unwritable data": {[]string{"--addr", "127.0.0.1:0", "--data", "/proc/rapport"}, "--data"},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		args := append([]string{"serve", "--data", dir}, c.args...)
		code, _, log := exec(t, "", args...)
		if code == 0 || !strings.Contains(log, c.want) || strings.Count(strings.TrimSpace(log), "\n") != 0 {
			t.Errorf("%s: exit %d, %q", name, code, log)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s: the data folder was made", name)
		}
	}
}

func TestADatabaseOfANewerVersionIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	startServer(t, "--data", dir).end(t)
	path := filepath.Join(dir, "rapport.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`INSERT INTO migration (number, name) VALUES (9999, 'from the future'); PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	_ = db.Close()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	code, _, log := exec(t, "", "serve", "--addr", "127.0.0.1:0", "--data", dir)
	if code == 0 || !strings.Contains(log, "newer") {
		t.Errorf("exit %d: %s", code, log)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the newer database was changed (%v)", err)
	}
}

func TestFlagBeatsEnvironmentBeatsFileBeatsDefault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rapport.conf")
	if err := os.WriteFile(file, []byte("# a remark\nlog-level warn\nlog-format json\ndemo off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("RAPPORT_LOG_FORMAT", "text")
	t.Setenv("RAPPORT_DEMO", "auto")
	c, err := readConfig([]string{"--config", file, "--demo", "on"}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if c.logLevel != "warn" || c.logFormat != "text" || c.demo != "on" || c.addr != "127.0.0.1:8660" {
		t.Errorf("level %s (file), format %s (environment), demo %s (flag), addr %s (default)", c.logLevel, c.logFormat, c.demo, c.addr)
	}
}

// Other commands read the same file, for the folder that it names.
func TestTheServersFileServesEveryCommand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	file := filepath.Join(t.TempDir(), "rapport.conf")
	settings := "data " + dir + "\naddr 127.0.0.1:8660\nsmtp smtp://mail.example.com\nmail-from hello@example.com\n"
	if err := os.WriteFile(file, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"site", "list"}, {"agent", "list"}, {"audit", "--check"}} {
		if code, _, log := exec(t, "", append(args, "--config", file)...); code != 0 {
			t.Errorf("%v: %d %s", args, code, log)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "rapport.db")); err != nil {
		t.Error(err)
	}
	if code, _, _ := exec(t, "", "site", "list", "--config", file, "--addr", "127.0.0.1:1"); code != 2 {
		t.Error("a flag of the server's was taken on another command")
	}
}

// The switches that lead all links, and all webhooks, to one place are for tests on one machine alone.
func TestLinksLeadToOnePlaceInTestsOnly(t *testing.T) {
	for args, fine := range map[string]bool{
		"--link-pages 127.0.0.1:9": true, "--link-pages [::1]:9": true, "--link-pages 192.0.2.1:9": false, "--link-pages localhost:9": false, "--link-pages 127.0.0.1": false,
		"--link-pages 127.0.0.1:9 --addr 0.0.0.0:8660": false, "--link-pages 127.0.0.1:9 --public-url https://chat.example": false,
	} {
		for _, name := range []string{"--link-pages", "--webhooks-to"} {
			args := strings.ReplaceAll(args, "--link-pages", name)
			if _, err := readConfig(strings.Fields(args), io.Discard); (err == nil) != fine {
				t.Errorf("%s: %v", args, err)
			}
		}
	}
}

func TestEverySettingStandsInHelpAndReadme(t *testing.T) {
	_, out, _ := exec(t, "", "--help")
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	fs, told := flag.NewFlagSet("serve", flag.ContinueOnError), 0
	new(config).flags(fs)
	fs.VisitAll(func(f *flag.Flag) {
		if f.Name == "limits" || f.Name == "link-pages" || f.Name == "webhooks-to" {
			return
		}
		told++
		variable := "RAPPORT_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if !strings.Contains(out, "--"+f.Name+" ") || !strings.Contains(out, variable+"\n") {
			t.Errorf("--help does not tell of %s", f.Name)
		}
		if !strings.Contains(string(readme), "| `--"+f.Name+"` | `"+variable+"` |") {
			t.Errorf("the README does not tell of %s", f.Name)
		}
	})
	if told < 13 {
		t.Errorf("looked at %d settings only", told)
	}
	if strings.Contains(out, "--limits") || strings.Contains(out, "--link-pages") || strings.Contains(out, "--webhooks-to") {
		t.Error("help shows a switch of benchmarks or tests")
	}
}

func TestCommandsForScripts(t *testing.T) {
	dir := t.TempDir()
	code, out, log := exec(t, "", "site", "create", "--json", "--data", dir, "--name", "Lamps", "--origins", "https://lamps.example, https://*.lamps.example")
	if code != 0 {
		t.Fatalf("site create: %s", log)
	}
	var made struct{ Sites []siteLine }
	if err := json.Unmarshal([]byte(out), &made); err != nil || len(made.Sites) != 1 || len(made.Sites[0].Origins) != 2 || made.Sites[0].Key == "" {
		t.Errorf("site create printed %s (%v)", out, err)
	}
	for name, c := range map[string]struct {
		in   string
		args []string
		code int
		want string
	}{
		"short password":   {"short\n", []string{"agent", "create", "--email", "a@example.com", "--name", "A"}, 1, "10 characters"},
		"no password":      {"", []string{"agent", "create", "--email", "a@example.com", "--name", "A"}, 1, "standard input"},
		"no name":          {"a long enough passphrase\n", []string{"agent", "create", "--email", "a@example.com"}, 1, "--name"},
		"bad address":      {"a long enough passphrase\n", []string{"agent", "create", "--email", "a", "--name", "A"}, 1, "e-mail"},
		"bad role":         {"a long enough passphrase\n", []string{"agent", "create", "--email", "a@example.com", "--name", "A", "--role", "king"}, 1, "owner, admin"},
		"good":             {"a long enough passphrase\n", []string{"agent", "create", "--email", "B@example.com", "--name", "Ben"}, 0, ""},
		"nobody":           {"a long enough passphrase\n", []string{"agent", "password", "--email", "x@example.com"}, 1, "agent list"},
		"nobody to reset":  {"", []string{"agent", "reset-second-step", "--email", "x@example.com"}, 1, "agent list"},
		"no verb":          {"", []string{"agent"}, 2, "create|list|password"},
		"bad origin":       {"", []string{"site", "create", "--name", "X", "--origins", "lamps.example/path"}, 1, "origin"},
		"no name for site": {"", []string{"site", "create"}, 1, "name"},
	} {
		args := c.args
		if len(args) > 1 {
			args = append(args, "--data", dir)
		}
		code, out, log := exec(t, c.in, args...)
		if code != c.code || !strings.Contains(log, c.want) {
			t.Errorf("%s: exit %d, %q %q", name, code, out, log)
		}
		if strings.Contains(out+log, "a long enough passphrase") {
			t.Errorf("%s: the password was printed", name)
		}
	}
	if code, _, log := exec(t, "another long passphrase\n", "agent", "password", "--email", "b@example.com", "--data", dir); code != 0 {
		t.Errorf("password: %s", log)
	}
	if _, out, _ := exec(t, "", "agent", "list", "--json", "--data", dir); !strings.Contains(out, `"email":"b@example.com"`) || strings.Contains(out, "argon2") {
		t.Errorf("list: %s", out)
	}
	if code, _, log := exec(t, "", "dance"); code != 2 || !strings.Contains(log, "rapport help") {
		t.Errorf("unknown command: %d %s", code, log)
	}
}
