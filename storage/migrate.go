package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
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

// load returns a database's migrations by number, 1, 2 … without gaps: those of both
// databases and, from the folder of its name, its own.
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
	for i, file := range files {
		head, rest, _ := strings.Cut(path.Base(file), "_")
		n, err := strconv.Atoi(head)
		if err != nil || n != i+1 {
			return nil, fmt.Errorf("migration %s is out of order", file)
		}
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

// migrate brings the tables up to date, each migration in a transaction of its
// own, so that a start that was killed goes on where it stopped.
func migrate(ctx context.Context, db *sql.DB, d dialect) error {
	all, err := load(d.name())
	if err != nil {
		return err
	}
	return migrateAll(ctx, db, d, all)
}

func migrateAll(ctx context.Context, db *sql.DB, d dialect, all []migration) error {
	for {
		more, err := migrateOne(ctx, db, d, all)
		if err != nil || !more {
			return err
		}
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
	if done > len(all) {
		return false, fmt.Errorf("%w: it has migration %d, this one knows %d; start the newer rapport, or restore a backup made before the upgrade", ErrNewer, done, len(all))
	}
	if done == len(all) {
		return false, tx.Commit()
	}
	m := all[done]
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
