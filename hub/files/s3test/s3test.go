// Package s3test runs a real S3 server for the tests of a process: Versity's gateway
// over a temporary folder, as the module in server/ puts it together.
//
// Go builds it once on a machine and finds it built after that. It listens on a socket in
// its folder and ends with the process, however that ends. Each test has a bucket of its
// own behind a line that it can cut.
package s3test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Keys that the server knows.
const (
	KeyID  = "rapport-tests"
	Secret = "a/secret+of=tests"
)

// region is the one that the server says it is in.
const region = "eu-test-1"

var (
	mu      sync.Mutex
	running *gateway
	broken  error
)

// gateway is the running server of this process.
type gateway struct {
	dir   string
	held  io.Closer // closing it ends the server
	said  said
	count int
}

func (g *gateway) socket() string { return filepath.Join(g.dir, "s3") }

// Bucket makes an empty bucket and a line to it.
func Bucket(t testing.TB) *Line {
	t.Helper()
	mu.Lock()
	defer mu.Unlock()
	if running == nil && broken == nil {
		running, broken = start()
	}
	if broken != nil {
		t.Fatalf("no S3 server to test on: %v", broken)
	}
	running.count++
	name := fmt.Sprintf("bucket-%d", running.count)
	if err := os.Mkdir(filepath.Join(running.dir, "data", name), 0o755); err != nil {
		t.Fatal(err)
	}
	return newLine(t, running.socket(), name, filepath.Join(running.dir, "data", name))
}

func start() (*gateway, error) {
	program, err := build()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("/tmp", "rapport-s3-") // a socket's path has at most 107 bytes
	if err != nil {
		return nil, err
	}
	if err := errors.Join(os.Mkdir(dir+"/data", 0o755), os.Mkdir(dir+"/meta", 0o755)); err != nil {
		return nil, err
	}
	g := &gateway{dir: dir}
	server := exec.Command(program, dir, KeyID, Secret, region)
	server.Stderr = &g.said
	if g.held, err = server.StdinPipe(); err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	return g, g.await()
}

// await waits until the server listens, 20 s at most.
func (g *gateway) await() error {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.Dial("unix", g.socket()); err == nil {
			return conn.Close()
		}
	}
	return fmt.Errorf("the S3 server did not start\n%s", g.said.text())
}

// said is what the server complains of.
type said struct {
	mu   sync.Mutex
	kept bytes.Buffer
}

func (s *said) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.Write(b)
}

func (s *said) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.kept.String()
}

// buildTime bounds the first build on a machine, which takes a minute or two.
const buildTime = 8 * time.Minute

// build makes the program, which go finds done where its sources have not changed.
func build() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "rapport-tests")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "s3-server.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer func() { _ = lock.Close() }()
	// Packages are tested at once: one builds, the others wait.
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	ctx, end := context.WithTimeout(context.Background(), buildTime)
	defer end()
	_, here, _, _ := runtime.Caller(0)
	program := filepath.Join(dir, "s3-server")
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, ".")
	command.Dir, command.Env = filepath.Join(filepath.Dir(here), "server"), append(os.Environ(), "GOFLAGS=", "GOWORK=off", "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the S3 server: %w\n%s", err, out)
	}
	return program, nil
}
