package bench

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"rapport/cmd/rapport/bench/drive"
)

// run is one benchmark under way: the server it started, if it did, and what it
// has found.
type run struct {
	*params
	progress *progress
	result   *result
	out      io.Writer

	folder string
	pg     *postgres     // nil but where one was made for the run
	base   *database     // nil on SQLite
	pair   *pair         // nil but where there are two servers (cluster)
	server *drive.Server // nil with --target
	owner  *drive.Account
	crowd  *drive.Crowd
	log    *os.File
	cold   bool    // the program is read from the disk, as after a boot (weights)
	atRest float64 // memory before anybody signed in, MB (weights)
}

const (
	ownerEmail    = "bench@example.com"
	ownerPassword = "a password for the length of a run"
)

// begin starts the server, or finds the target, and signs in.
func (r *run) begin(ctx context.Context) error {
	if r.target != "" {
		return r.enterTarget(ctx)
	}
	if r.server == nil {
		if err := r.boot(ctx); err != nil {
			return err
		}
	}
	r.progress.step("setting up")
	owner, err := drive.SetUp(ctx, r.server.Place, r.server.SetupToken, "Bench Owner", ownerEmail, ownerPassword)
	if err != nil {
		return fmt.Errorf("set-up: %w", err)
	}
	r.enter(owner)
	return nil
}

func (r *run) enter(owner *drive.Account) {
	r.owner, r.crowd = owner, drive.NewCrowd(owner.Place)
}

func (r *run) enterTarget(ctx context.Context) error {
	place, err := drive.NewPlace(r.target, r.widget, r.site)
	if err != nil {
		return err
	}
	owner, err := drive.SignIn(ctx, place, r.email, os.Getenv("RAPPORT_BENCH_PASSWORD"))
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	r.enter(owner)
	r.result.param("target", r.target)
	return nil
}

// boot makes the folder, measures its disk and starts the server there.
func (r *run) boot(ctx context.Context) error {
	if err := r.prepare(); err != nil {
		return err
	}
	return r.start(ctx)
}

// prepare makes the run's folder and log, and measures the disk.
func (r *run) prepare() error {
	var err error
	if r.folder, err = workFolder(r.dir); err != nil {
		return err
	}
	if r.log, err = os.Create(filepath.Join(r.folder, "server.log")); err != nil {
		return err
	}
	sync, err := measureSync(r.folder)
	if err != nil {
		return fmt.Errorf("measure fdatasync: %w", err)
	}
	r.result.param("fdatasync_ms", round(ms(sync)))
	r.result.param("limits", "bench")
	r.result.note("fdatasync here: median %.3f ms. Rate limits: the profile for benchmarks (same code, huge numbers).", ms(sync))
	return nil
}

// start starts the server on the run's folder.
func (r *run) start(ctx context.Context) error {
	r.progress.step("starting a server")
	binary, err := os.Executable()
	if err != nil {
		return err
	}
	if r.cold {
		if binary, err = coldCopy(binary, r.folder); err != nil {
			return fmt.Errorf("copy the program: %w", err)
		}
	}
	o := drive.Options{Binary: binary, Data: filepath.Join(r.folder, "data"), Log: r.log}
	if r.store != "" && r.base == nil {
		if err := r.makeDatabase(ctx, r.store); err != nil {
			return err
		}
	}
	if r.base != nil {
		o.Store = r.base.url()
	}
	r.server, err = drive.Start(ctx, o)
	if err != nil {
		return fmt.Errorf("%w; its log:\n%s", err, r.tail())
	}
	return nil
}

// makeDatabase makes a database for the run, on the Postgres at an address.
func (r *run) makeDatabase(ctx context.Context, address string) error {
	var err error
	if r.base, err = newDatabase(ctx, address); err != nil {
		return err
	}
	r.result.param("store", "postgres")
	r.result.note("On Postgres. Processor time is the server's alone, without the database's.")
	return nil
}

// tail returns the end of the server's log.
func (r *run) tail() []byte {
	data, err := os.ReadFile(r.log.Name())
	if err != nil {
		return []byte(err.Error())
	}
	return data[max(0, len(data)-2000):]
}

func (r *run) close() {
	if r.pair != nil {
		r.pair.end()
	} else if r.server != nil {
		r.server.Kill()
	}
	if r.base != nil {
		if err := r.base.drop(); err != nil {
			fmt.Fprintln(os.Stderr, "rapport bench:", err)
		}
	}
	if r.pg != nil {
		if err := r.pg.end(); err != nil {
			fmt.Fprintln(os.Stderr, "rapport bench:", err)
		}
	}
	if r.log != nil {
		r.log.Close()
	}
	if r.folder != "" {
		if err := os.RemoveAll(r.folder); err != nil {
			fmt.Fprintln(os.Stderr, "rapport bench:", err)
		}
	}
}

// cpu returns the processor time of the server, or of both, so far; 0 with --target.
func (r *run) cpu() (time.Duration, error) {
	switch {
	case r.pair != nil:
		return r.pair.cpu()
	case r.server == nil:
		return 0, nil
	}
	return drive.CPU(r.server.PID())
}

// rss returns the server's memory in MB, 0 with --target.
func (r *run) rss() (float64, error) {
	if r.server == nil {
		return 0, nil
	}
	bytes, err := drive.RSS(r.server.PID())
	return float64(bytes) / (1 << 20), err
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// pause waits for d, or less if ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
