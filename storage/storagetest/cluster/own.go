package cluster

import (
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Own is a Postgres of one test's, which starts it and ends it as it likes. It asks for
// passwords on a port of 127.0.0.1 that stays the same.
type Own struct {
	t     testing.TB
	bin   string
	dir   string
	as    *syscall.SysProcAttr
	port  int
	held  io.Closer // closing it ends the server
	shell *exec.Cmd
}

// New makes a Postgres that does not run yet. It is gone when the test is over.
func New(t testing.TB) *Own {
	t.Helper()
	o := &Own{t: t}
	var err error
	if o.bin, err = find(); err != nil {
		t.Fatalf("no Postgres to test on: %v", err)
	}
	if o.dir, err = os.MkdirTemp("/tmp", "rapport-own-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		o.Stop()
		if err := os.RemoveAll(o.dir); err != nil {
			t.Error(err)
		}
	})
	if o.as, err = owner(o.dir); err != nil {
		t.Fatal(err)
	}
	initdb := exec.Command(filepath.Join(o.bin, "initdb"), "-D", o.dir+"/data", "-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = o.dir, o.as
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.port = free.Addr().(*net.TCPAddr).Port
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	return o
}

// Bin is the folder of Postgres's programs.
func (o *Own) Bin() string { return o.bin }

// follow runs the server until its standard input ends.
const follow = `"$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c fsync=off >>"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server 2>/dev/null
wait $server`

// Begin starts the server and does not wait until it answers.
func (o *Own) Begin() {
	o.t.Helper()
	o.shell = exec.Command("sh", "-c", follow, "sh", o.bin, o.dir, strconv.Itoa(o.port))
	o.shell.Dir, o.shell.SysProcAttr = o.dir, o.as
	var err error
	if o.held, err = o.shell.StdinPipe(); err != nil {
		o.t.Fatal(err)
	}
	if err := o.shell.Start(); err != nil {
		o.t.Fatal(err)
	}
}

// Start starts the server and waits until it answers, 20 s at most.
func (o *Own) Start() {
	o.t.Helper()
	o.Begin()
	admin := o.admin("postgres")
	defer admin.Close()
	var err error
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if err = admin.Ping(); err == nil {
			return
		}
	}
	log, _ := os.ReadFile(o.dir + "/log")
	o.t.Fatalf("postgres did not start: %v\n%s", err, log)
}

// Stop ends the server as an administrator does who does not wait for anybody.
func (o *Own) Stop() {
	if o.shell == nil {
		return
	}
	_ = o.held.Close()
	_ = o.shell.Wait() // it was told to end: how it says so does not matter
	o.shell = nil
}

// Kill ends the server with kill -9, and waits until all of its processes are gone.
func (o *Own) Kill() {
	o.t.Helper()
	first, err := os.ReadFile(filepath.Join(o.dir, "data", "postmaster.pid"))
	if err != nil {
		o.t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(first), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		o.t.Fatal(err)
	}
	o.Stop()
	// Its children leave by themselves, and while they are there no other starts.
	for end := time.Now().Add(10 * time.Second); o.lives(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			o.t.Fatal("processes of the killed Postgres are left")
		}
	}
}

// lives reports whether any process of the server's is there.
func (o *Own) lives() bool {
	places, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, place := range places {
		if at, err := os.Readlink(place); err == nil && at == o.dir+"/data" {
			return true
		}
	}
	return false
}

// URL leads to a database over TCP.
func (o *Own) URL(user, password, database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(user, password), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(o.port)), Path: database}
	return u.String()
}

// Exec runs statements as the administrator, each for itself.
func (o *Own) Exec(database string, statements ...string) {
	o.t.Helper()
	admin := o.admin(database)
	defer admin.Close()
	for _, s := range statements {
		if _, err := admin.Exec(s); err != nil {
			o.t.Fatalf("%s: %v", s, err)
		}
	}
}

func (o *Own) admin(database string) *sql.DB {
	o.t.Helper()
	q := url.Values{"host": {o.dir}, "port": {strconv.Itoa(o.port)}, "user": {"postgres"}}
	admin, err := sql.Open("pgx", fmt.Sprintf("postgres:///%s?%s", database, q.Encode()))
	if err != nil {
		o.t.Fatal(err)
	}
	return admin
}
