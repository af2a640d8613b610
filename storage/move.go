package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrMoving is returned by Open when a Move into the database has not ended.
var ErrMoving = errors.New("a move into this database was interrupted, and what it holds is not whole")

// ErrOccupied is returned by Move when the target holds what no interrupted move of
// the same installation has put there.
var ErrOccupied = errors.New("the database to move to is not empty")

// MoveOptions of Move.
type MoveOptions struct {
	// From is the path of a SQLite file that nobody serves and nobody can begin to
	// serve until Move returns.
	From string
	// To is the URL of a Postgres database.
	To string
	// Key and what else of Options holds for both.
	Options Options
	// Replace empties a target that holds something else first; Dropping hears
	// before that how many rows of each table go. Nil tells nobody.
	Replace  bool
	Dropping func([]MovedTable)
	// Progress hears after each batch how far the move is, and must return at once.
	Progress func(MoveProgress)
	// Seal is called when all has been carried and checked, just before the target is
	// marked whole: what keeps servers off the source belongs here. With an error of
	// its the target stays unfinished.
	Seal func() error

	batch int // rows of one; 0 means moveRows
}

// MoveStage is what a Move does to a table.
type MoveStage string

// The stages of a move, in their order. Each goes through all tables.
const (
	MoveReading  MoveStage = "reading"
	MoveCarrying MoveStage = "carrying"
	MoveChecking MoveStage = "checking"
)

// MoveProgress is how far a stage is with a table.
type MoveProgress struct {
	Stage MoveStage
	Table string
	Rows  int64 // of the table, so far
	Done  int64 // of all tables, so far
	All   int64 // rows of all tables; 0 until they are counted
}

// MovedTable is how many rows of a table are carried.
type MovedTable struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

// Moved is what Move has done.
type Moved struct {
	Tables  []MovedTable `json:"tables"`
	Rows    int64        `json:"rows"`
	Resumed bool         `json:"resumed"` // an interrupted move went on
	Already bool         `json:"already"` // an earlier move had ended; nothing was done
	Audit   int64        `json:"audit"`   // entries of the audit log whose chain is whole
}

// Move carries an installation from SQLite to Postgres: every row with its numbers,
// and the epoch. Clients go on where they were, since both databases have the same
// history: what a client has seen has the same number there. The source is brought up
// to date and otherwise left as it is.
//
// While it runs, the target cannot be opened by others: it says that it is being
// moved to, and how far, in the transaction of each batch. So a move that was killed
// goes on where it was; one whose source has changed meanwhile begins anew. Only when
// the rows of both sides have the same sums the mark goes, with the last transaction.
//
// It returns an Uncarried, before anything is written, for rows that Postgres cannot
// hold, ErrOccupied for a target that is not empty, and whatever Open returns.
func Move(ctx context.Context, opt MoveOptions) (out *Moved, err error) {
	if isPostgres(opt.From) || !isPostgres(opt.To) {
		return nil, errors.New("a move goes from SQLite to Postgres")
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	defer func() {
		if cause := context.Cause(ctx); err != nil && cause != nil && !errors.Is(err, cause) {
			err = fmt.Errorf("%w (%w)", cause, err)
		}
	}()
	opt.Options.Fatal, opt.Options.Ousted = end, end
	if opt.Progress == nil {
		opt.Progress = func(MoveProgress) {}
	}
	if opt.Seal == nil {
		opt.Seal = func() error { return nil }
	}
	if opt.batch == 0 {
		opt.batch = moveRows
	}
	from, err := openSource(ctx, opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.close()) }()
	// The target comes before the long reading, so that a wrong address is heard of at
	// once.
	asTarget := opt.Options
	asTarget.DSN, asTarget.Alone, asTarget.Guest, asTarget.target = opt.To, true, false, true
	to, err := Open(ctx, asTarget)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	m := &mover{MoveOptions: opt, from: from, to: to}
	return m.run(ctx)
}

// mover is one run of Move.
type mover struct {
	MoveOptions
	from  *source
	to    *Store
	state moving
	sums  map[string]tableSum // of the source
	all   int64               // rows
	done  int64               // rows, in this stage
}

// movingName is the setting that says how far a move into the database is.
const movingName = "moving"

// moving is the value of that setting.
type moving struct {
	Epoch      string   `json:"epoch"`      // of the source
	Migrations int      `json:"migrations"` // of the code that began
	Source     string   `json:"source"`     // sum of all that the source held
	Table      string   `json:"table"`      // the latest that rows came to, "" for none yet
	Key        []string `json:"key"`        // of its latest row
	Rows       int64    `json:"rows"`       // of that table
}

