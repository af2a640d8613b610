// Package cluster runs one throw-away Postgres for the tests of a process.
//
// It listens on a socket in a temporary folder and nowhere else, starts with the
// first Database that is asked for, and ends with Stop or with the process,
// however that ends: a small shell holds a pipe to us and stops the server when
// the pipe closes.
package cluster

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver
)

// server is the running Postgres of this process.
type server struct {
	dir   string
	admin *sql.DB
	held  io.Closer // closing it ends the server
	shell *exec.Cmd
	count int
	model string // database that Like copies; "" before it was called
}

var (
	mu      sync.Mutex
	running *server
	broken  error
)

// Database makes an empty database and returns its URL. The database is gone
// when the test is over. A machine that cannot run Postgres fails the test with
// the name of the package that is missing.
func Database(t testing.TB) string {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	return begin(t).make(t, "")
}

// Like is Database for one that fill has filled, given its URL. That is done once, and
// copied for each call.
func Like(t testing.TB, fill func(url string) error) string {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	s := begin(t)
	if s.model == "" {
		const model = "rapport_model"
		_, err := s.admin.Exec(`CREATE DATABASE ` + model)
		if err == nil {
			err = fill(s.url(model))
		}
		if err != nil {
			t.Fatalf("fill a database: %v", err)
		}
		s.model = model
	}
	return s.make(t, ` TEMPLATE `+s.model)
}

// begin starts the server, unless it runs. The lock is held.
func begin(t testing.TB) *server {
	t.Helper()
	if running == nil && broken == nil {
		running, broken = start()
	}
	if broken != nil {
		t.Fatalf("no Postgres to test on: %v", broken)
	}
	return running
}

// make makes a database for one test. The lock is held.
func (s *server) make(t testing.TB, options string) string {
	t.Helper()
	s.count++
	name := fmt.Sprintf("rapport_%d", s.count)
	if _, err := s.admin.Exec(`CREATE DATABASE ` + name + options); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	t.Cleanup(func() {
		if _, err := s.admin.Exec(`DROP DATABASE ` + name + ` WITH (FORCE)`); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return s.url(name)
}

// Stop ends the server and removes its files. Call it once, after the tests.
func Stop() error {
	mu.Lock()
	defer mu.Unlock()
	if running == nil {
		return nil
	}
	s := running
	running, broken = nil, errors.New("it was stopped")
	return errors.Join(s.admin.Close(), s.held.Close(), s.shell.Wait())
}

func (s *server) url(database string) string {
	q := url.Values{"host": {s.dir}, "user": {"postgres"}}
	return "postgres:///" + database + "?" + q.Encode()
}

// watch runs the server until its standard input ends, then removes everything.
const watch = `"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c max_connections=60 >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"`

func start() (*server, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	// The system's own folder for temporary files: a socket's path has at most
	// 107 bytes, and a test's TMPDIR may be deep.
	dir, err := os.MkdirTemp("/tmp", "rapport-pg-")
	if err != nil {
		return nil, err
	}
	as, err := owner(dir)
	if err != nil {
		return nil, err
	}
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", dir+"/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	initdb.Dir, initdb.SysProcAttr = dir, as
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	s := &server{dir: dir, shell: exec.Command("sh", "-c", watch, "sh", bin, dir)}
	s.shell.Dir, s.shell.SysProcAttr = dir, as
	if s.held, err = s.shell.StdinPipe(); err != nil {
		return nil, err
	}
	if err := s.shell.Start(); err != nil {
		return nil, err
	}
	return s, s.await()
}

// await waits until the server answers, 20 s at most.
func (s *server) await() (err error) {
	if s.admin, err = sql.Open("pgx", s.url("postgres")); err != nil {
		return err
	}
	s.admin.SetMaxOpenConns(1)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if err = s.admin.Ping(); err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(s.dir + "/log")
	return fmt.Errorf("postgres did not start: %w\n%s", err, log)
}
