package storage

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapport/storage/storagetest/cluster"
)

// Both databases have the same migrations, tables, columns and indexes, but for
// the words of search: each keeps them in a way of its own.
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
			`SELECT m.name, i.name, i.type, i."notnull" FROM sqlite_master m, pragma_table_info(m.name) i WHERE m.type = 'table' AND m.name NOT LIKE 'search_text%' AND m.name NOT LIKE 'search_name%'`,
			`SELECT table_name, column_name, upper(data_type), CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END FROM information_schema.columns
				JOIN information_schema.tables USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('search_text', 'search_name')`},
		{"indexes",
			`SELECT m.name, i.seqno, coalesce(i.name, ''), instr(m.sql, 'UNIQUE') > 0 FROM sqlite_master m, pragma_index_info(m.name) i WHERE m.type = 'index' AND m.sql <> ''`,
			`SELECT c.relname, k.place - 1, coalesce(a.attname, ''), CASE WHEN x.indisunique THEN 1 ELSE 0 END FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid
				JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
				CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(num, place) LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.num
				WHERE c.relname NOT IN ('search_text_words', 'search_name_words') AND NOT EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conindid = x.indexrelid)`},
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
			n := all[len(all)-1].number
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
			all[len(all)-2].sql = `CREATE TABLE two (x BIGINT)`
			if err := migrateAll(t.Context(), s.writers, s.dialect, all); err != nil {
				t.Fatal(err)
			}
			var one, done int
			if err := s.readers.QueryRow(`SELECT (SELECT count(*) FROM one), (SELECT count(*) FROM migration) FROM two RIGHT JOIN one ON 1 = 1 WHERE y IS NULL`).Scan(&one, &done); err != nil {
				t.Fatal(err)
			}
			if one != 1 || done != len(all) {
				t.Errorf("the first ran %d times, %d are noted", one, done)
			}
		})
	}
}

// Messages that stood in a table of their own are found in the row of their
// event afterwards, each once and unchanged, in the order of their site.
func TestMessagesMoveIntoTheirEvents(t *testing.T) {
	for name, dsn := range map[string]func() string{
		"sqlite": func() string { return newFile(t) }, "postgres": func() string { return cluster.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s, all, run := unmigrated(t, dsn())
			if err := migrateAll(t.Context(), s.writers, s.dialect, all[:1]); err != nil {
				t.Fatal(err)
			}
			run(`INSERT INTO event (conversation_id, seq, public_seq, site_id, site_seq, type, at, by_kind, by_id, ref) VALUES
					('c1', 1, 1, 's', 1, 'conversation.started', 10, 'person', 'p', ''), ('c1', 2, 2, 's', 3, 'message.posted', 30, 'person', 'p', ''),
					('c2', 1, 0, 's', 2, 'note.posted', 20, 'agent', 'a', '')`,
				`INSERT INTO message (conversation_id, seq, public_seq, id, matter_id, client_id, kind, by_kind, by_id, text, template_id, at) VALUES
					('c1', 2, 2, 'm2', 'x', 'client-2', 'reply', 'person', 'p', 'Hello', '', 30), ('c2', 1, 0, 'm1', 'y', 'client-1', 'note', 'agent', 'a', 'Regular', 't', 20)`)
			if err := migrateAll(t.Context(), s.writers, s.dialect, all); err != nil {
				t.Fatal(err)
			}
			got := described(t, s.writers, `SELECT id, client_id, text || kind || template_id, matter_id || conversation_id || by_id FROM message ORDER BY id`)
			want := []string{"m1 client-1 Regularnotet yc2a", "m2 client-2 Helloreply xc1p"}
			if !slices.Equal(got, want) {
				t.Errorf("messages %q, want %q", got, want)
			}
			order := described(t, s.writers, `SELECT site_seq, conversation_id, seq, type FROM event ORDER BY site_seq`)
			if want := []string{"1 c1 1 conversation.started", "2 c2 1 note.posted", "3 c1 2 message.posted"}; !slices.Equal(order, want) {
				t.Errorf("events %q, want %q", order, want)
			}
		})
	}
}

