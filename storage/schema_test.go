package storage

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapport/storage/storagetest/cluster"
)

// Both databases have the same migrations, tables, columns and indexes.
func TestDatabasesAgree(t *testing.T) {
	lite, err := load("sqlite")
	if err != nil {
		t.Fatal(err)
	}
	full, err := load("postgres")
	if err != nil {
		t.Fatal(err)
	}
	if len(lite) != len(full) {
		t.Fatalf("%d migrations for SQLite, %d for Postgres", len(lite), len(full))
	}
	for i := range lite {
		if lite[i].number != full[i].number || lite[i].name != full[i].name {
			t.Errorf("migration %d %s against %d %s", lite[i].number, lite[i].name, full[i].number, full[i].name)
		}
	}
	a := openSQLite(t, newFile(t))
	b := openSQLite(t, cluster.Database(t))
	for _, part := range []struct{ name, lite, full string }{
		{"columns",
			`SELECT m.name, i.name, i.type, i."notnull" FROM sqlite_master m, pragma_table_info(m.name) i WHERE m.type = 'table'`,
			`SELECT table_name, column_name, upper(data_type), CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END FROM information_schema.columns WHERE table_schema = 'public'`},
		{"indexes",
			`SELECT m.name, i.seqno, coalesce(i.name, ''), instr(m.sql, 'UNIQUE') > 0 FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.type = 'index' AND m.sql <> ''`,
			`SELECT c.relname, k.place - 1, coalesce(a.attname, ''), CASE WHEN x.indisunique THEN 1 ELSE 0 END FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
				JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
				CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(num, place) LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num
				WHERE NOT EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conindid = x.indexrelid)`},
	} {
		left, right := described(t, a.readers, part.lite), described(t, b.readers, part.full)
		if len(left) == 0 {
			t.Errorf("no %s", part.name)
		}
		for _, v := range left {
			if !slices.Contains(right, v) {
				t.Errorf("%s: only SQLite has %s", part.name, v)
			}
		}
		for _, v := range right {
			if !slices.Contains(left, v) {
				t.Errorf("%s: only Postgres has %s", part.name, v)
			}
		}
	}
}

// described runs a query of four columns.
func described(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	out, err := collect(rows, err, func(row scanner) (string, error) {
		var a, b, c, d string
		err := row.Scan(&a, &b, &c, &d)
		return strings.Join([]string{a, b, c, d}, " "), err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A start that failed or was killed between two migrations goes on with the
// second, on both databases.
func TestMigrationsGoOn(t *testing.T) {
	for name, dsn := range map[string]func() string{
		"sqlite": func() string { return newFile(t) }, "postgres": func() string { return cluster.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s := openSQLite(t, dsn())
			all, err := load(s.dialect.name())
			if err != nil {
				t.Fatal(err)
			}
			n := len(all)
			all = append(all,
				migration{n + 1, "one", `CREATE TABLE one (x BIGINT); INSERT INTO one (x) VALUES (1)`},
				migration{n + 2, "two", `CREATE TABLE two (x BIGINT); INSERT INTO two (x) VALUES (1); INSERT INTO absent (x) VALUES (1)`},
				migration{n + 3, "three", `ALTER TABLE two ADD COLUMN y BIGINT`})
			if err := s.writer.close(); err != nil {
				t.Fatal(err)
			}
			if err := migrateAll(t.Context(), s.writers, s.dialect, all); err == nil || !strings.Contains(err.Error(), "migration "+fmt.Sprint(n+2)+" two") {
				t.Errorf("the broken migration: %v", err)
			}
			if _, err := s.readers.Exec(`SELECT * FROM two`); err == nil {
				t.Error("half of a migration stayed")
			}
			all[n+1].sql = `CREATE TABLE two (x BIGINT)`
			if err := migrateAll(t.Context(), s.writers, s.dialect, all); err != nil {
				t.Fatal(err)
			}
			var one, done int
			if err := s.readers.QueryRow(`SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM migration) FROM two RIGHT JOIN one ON 1 = 1 WHERE y IS NULL`).Scan(&one, &done); err != nil {
				t.Fatal(err)
			}
			if one != 1 || done != n+3 {
				t.Errorf("the first ran %d times, %d are noted", one, done)
			}
		})
	}
}
