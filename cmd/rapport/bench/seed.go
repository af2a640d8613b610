package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"

	_ "github.com/mattn/go-sqlite3" // writes copies into the store of a stopped server
)

// Seeding makes a large store out of a small real one: conversations that went
// through the server's front door are copied inside the database, with ids and
// times of their own. Columns are found in the database itself, so that a new
// one needs no change here.

// copied are the tables that belong to a conversation, and how a row of each
// leads to it.
var copied = []struct{ table, join string }{
	{"person", "conversation c ON c.person_id = t.id"},
	{"conversation", "conversation c ON c.id = t.id"},
	{"matter", "conversation c ON c.id = t.conversation_id"},
	{"progress", "matter m ON m.id = t.matter_id JOIN conversation c ON c.id = m.conversation_id"},
	{"event", "conversation c ON c.id = t.conversation_id"},
	{"fact", "conversation c ON c.id = t.conversation_id"},
	{"page_view", "conversation c ON c.person_id = t.person_id"},
}

// apart is the time between two copies, in milliseconds: a million of them
// reach back four months.
const apart = 10_000

// chunk is how many copies are made between two signs of progress.
const chunk = 10_000

// seed copies the conversations in a stopped server's folder until there are
// total. tick is told how many there are.
func seed(ctx context.Context, data string, total int, tick func(n int)) error {
	found, err := filepath.Glob(filepath.Join(data, "*.db"))
	if err != nil || len(found) != 1 {
		return fmt.Errorf("want one database in %s, found %v", data, found)
	}
	db, err := sql.Open("sqlite3", "file:"+found[0]+"?_journal_mode=WAL&_synchronous=OFF&_cache_size=-200000&_foreign_keys=0")
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1) // temporary tables belong to a connection
	s := &seeding{db: db}
	if err := s.prepare(ctx); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	for from := s.originals; from < total; from += chunk {
		if err := s.copy(ctx, from, min(from+chunk, total)); err != nil {
			return fmt.Errorf("copies from %d: %w", from, err)
		}
		tick(min(from+chunk, total))
	}
	return s.finish(ctx)
}

type seeding struct {
	db        *sql.DB
	originals int
	stream    int64 // the number of the last original event
	inserts   []string
}

// prepare keeps the originals in temporary tables, each row with the number of
// its conversation, and builds the statements that copy them.
func (s *seeding) prepare(ctx context.Context) error {
	statements := []string{
		"CREATE TEMP TABLE number AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM conversation",
		"CREATE TEMP TABLE local (id TEXT PRIMARY KEY) WITHOUT ROWID",
		"CREATE TEMP TABLE wanted (k INTEGER PRIMARY KEY)",
	}
	for _, c := range copied {
		id := "id"
		if c.table == "event" { // its message has one
			id = "message_id"
		}
		statements = append(statements, fmt.Sprintf("INSERT OR IGNORE INTO local SELECT %[1]s FROM %[2]s WHERE %[1]s <> ''", id, c.table))
		statements = append(statements, fmt.Sprintf(
			"CREATE TEMP TABLE original_%[1]s AS SELECT t.*, number.n FROM %[1]s t JOIN %[2]s JOIN number ON number.id = c.id",
			c.table, c.join), fmt.Sprintf("CREATE INDEX temp.original_%[1]s_n ON original_%[1]s (n)", c.table))
	}
	for _, statement := range statements {
		if _, err := s.db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM number").Scan(&s.originals); err != nil {
		return err
	}
	if err := s.db.QueryRowContext(ctx, "SELECT max(site_seq) FROM event").Scan(&s.stream); err != nil {
		return err
	}
	for _, c := range copied {
		insert, err := s.insert(ctx, c.table)
		if err != nil {
			return err
		}
		s.inserts = append(s.inserts, insert)
	}
	return nil
}

// insert builds the statement that copies a table's originals for every wanted
// number k. Rows come out in the order of k, which is that of the new ids.
func (s *seeding) insert(ctx context.Context, table string) (string, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT name, type FROM pragma_table_info(?)", table)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var names, values []string
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return "", err
		}
		names, values = append(names, name), append(values, s.value(name, kind))
	}
	return fmt.Sprintf("INSERT INTO %[1]s (%[2]s) SELECT %[3]s FROM wanted CROSS JOIN original_%[1]s o ON o.n = wanted.k %% %[4]d ORDER BY wanted.k",
		table, strings.Join(names, ", "), strings.Join(values, ", "), s.originals), rows.Err()
}

// value is what a copy holds in a column: a copied row's id becomes one that
// begins with the copy's number, times move back, a place in the site's stream
// moves on, and everything else stays.
func (s *seeding) value(name, kind string) string {
	o := "o." + name
	switch {
	case kind == "TEXT":
		return fmt.Sprintf("CASE WHEN %[1]s IN (SELECT id FROM local) THEN printf('%%08x', wanted.k) || substr(%[1]s, 9) ELSE %[1]s END", o)
	case name == "site_seq":
		return fmt.Sprintf("%s + (wanted.k / %d) * %d", o, s.originals, s.stream)
	case name == "rank":
		return fmt.Sprintf("CASE WHEN o.waiting_since > 0 THEN %[1]s - wanted.k * %[2]d ELSE %[1]s + wanted.k * %[2]d END", o, apart)
	case name == "at", name == "waiting_since", strings.HasSuffix(name, "_at"):
		return fmt.Sprintf("CASE WHEN %[1]s > 0 THEN %[1]s - wanted.k * %[2]d ELSE 0 END", o, apart)
	}
	return o
}

// copy makes the copies from (inclusive) to (exclusive).
func (s *seeding) copy(ctx context.Context, from, to int) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	if _, err := tx.ExecContext(ctx, "DELETE FROM wanted"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx,
		"WITH RECURSIVE up (k) AS (SELECT $1 UNION ALL SELECT k + 1 FROM up WHERE k + 1 < $2) INSERT INTO wanted SELECT k FROM up",
		from, to); err != nil {
		return err
	}
	for _, insert := range s.inserts {
		if _, err := tx.ExecContext(ctx, insert); err != nil {
			return fmt.Errorf("%.40s: %w", insert, err)
		}
	}
	return tx.Commit()
}

// finish brings the kept counters up to what is there now.
func (s *seeding) finish(ctx context.Context) error {
	for _, statement := range []string{
		`UPDATE site_head SET
			queue = (SELECT count(*) FROM conversation c WHERE c.site_id = site_head.site_id AND c.state = 'waiting'),
			live = (SELECT count(*) FROM conversation c WHERE c.site_id = site_head.site_id AND c.live = 1)`,
		"ANALYZE",
		"PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := s.db.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%.30s: %w", statement, err)
		}
	}
	return nil
}