func (m *mover) run(ctx context.Context) (*Moved, error) {
	found, err := m.to.moving(ctx)
	if err != nil {
		return nil, err
	}
	ours := found != nil && found.Epoch == m.from.epoch
	if found == nil && m.to.Epoch() == m.from.epoch && !m.Replace {
		return &Moved{Already: true, Tables: []MovedTable{}}, nil
	}
	held, err := m.held(ctx)
	if err != nil {
		return nil, err
	}
	if !ours && len(held) > 0 && !m.Replace {
		return nil, fmt.Errorf("%w: %s", ErrOccupied, listed(held))
	}
	if err := m.survey(ctx); err != nil {
		return nil, err
	}
	out := &Moved{Resumed: ours && found.Source == m.state.Source && !m.Replace}
	if out.Resumed {
		m.state = *found
	} else {
		if !ours && len(held) > 0 && m.Dropping != nil {
			m.Dropping(held)
		}
		if err := m.begin(ctx); err != nil {
			return nil, err
		}
	}
	if err := m.carry(ctx); err != nil {
		return nil, err
	}
	if out.Audit, err = m.check(ctx); err != nil {
		return nil, err
	}
	for _, t := range m.from.tables {
		out.Tables = append(out.Tables, MovedTable{t.name, m.sums[t.name].rows})
	}
	out.Rows = m.all
	return out, m.finish(ctx)
}

// listed words what tables hold, the fullest first.
func listed(tables []MovedTable) string {
	tables = slices.Clone(tables)
	slices.SortStableFunc(tables, func(a, b MovedTable) int { return int(b.Rows - a.Rows) })
	var parts []string
	for i, t := range tables {
		if i == 5 {
			parts = append(parts, fmt.Sprintf("and %d more tables", len(tables)-i))
			break
		}
		parts = append(parts, fmt.Sprintf("%d rows of %s", t.Rows, t.Name))
	}
	return strings.Join(parts, ", ")
}

// held returns the tables of the target that are not empty.
func (m *mover) held(ctx context.Context) (out []MovedTable, err error) {
	for _, t := range m.from.tables {
		var n int64
		if err := m.to.readers.QueryRowContext(ctx, `SELECT count(*) FROM `+t.name).Scan(&n); err != nil {
			return nil, fmt.Errorf("count %s: %w", t.name, err)
		}
		if n > 0 {
			out = append(out, MovedTable{t.name, n})
		}
	}
	return out, nil
}

// begin empties the target and marks it.
func (m *mover) begin(ctx context.Context) error {
	names := make([]string, len(m.from.tables))
	for i, t := range m.from.tables {
		names[i] = t.name
	}
	return m.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `TRUNCATE `+strings.Join(names, ", ")); err != nil {
			return fmt.Errorf("empty the database: %w", err)
		}
		return m.note(ctx, tx)
	})
}

// note writes down how far the move is.
func (m *mover) note(ctx context.Context, tx *sql.Tx) error {
	text, err := json.Marshal(m.state)
	if err != nil {
		return err
	}
	return putSetting(ctx, tx, movingName, string(text))
}

func putSetting(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
	if err != nil {
		return fmt.Errorf("write setting %s: %w", name, err)
	}
	return nil
}

// within runs fn in a transaction of the target's that only a held lock lets commit.
func (m *mover) within(ctx context.Context, fn func(*sql.Tx) error) error {
	tx, err := m.to.writers.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// finish puts the source's settings in place of the target's, the epoch among them,
// and takes the mark away. Who serves a database is its own.
func (m *mover) finish(ctx context.Context) error {
	settings, err := m.from.settings(ctx)
	if err != nil {
		return err
	}
	return m.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM setting WHERE name <> $1`, servedBy); err != nil {
			return fmt.Errorf("empty settings: %w", err)
		}
		for _, s := range settings {
			if err := putSetting(ctx, tx, s[0], s[1]); err != nil {
				return err
			}
		}
		return m.Seal()
	})
}

// moving returns how far a move into the database is, nil where there is none.
func (s *Store) moving(ctx context.Context) (*moving, error) {
	var text string
	err := s.writers.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = $1`, movingName).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read how far the move is: %w", err)
	}
	var m moving
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return nil, fmt.Errorf("read how far the move is: %w", err)
	}
	return &m, nil
}

// whole returns ErrMoving for the target of a move that has not ended. To go on with
// one is only possible with the tables that it began with.
func (s *Store) whole(ctx context.Context) error {
	m, err := s.moving(ctx)
	if err != nil || m == nil {
		return err
	}
	if !s.opt.target {
		return fmt.Errorf("%w. Run rapport move again: it goes on where it was", ErrMoving)
	}
	all, err := load(s.dialect.name())
	if err == nil && m.Migrations != len(all) {
		return fmt.Errorf("%w, by another version of rapport. Go on with that version, or make the database anew and move again", ErrMoving)
	}
	return err
}
