package proof

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"rapport/storage/storagetest/cluster"
)

// long asks for the numbers of a nightly run instead of those of every run.
var long = flag.Bool("proof.long", false, "ten times the kills and three times the power cuts")

// helperEnv makes the test binary play another process: one that writes to a
// database and dies, or one that holds its lock.
const helperEnv = "PROOF_HELPER"

func TestMain(m *testing.M) {
	if role := os.Getenv(helperEnv); role != "" {
		if err := help(role, os.Getenv("PROOF_DSN")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if os.Getenv(netEnv) != "" {
		if err := joinNet(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(cannotLose)
		}
	}
	code := m.Run()
	if err := cluster.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, "stop Postgres:", err)
		code = 1
	}
	if binary.folder != "" {
		os.RemoveAll(binary.folder)
	}
	os.Exit(code)
}

// binary is the real server, built once for all tests that need it.
var binary struct {
	once   sync.Once
	folder string
	path   string
	err    error
}

// rapport returns the path of the built server, or of the one that
// PROOF_BINARY names.
func rapport(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("PROOF_BINARY"); path != "" {
		return path
	}
	binary.once.Do(func() {
		if binary.folder, binary.err = os.MkdirTemp("", "rapport-proof-"); binary.err != nil {
			return
		}
		binary.path = filepath.Join(binary.folder, "rapport")
		build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary.path, "..")
		if out, err := build.CombinedOutput(); err != nil {
			binary.err = fmt.Errorf("build: %w\n%s", err, out)
		}
	})
	if binary.err != nil {
		t.Fatal(binary.err)
	}
	return binary.path
}

func help(role, dsn string) error {
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if role == "lock" {
		return holdLock(db)
	}
	return commitRows(db)
}

// commitRows counts, commits one by one, counts again, and dies.
func commitRows(db *sql.DB) error {
	if _, err := db.Exec("CREATE TABLE IF NOT EXISTS line (n INTEGER PRIMARY KEY, text TEXT)"); err != nil {
		return err
	}
	var count int
	show := func() error {
		if err := db.QueryRow("SELECT count(*) FROM line").Scan(&count); err != nil {
			return err
		}
		fmt.Println(count)
		return nil
	}
	if err := show(); err != nil {
		return err
	}
	for range 60 {
		if _, err := db.Exec("INSERT INTO line (text) VALUES (hex(randomblob(300)))"); err != nil {
			return err
		}
	}
	if err := show(); err != nil {
		return err
	}
	return syscall.Kill(os.Getpid(), syscall.SIGKILL)
}

// holdLock takes the database's write lock, says so, and keeps it until
// standard input ends.
func holdLock(db *sql.DB) error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	fmt.Println("locked")
	_, _ = os.Stdin.Read(make([]byte, 1)) // ends with EOF, and that is all that matters
	_, err = conn.ExecContext(context.Background(), "ROLLBACK")
	return err
}
