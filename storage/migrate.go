package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"rapport/hub/sorted"
)

//go:embed migrations
var migrations embed.FS

type migration struct {
	number int
	name   string
	sql    string
}

// load returns a database's migrations by number, which rises: those of both databases
// and, from the folder of its name, its own.
func load(dialect string) ([]migration, error) {
	var files []string
	for _, pattern := range []string{"migrations/*.sql", "migrations/" + dialect + "/*.sql"} {
		found, err := fs.Glob(migrations, pattern)
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	sorted.By(files, func(a, b string) int { return strings.Compare(path.Base(a), path.Base(b)) })
	var out []migration
	last := 0
	for _, file := range files {
		head, rest, _ := strings.Cut(path.Base(file), "_")
		n, err := strconv.Atoi(head)
		if err != nil || n <= last {
			return nil, fmt.Errorf("migration %s is out of order", file)
		}
		last = n
		text, err := fs.ReadFile(migrations, file)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{n, strings.TrimSuffix(rest, ".sql"), in(dialect, string(text))})
	}
	return out, nil
}

// in is the text of a migration in a database's own words: they differ in one, which
// says how SQLite lays a table out.
func in(dialect, text string) string {
	if dialect == (sqlite{}).name() {
		return text
	}
	return strings.ReplaceAll(text, " WITHOUT ROWID", "")
}

// leastMigration is the setting with the number of the migration that a server must
// know to work with the tables. Migrations only add, so that those of the version
// before go on beside them; one that takes away what older servers use writes its own
// number there, a version after the last that used it.
const leastMigration = "least_migration"

// migrate brings the tables up to date, each migration in a transaction of its
// own, so that a start that was killed goes on where it stopped. beside lets tables of
// a newer version be that can be worked with.
func migrate(ctx context.Context, db *sql.DB, d dialect, beside bool) error {
	all, err := load(d.name())
	if err != nil {
		return err
	}
	err = migrateAll(ctx, db, d, all)
	if beside && errors.Is(err, ErrNewer) {
		return bearable(ctx, db, all[len(all)-1].number)
	}
	return err
}

// bearable returns ErrNewer where the tables lack something that a server needs which
// knows the migrations up to a number.
func bearable(ctx context.Context, db *sql.DB, known int) error {
	var value string
	err := db.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = $1`, leastMigration).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the least migration: %w", err)
	}
	least, err := strconv.Atoi(value)
	if err != nil {
		return fmt.Errorf("read the least migration: %w", err)
	}
	if least > known {
		return fmt.Errorf("%w: its tables are for servers that know migration %d, this one knows %d; start the newer rapport on all servers", ErrNewer, least, known)
	}
	return nil
}

// migrationTries is how often a migration is tried that clashes with servers which go
// on meanwhile.
const migrationTries = 20

func migrateAll(ctx context.Context, db *sql.DB, d dialect, all []migration) error {
	for clashes := 0; ; {
		more, err := migrateOne(ctx, db, d, all)
		if d.clashed(err) && clashes < migrationTries {
			clashes++
			continue
		}
		if err != nil || !more {
			return err
		}
		clashes = 0
	}
}

func migrateOne(ctx context.Context, db *sql.DB, d dialect, all []migration) (more bool, err error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("begin migration: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}()
	if lock := d.lockMigrations(); lock != "" {
		if _, err := tx.ExecContext(ctx, lock); err != nil {
			return false, fmt.Errorf("lock migrations: %w", err)
		}
	}
	// Inside the lock: Postgres fails where two make the same table at once,
	// IF NOT EXISTS or not.
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migration (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)`); err != nil {
		return false, fmt.Errorf("make migration table: %w", err)
	}
	var done int
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) FROM migration`).Scan(&done); err != nil {
		return false, fmt.Errorf("read migration: %w", err)
	}
	next := slices.IndexFunc(all, func(m migration) bool { return m.number > done })
	if last := all[len(all)-1].number; done > last {
		return false, fmt.Errorf("%w: it has migration %d, this one knows %d; start the newer rapport, or restore a backup made before the upgrade", ErrNewer, done, last)
	}
	if next < 0 {
		return false, tx.Commit()
	}
	m := all[next]
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return false, fmt.Errorf("migration %d %s: %w", m.number, m.name, err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO migration (number, name) VALUES ($1, $2)`, m.number, m.name); err != nil {
		return false, fmt.Errorf("record migration %d: %w", m.number, err)
	}
	return true, tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}
