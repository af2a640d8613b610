package drive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Options say how to start a server.
type Options struct {
	Binary string // path of the executable
	Data   string // data folder
	Port   int    // 0: any free one
	Store  string // address of its Postgres database; "": SQLite in Data
	NATS   string // address by which it hears of others on that database; "": it is alone
	Args   []string
	Log    io.Writer // its standard error; nil: dropped
}

// Server is a running server process.
type Server struct {
	Place
	Port       int
	SetupToken string // "" once the owner exists

	cmd    *exec.Cmd
	done   chan struct{} // closed when the process has been waited for
	waited error
}

// banner is what a server started with --json prints when it is ready.
type banner struct {
	Console string `json:"console"`
	Setup   string `json:"setup"`
	Widget  string `json:"widget"`
	SiteKey string `json:"site_key"`
}

// startTimeout bounds the time from the start to the banner.
const startTimeout = 20 * time.Second

// Start runs `serve` on 127.0.0.1 and waits until it says where it is. The
// bench's rate limits are on: the same code with very large numbers.
func Start(ctx context.Context, o Options) (*Server, error) {
	port := o.Port
	if port == 0 {
		free, err := freePort()
		if err != nil {
			return nil, err
		}
		port = free
	}
	args := append([]string{
		"serve", "--json", "--addr", fmt.Sprintf("127.0.0.1:%d", port), "--data", o.Data, "--limits=bench",
	}, o.Args...)
	cmd := exec.Command(o.Binary, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = o.Log
	// What is measured or killed is never the database that this machine works with,
	// and hears of no other server but those it is told of.
	cmd.Env = append(os.Environ(), "RAPPORT_STORE="+o.Store, "RAPPORT_NATS="+o.NATS)
	// The server must not outlive whoever started it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &Server{Port: port, cmd: cmd, done: make(chan struct{})}
	lines := make(chan string, 16)
	go s.watch(out, lines)
	if err := s.ready(ctx, lines); err != nil {
		s.Kill()
		return nil, err
	}
	return s, nil
}

// watch owns the process: it drains standard output, then waits for the end.
func (s *Server) watch(out io.Reader, lines chan<- string) {
	in := bufio.NewScanner(out)
	for in.Scan() {
		select {
		case lines <- in.Text():
		default: // nobody reads any more
		}
	}
	close(lines)
	s.waited = s.cmd.Wait()
	close(s.done)
}

func (s *Server) ready(ctx context.Context, lines <-chan string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				<-s.done
				return fmt.Errorf("server ended before it was ready: %w", orExited(s.waited))
			}
			var b banner
			if json.Unmarshal([]byte(line), &b) != nil || b.Console == "" {
				continue
			}
			return s.settle(ctx, b)
		case <-ctx.Done():
			return fmt.Errorf("server was not ready in %s: %w", startTimeout, ctx.Err())
		}
	}
}

func orExited(err error) error {
	if err == nil {
		return errors.New("exit status 0")
	}
	return err
}

func (s *Server) settle(ctx context.Context, b banner) error {
	place, err := NewPlace(b.Console, b.Widget, b.SiteKey)
	if err != nil {
		return err
	}
	s.Place = place
	if _, token, ok := strings.Cut(b.Setup, "#"); ok {
		s.SetupToken = strings.TrimPrefix(token, "token=")
	}
	return s.awaitReady(ctx)
}

// awaitReady asks /readyz until it says yes.
func (s *Server) awaitReady(ctx context.Context) error {
	client := newHTTP(nil, 1)
	defer client.CloseIdleConnections()
	for {
		_, err := exchange(ctx, client, http.MethodGet, s.Widget+"/readyz", nil, nil, nil)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("readyz: %w", err)
		case <-s.done:
			return fmt.Errorf("server ended before it was ready: %w", orExited(s.waited))
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// PID of the process.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Kill ends the process at once, as kill -9 does, and waits until it is gone.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill() // fails only when it has ended already
	<-s.done
}

// Stop asks the process to drain (SIGTERM) and returns its exit code. A process
// that is still there after limit is killed and reported.
func (s *Server) Stop(limit time.Duration) (int, error) {
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // fails only when it has ended already
	code, ended := s.Exited(limit)
	if !ended {
		s.Kill()
		return -1, fmt.Errorf("server did not end within %s of SIGTERM", limit)
	}
	return code, nil
}

// Exited waits up to limit for the process to end by itself and returns its
// exit code, -1 when a signal ended it.
func (s *Server) Exited(limit time.Duration) (code int, ended bool) {
	select {
	case <-s.done:
		return s.cmd.ProcessState.ExitCode(), true
	case <-time.After(limit):
		return 0, false
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
