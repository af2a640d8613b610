package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// pair is an installation of two servers on one database and one NATS, with a front
// before them.
type pair struct {
	r       *run
	nats    *nats
	front   *front
	ports   [2]int
	servers [2]*drive.Server
	toll    toll
}

// beginPair makes the engines, starts both servers and signs in through the front.
func beginPair(ctx context.Context, r *run) (*pair, error) {
	if err := r.prepare(); err != nil {
		return nil, err
	}
	program, err := natsProgram(ctx, r.natsServer, r.folder)
	if err != nil {
		return nil, err
	}
	p := &pair{r: r, nats: &nats{program: program}}
	r.pair = p // whose end ends what has begun
	if err := p.nats.start(ctx); err != nil {
		return nil, err
	}
	for i := range p.ports {
		if p.ports[i], err = freePort(); err != nil {
			return nil, err
		}
	}
	if p.front, err = newFront(p.ports); err != nil {
		return nil, err
	}
	if err := r.findPostgres(ctx); err != nil {
		return nil, err
	}
	r.progress.step("starting two servers")
	if err := p.start(ctx, 0); err != nil {
		return nil, err
	}
	if err := p.share(); err != nil {
		return nil, err
	}
	if err := p.start(ctx, 1); err != nil {
		return nil, err
	}
	r.server = p.servers[0]
	return p, r.begin(ctx)
}

// findPostgres makes a database on the Postgres that was named, or on one of the run's
// own.
func (r *run) findPostgres(ctx context.Context) error {
	if r.store != "" {
		return r.makeDatabase(ctx, r.store)
	}
	r.progress.step("making a Postgres")
	var err error
	if r.pg, err = ownPostgres(ctx); err != nil {
		return err
	}
	return r.makeDatabase(ctx, r.pg.url())
}

// folder is the data folder of one of them.
func (p *pair) folder(i int) string { return filepath.Join(p.r.folder, fmt.Sprintf("data-%d", i)) }

// share gives the second server the key and the files of the first.
func (p *pair) share() error {
	key, err := os.ReadFile(filepath.Join(p.folder(0), "secret.key"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(p.folder(1), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.folder(1), "secret.key"), key, 0o600); err != nil {
		return err
	}
	return os.Symlink(filepath.Join(p.folder(0), "files"), filepath.Join(p.folder(1), "files"))
}

// start starts one of them, on its port.
func (p *pair) start(ctx context.Context, i int) error {
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	p.servers[i], err = drive.Start(ctx, drive.Options{
		Binary: binary, Data: p.folder(i), Port: p.ports[i], Store: p.r.base.url(), NATS: "nats://" + p.nats.address(), Log: p.r.log,
		Args: []string{
			"--public-url", fmt.Sprintf("http://localhost:%d", p.front.port()),
			"--widget-url", fmt.Sprintf("http://127.0.0.1:%d", p.front.port()),
		},
	})
	if err != nil {
		return fmt.Errorf("server %d: %w; the servers' log:\n%s", i, err, p.r.tail())
	}
	return nil
}

// stopTime is how long a server may take to stop: it says so for three seconds, and
// ends what is under way.
const stopTime = 20 * time.Second

// restart stops one of them as an upgrade does, and starts it again.
func (p *pair) restart(ctx context.Context, i int) error {
	code, err := p.servers[i].Stop(stopTime)
	if err == nil && code != 0 {
		err = fmt.Errorf("exit code %d; the servers' log:\n%s", code, p.r.tail())
	}
	if err != nil {
		return fmt.Errorf("stop server %d: %w", i, err)
	}
	return p.start(ctx, i)
}

// cpu is the processor time of both so far.
func (p *pair) cpu() (sum time.Duration, err error) {
	for _, s := range p.servers {
		used, failed := drive.CPU(s.PID())
		sum, err = sum+used, errors.Join(err, failed)
	}
	return sum, err
}

// end ends what runs.
func (p *pair) end() {
	for _, s := range p.servers {
		if s != nil {
			s.Kill()
		}
	}
	if p.front != nil {
		p.front.close()
	}
	p.nats.kill()
}
