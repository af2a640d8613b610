package cluster

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// find returns the folder of Postgres's programs: PG_BIN, else the
// distribution's, else freshly installed.
func find() (string, error) {
	if bin := os.Getenv("PG_BIN"); bin != "" {
		if _, err := os.Stat(filepath.Join(bin, "initdb")); err != nil {
			return "", fmt.Errorf("PG_BIN: %w", err)
		}
		return bin, nil
	}
	if bin := newest("/usr/lib/postgresql"); bin != "" {
		return bin, nil
	}
	if err := install(); err != nil {
		return "", fmt.Errorf("the package postgresql is missing (apt-get install postgresql, or set PG_BIN): %w", err)
	}
	if bin := newest("/usr/lib/postgresql"); bin != "" {
		return bin, nil
	}
	return "", fmt.Errorf("the package postgresql was installed but has no initdb under /usr/lib/postgresql")
}

// newest returns the bin folder of the highest version under root that has
// initdb, "" where there is none.
func newest(root string) string {
	found, _ := filepath.Glob(filepath.Join(root, "*", "bin", "initdb"))
	best, bin := -1, ""
	for _, path := range found {
		dir := filepath.Dir(path)
		if v, err := strconv.Atoi(filepath.Base(filepath.Dir(dir))); err == nil && v > best {
			best, bin = v, dir
		}
	}
	return bin
}

// install asks the distribution for Postgres, as root or with sudo that needs no
// password.
func install() error {
	command := []string{"apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"}
	if os.Geteuid() != 0 {
		command = append([]string{"sudo", "-n"}, command...)
	}
	c := exec.Command(command[0], command[1:]...)
	c.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// owner says as whom to run: initdb refuses root, so root becomes postgres or
// nobody, and the folder becomes theirs.
func owner(dir string) (*syscall.SysProcAttr, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	as := &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return as, os.Chown(dir, int(uid), int(gid))
}