// What was said of a closing before there were rounds belongs to the round that
// this closing began, and what was said before one to the first.
func TestFeedbackFindsItsRound(t *testing.T) {
	for name, dsn := range map[string]func() string{
		"sqlite": func() string { return newFile(t) }, "postgres": func() string { return cluster.Database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			s, all, run := unmigrated(t, dsn())
			if err := migrateAll(t.Context(), s.writers, s.dialect, all[:9]); err != nil {
				t.Fatal(err)
			}
			run(`INSERT INTO site (id, public_key, settings, created_at) VALUES ('s', 'k', '{}', 1)`,
				`INSERT INTO person (id, site_id, name, email, verified, attributes, locale, segment, created_at, merged_into) VALUES ('p', 's', '', '', 0, '[]', '', '', 1, '')`,
				`INSERT INTO conversation (id, site_id, person_id, channel, state, live, assignee_id, matter_id, previous_id, rank, seq, public_seq, started_at, last_at, last_by, last_kind,
					last_text, waiting_since, first_response_at, closed_at, unread, unread_public, person_delivered, person_delivered_public, person_read, person_read_public, agent_read, agent_read_public)
					VALUES ('c', 's', 'p', 'chat', 'closed', 0, '', 'm', '', 1, 9, 9, 1, 1, '', '', '', 0, 0, 70, 0, 0, 0, 0, 0, 0, 0, 0)`,
				`INSERT INTO event (conversation_id, seq, public_seq, site_id, site_seq, type, at, by_kind, by_id, ref, message_id, matter_id, client_id, kind, text, template_id) VALUES
					('c', 4, 4, 's', 4, 'conversation.closed', 40, 'agent', 'a', '', '', '', '', '', '', ''), ('c', 7, 7, 's', 7, 'conversation.closed', 70, 'agent', 'a', '', '', '', '', '', '', '')`,
				`INSERT INTO feedback (id, site_id, conversation_id, person_id, agent_id, closed_at, solved, rating, comment, thanks, at) VALUES
					('f1', 's', 'c', 'p', 'a', 0, '', 5, '', 0, 30), ('f2', 's', 'c', 'p', 'a', 40, 'yes', 0, '', 1, 50), ('f3', 's', 'c', 'p', 'a', 70, 'not_yet', 1, 'No.', 0, 80)`)
			if err := migrateAll(t.Context(), s.writers, s.dialect, all); err != nil {
				t.Fatal(err)
			}
			got := described(t, s.writers, `SELECT id, round, solved || rating || comment, thanks FROM feedback ORDER BY id`)
			if want := []string{"f1 0 5 0", "f2 4 yes0 1", "f3 7 not_yet1No. 0"}; !slices.Equal(got, want) {
				t.Errorf("feedback %q, want %q", got, want)
			}
		})
	}
}

// A database from before there were files can be backed up and restored.
func TestAnOldDatabaseHasNoBlobs(t *testing.T) {
	file := newFile(t)
	s, all, _ := unmigrated(t, file)
	if err := migrateAll(t.Context(), s.writers, s.dialect, all[:11]); err != nil {
		t.Fatal(err)
	}
	for name, blobs := range map[string]func(context.Context, string) (map[string]string, error){"all": BlobSums, "attached": AttachedBlobSums} {
		if sums, err := blobs(t.Context(), file); err != nil || sums == nil || len(sums) != 0 {
			t.Errorf("%s: %v, %v", name, sums, err)
		}
	}
}

// unmigrated is a database without a table, with the migrations that it would
// run and a way to run statements.
func unmigrated(t *testing.T, dsn string) (*Store, []migration, func(...string)) {
	t.Helper()
	s := openSQLite(t, dsn)
	all, err := load(s.dialect.name())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.writer.close(); err != nil {
		t.Fatal(err)
	}
	tables, err := s.writers.Query(map[string]string{
		"sqlite":   `SELECT name FROM sqlite_master WHERE type = 'table'`,
		"postgres": `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`,
	}[s.dialect.name()])
	names, err := collect(tables, err, scanString)
	if err != nil {
		t.Fatal(err)
	}
	run := func(statements ...string) {
		t.Helper()
		for _, statement := range statements {
			if _, err := s.writers.Exec(statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
	}
	run(`DROP VIEW message`)
	for i := 0; i < 20 && len(names) > 0; i++ { // in the order that their references allow
		names = slices.DeleteFunc(names, func(name string) bool {
			_, err := s.writers.Exec(`DROP TABLE ` + name)
			return err == nil
		})
	}
	return s, all, run
}
