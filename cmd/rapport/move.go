package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rapport/storage"
)

// moving is what the command line of move asks for.
type moving struct {
	home    // the folder to move from, and the database to move to
	replace bool
	json    bool
}

// move carries an installation's database from SQLite to Postgres. What else lies in
// the data folder stays there and goes on belonging to the installation.
func move(ctx context.Context, args []string, s streams) int {
	fset := flag.NewFlagSet("move", flag.ContinueOnError)
	var m moving
	from := fset.String("from", "", "`sqlite:FOLDER` to move from; empty for that of data")
	to := fset.String("to", "", "`URL` of the Postgres database to move to; empty for that of store")
	fset.BoolVar(&m.replace, "replace", false, "empty a database to move to that holds something else first")
	fset.BoolVar(&m.json, "json", false, "print what was moved as one JSON line")
	if code, ok := m.parse(fset, args, s); !ok {
		return code
	}
	if err := m.between(*from, *to); err != nil {
		fmt.Fprintln(s.err, "rapport:", err)
		return 2
	}
	if err := m.run(ctx, s); err != nil {
		return fail(s.err, err)
	}
	return 0
}

// between reads where to move from and to. No error quotes an address, which holds a
// password.
func (m *moving) between(from, to string) (err error) {
	if from != "" {
		dir, lite := strings.CutPrefix(from, "sqlite:")
		switch {
		case !lite || dir == "":
			return errors.New("from: only SQLite can be moved from: write it like sqlite:/var/lib/rapport, which is the data folder")
		case filepath.Base(dir) == databaseName:
			dir = filepath.Dir(dir) // the file itself was named; the key lies beside it
		}
		m.dir = dir
	}
	if to != "" {
		if m.where, err = storage.Whereabouts(to); err != nil {
			return fmt.Errorf("to: %w", err)
		}
		m.store = to
	}
	if m.store == "" {
		return errors.New("say where to move to with --to postgres://…, or better with RAPPORT_STORE in the environment, where nobody on the machine sees its password")
	}
	return nil
}

func (m *moving) run(ctx context.Context, s streams) (err error) {
	began := time.Now()
	source := data{dir: m.dir}
	if _, err := os.Stat(source.database()); err != nil {
		return fmt.Errorf("there is no database in %s: %w. Choose the folder with --from sqlite:FOLDER", m.dir, unwrapPath(err))
	}
	d, err := openData(m.dir, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	say := &narrator{out: s.err}
	done, err := storage.Move(ctx, storage.MoveOptions{
		From: d.database(), To: m.store, Options: storage.Options{Key: d.purpose("seal")}, Replace: m.replace,
		Dropping: func(tables []storage.MovedTable) {
			for _, t := range tables {
				fmt.Fprintf(s.err, "dropping %d rows of %s from %s\n", t.Rows, t.Name, m.where)
			}
		},
		Progress: say.hear,
		Seal:     func() error { return d.markMoved(m.where, time.Now()) },
	})
	if err != nil {
		return m.explainMove(ctx, err)
	}
	if m.json {
		return json.NewEncoder(s.out).Encode(struct {
			To string `json:"to"`
			*storage.Moved
			Seconds float64 `json:"seconds"`
		}{m.where, done, time.Since(began).Seconds()})
	}
	if done.Already {
		fmt.Fprintf(s.out, "This installation was moved to %s before. Nothing was changed.\n", m.where)
		return nil
	}
	fmt.Fprintf(s.out, "Moved to %s: %d rows of %d tables, all of them compared; %d entries of the audit log, their chain whole.\nStart the server on it with RAPPORT_STORE and the same --data %s: key and files are still there. The database in that folder was left as it is.\n",
		m.where, done.Rows, len(done.Tables), done.Audit, m.dir)
	return nil
}

// explainMove adds to an error what to do about it.
func (m *moving) explainMove(ctx context.Context, err error) error {
	var why *storage.Unopened
	var rows *storage.Uncarried
	switch {
	case errors.Is(err, storage.ErrOccupied):
		return fmt.Errorf("%s: %w. Nothing was changed. Choose an empty one, or give up what it holds with --replace", m.where, err)
	case errors.As(err, &why), errors.As(err, &rows), errors.Is(err, storage.ErrMoving), errors.Is(err, storage.ErrOtherKey):
		return m.explain(err)
	case ctx.Err() != nil:
		return errors.New("stopped. Nothing is lost: run the same command again, and it goes on where it was")
	}
	return fmt.Errorf("%w. The database in %s is as it was; the same command goes on where it stopped", err, m.dir)
}

// narrator says how far a move is: the end of each stage and, on the way, at most a
// line a second.
type narrator struct {
	out  io.Writer
	last time.Time
}

func (n *narrator) hear(p storage.MoveProgress) {
	if time.Since(n.last) < time.Second && (p.All == 0 || p.Done < p.All) {
		return
	}
	n.last = time.Now()
	if p.All == 0 {
		fmt.Fprintf(n.out, "%s %s: %d rows, %d in all\n", p.Stage, p.Table, p.Rows, p.Done)
		return
	}
	fmt.Fprintf(n.out, "%s %s: %d rows, %d of %d in all, %d%%\n", p.Stage, p.Table, p.Rows, p.Done, p.All, 100*p.Done/p.All)
}

// movedName is the file that says that the folder's database was moved elsewhere.
const movedName = "moved"

// markMoved leaves that file; one from before says the same or something older.
func (d *data) markMoved(where string, at time.Time) error {
	path := filepath.Join(d.dir, movedName)
	text := fmt.Sprintf("moved to %s on %s\n", where, at.UTC().Format("2006-01-02 15:04:05 MST"))
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the file %s cannot be replaced: %w", path, unwrapPath(err))
	}
	if err := writeNew(path, []byte(text)); err != nil {
		return fmt.Errorf("the file %s cannot be written: %w", path, unwrapPath(err))
	}
	return syncFolder(d.dir)
}

// unmoved refuses to use the folder's database after it was moved elsewhere: what is
// said there would be missing here.
func unmoved(dir, store string) error {
	if store != "" {
		return nil
	}
	path := filepath.Join(dir, movedName)
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the file %s cannot be read: %w", path, unwrapPath(err))
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, 1<<10))
	if err != nil {
		return fmt.Errorf("the file %s cannot be read: %w", path, unwrapPath(err))
	}
	return fmt.Errorf("the database in %s was %s: what happened since is only there. Name it with RAPPORT_STORE. To use the old one nevertheless, remove the file %s",
		dir, strings.Join(strings.Fields(string(text)), " "), path)
}
