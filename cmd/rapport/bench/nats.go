package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// nats is a NATS server of the run's own, which is killed and comes back at the same
// port.
type nats struct {
	program string
	port    int
	cmd     *exec.Cmd // nil while it is away
}

// natsModule is the server's program in the module that the tests use.
const natsModule = "github.com/nats-io/nats-server/v2"

// natsProgram finds the server: the one that was named, else the one that is installed,
// else, in the repository, the one that its go.mod pins, built into the folder. It is
// not part of this program, which it would make larger by half.
func natsProgram(ctx context.Context, named, folder string) (string, error) {
	if named != "" {
		return exec.LookPath(named)
	}
	if path, err := exec.LookPath("nats-server"); err == nil {
		return path, nil
	}
	built := filepath.Join(folder, "nats-server")
	if err := exec.CommandContext(ctx, "go", "build", "-o", built, natsModule).Run(); err != nil {
		return "", errors.New("there is no nats-server here: install it (apt-get install nats-server), name one with --nats-server, or run this in the repository, where it can be built")
	}
	return built, nil
}

// start starts it, on the port it had before, and returns when it takes connections.
func (n *nats) start(ctx context.Context) error {
	if n.port == 0 {
		port, err := freePort()
		if err != nil {
			return err
		}
		n.port = port
	}
	cmd := exec.Command(n.program, "-a", "127.0.0.1", "-p", strconv.Itoa(n.port))
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start NATS: %w", err)
	}
	n.cmd = cmd
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); {
		c, err := net.Dial("tcp", n.address())
		if err == nil {
			return c.Close()
		}
		if err := pause(ctx, 2*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s takes no connections on %s", n.program, n.address())
}

func (n *nats) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(n.port)) }

// kill ends it at once.
func (n *nats) kill() {
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Kill() // fails only when it has ended already
	_ = n.cmd.Wait()         // it was killed
	n.cmd = nil
}

// freePort finds a port that is free now.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
