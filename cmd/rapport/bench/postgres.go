package bench

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// postgres is a Postgres made for the length of a run, as the distribution sets it up:
// what is committed is on disk.
type postgres struct {
	folder string
	cmd    *exec.Cmd
}

// ownPostgres starts one that listens on a socket in a temporary folder and nowhere
// else.
func ownPostgres(ctx context.Context) (*postgres, error) {
	bin, err := postgresPrograms()
	if err != nil {
		return nil, err
	}
	// A socket's path has at most 107 bytes, and Postgres runs as somebody who cannot
	// enter root's home.
	p := &postgres{}
	if p.folder, err = os.MkdirTemp("", "rapport-bench-pg-"); err != nil {
		return nil, err
	}
	if err := p.start(ctx, bin); err != nil {
		return nil, errors.Join(fmt.Errorf("start a Postgres for the run (or name one with --store): %w", err), p.end())
	}
	return p, nil
}

func (p *postgres) start(ctx context.Context, bin string) error {
	if err := onDisk(p.folder); err != nil {
		return err
	}
	as, err := p.owner()
	if err != nil {
		return err
	}
	data := filepath.Join(p.folder, "data")
	initdb := exec.CommandContext(ctx, filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
	initdb.Dir, initdb.SysProcAttr = p.folder, as
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	p.cmd = exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", p.folder, "-c", "listen_addresses=")
	p.cmd.Dir, p.cmd.SysProcAttr = p.folder, as
	if err := p.cmd.Start(); err != nil {
		p.cmd = nil
		return err
	}
	return p.answers(ctx)
}

// answers waits until it takes connections, 20 s at most.
func (p *postgres) answers(ctx context.Context) (err error) {
	admin := &database{address: p.url()}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		if err = admin.exec(ctx, "SELECT 1"); err == nil {
			return nil
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return err
}

// owner says as whom it runs: Postgres refuses root, so root becomes postgres or nobody,
// and the folder becomes theirs. It does not outlive the run, however that ends.
func (p *postgres) owner() (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	if os.Geteuid() != 0 {
		return as, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(p.folder, int(uid), int(gid))
}

// url leads to the database in which others are made.
func (p *postgres) url() string {
	return "postgres:///postgres?" + url.Values{"host": {p.folder}, "user": {"postgres"}}.Encode()
}

// end stops it, without waiting for anybody who is connected, and removes its folder.
func (p *postgres) end() error {
	if p.cmd != nil {
		_ = p.cmd.Process.Signal(syscall.SIGINT) // fails only when it has ended already
		_ = p.cmd.Wait()                         // how it ended concerns nobody: its folder goes too
	}
	return os.RemoveAll(p.folder)
}

// postgresPrograms is the folder of Postgres's programs: PG_BIN, else the distribution's
// newest.
func postgresPrograms() (string, error) {
	if bin := os.Getenv("PG_BIN"); bin != "" {
		return bin, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	best, bin := 0, ""
	for _, path := range found {
		folder := filepath.Dir(path)
		if v, err := strconv.Atoi(filepath.Base(filepath.Dir(folder))); err == nil && v > best {
			best, bin = v, folder
		}
	}
	if bin == "" {
		err = errors.Join(err, errors.New("there is no Postgres here: install the package postgresql, set PG_BIN to the folder of its programs, or name with --store one on which a database may be made"))
	}
	return bin, err
}
