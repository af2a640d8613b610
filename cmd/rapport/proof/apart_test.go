package proof

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// netEnv says that this process has a network of its own, in which the kernel loses
// what a test wants lost.
const netEnv = "PROOF_NET"

// cannotLose is the exit code of a process that has such a network and no rules.
const cannotLose = 3

// apart runs the test that calls it once more, in a process with a network of its own,
// and reports that it has. Where this machine does not allow that the caller goes on,
// and has its wires hold what is to be lost.
func apart(t *testing.T) bool {
	t.Helper()
	if os.Getenv(netEnv) != "" {
		return false
	}
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", fmt.Sprintf("-proof.long=%v", *long))
	c.Env = append(os.Environ(), netEnv+"=1", "PROOF_BINARY="+rapport(t))
	c.SysProcAttr = &unix.SysProcAttr{Cloneflags: unix.CLONE_NEWNET}
	out, err := c.CombinedOutput()
	var ended *exec.ExitError
	if err != nil && (!errors.As(err, &ended) || ended.ExitCode() == cannotLose) {
		t.Logf("the kernel loses nothing here (%v: %s), a wire holds it", err, strings.TrimSpace(string(out)))
		return false
	}
	t.Logf("in a network of its own:\n%s", out)
	if err != nil {
		t.Error(err)
	}
	return true
}

// joinNet readies the network that this process has for itself: nothing but the way
// back to itself, and no rule yet.
func joinNet() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	lo, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	lo.SetUint16(unix.IFF_UP | unix.IFF_RUNNING)
	if err := unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, lo); err != nil {
		return err
	}
	return nft(`add table ip cut; add chain ip cut in { type filter hook input priority 0; }`)
}

// nft changes the kernel's rules.
func nft(commands string) error {
	if out, err := exec.Command("nft", commands).CombinedOutput(); err != nil {
		return fmt.Errorf("nft: %w\n%s", err, out)
	}
	return nil
}
