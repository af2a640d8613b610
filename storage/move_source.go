package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// source is the SQLite side of a move. Its one connection holds the write lock, so
// that commands beside it wait or fail: nothing comes that would stay behind.
type source struct {
	db     *sql.DB
	conn   *sql.Conn
	epoch  string
	tables []carried // those that others refer to first
}

// carried is a table as a move sees it.
type carried struct {
	name    string
	columns []carriedColumn
	key     []int // the columns by which a row is found, in their order
	words   bool  // of search: Postgres keeps in a column more what SQLite keeps in tables of its own
}

type carriedColumn struct {
	name   string
	number bool // else it is text
}

// openSource brings the file up to date and locks it.
func openSource(ctx context.Context, opt MoveOptions) (_ *source, err error) {
	asSource := opt.Options
	asSource.DSN, asSource.Alone, asSource.Guest = opt.From, false, false
	store, err := Open(ctx, asSource)
	if err != nil {
		return nil, err
	}
	s := &source{epoch: store.Epoch()}
	if err := store.Close(); err != nil {
		return nil, err
	}
	if s.db, err = plain(opt.From); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return nil, err
	}
	if _, err := s.conn.ExecContext(ctx, `BEGIN IMMEDIATE`); err != nil {
		return nil, fmt.Errorf("another program writes to %s: %w. End it first", opt.From, err)
	}
	s.tables, err = s.describe(ctx)
	return s, err
}

// close lets others write again. A transaction that only read has nothing to undo.
func (s *source) close() error {
	var err error
	if s.conn != nil {
		_, _ = s.conn.ExecContext(context.Background(), `ROLLBACK`) // there is none where BEGIN failed
		err = s.conn.Close()
	}
	return errors.Join(err, s.db.Close())
}

// notCarried are the tables that each database fills itself, and settings, which go
// with the last transaction.
var notCarried = []string{"migration", "setting"}

// keyOf are the keys of tables that declare none.
var keyOf = map[string][]string{"event": {"conversation_id", "seq"}}

// describe returns the tables in an order that no reference breaks.
func (s *source) describe(ctx context.Context) ([]carried, error) {
	rows, err := s.conn.QueryContext(ctx, `SELECT m.name, i.name, i.type, i.pk FROM sqlite_master m, pragma_table_info(m.name) i
		WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'search_text_%' AND m.name NOT LIKE 'search_name_%' AND m.name NOT LIKE 'sqlite_%'
		ORDER BY m.name, i.cid`)
	type line struct {
		table, column, kind string
		key                 int
	}
	lines, err := collect(rows, err, func(row scanner) (v line, err error) { return v, row.Scan(&v.table, &v.column, &v.kind, &v.key) })
	if err != nil {
		return nil, fmt.Errorf("read tables: %w", err)
	}
	var tables []carried
	keys := map[string]map[int]int{} // table, place in its key, column
	for _, l := range lines {
		if slices.Contains(notCarried, l.table) {
			continue
		}
		if l.kind != "TEXT" && l.kind != "BIGINT" {
			return nil, fmt.Errorf("column %s.%s is of a kind %q that no move knows", l.table, l.column, l.kind)
		}
		if n := len(tables); n == 0 || tables[n-1].name != l.table {
			tables = append(tables, carried{name: l.table})
			keys[l.table] = map[int]int{}
		}
		t := &tables[len(tables)-1]
		place := l.key
		if known := slices.Index(keyOf[l.table], l.column); known >= 0 {
			place = known + 1
		}
		if place > 0 {
			keys[l.table][place] = len(t.columns)
		}
		t.columns = append(t.columns, carriedColumn{l.column, l.kind == "BIGINT"})
	}
	for i, t := range tables {
		for place := range len(keys[t.name]) {
			tables[i].key = append(tables[i].key, keys[t.name][place+1])
		}
		if len(tables[i].key) == 0 {
			return nil, fmt.Errorf("table %s has no key to carry it by", t.name)
		}
	}
	if tables, err = s.ordered(ctx, tables); err != nil {
		return nil, err
	}
	for _, name := range []string{"search_text", "search_name"} {
		tables = append(tables, carried{name, []carriedColumn{{"docid", true}, {"line", false}}, []int{0}, true})
	}
	return tables, nil
}

// ordered puts what others refer to before them.
func (s *source) ordered(ctx context.Context, tables []carried) ([]carried, error) {
	rows, err := s.conn.QueryContext(ctx, `SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`)
	list, err := collect(rows, err, func(row scanner) (v [2]string, err error) { return v, row.Scan(&v[0], &v[1]) })
	if err != nil {
		return nil, fmt.Errorf("read references: %w", err)
	}
	var out []carried
	for len(tables) > 0 {
		left := slices.DeleteFunc(slices.Clone(tables), func(t carried) bool {
			waits := slices.ContainsFunc(list, func(ref [2]string) bool {
				return ref[0] == t.name && slices.ContainsFunc(tables, func(other carried) bool { return other.name == ref[1] })
			})
			if !waits {
				out = append(out, t)
			}
			return !waits
		})
		if len(left) == len(tables) {
			return nil, fmt.Errorf("table %s refers to itself through others", left[0].name)
		}
		tables = left
	}
	return out, nil
}

// settings are all settings but those of moves and of who serves: name and value.
func (s *source) settings(ctx context.Context) ([][2]string, error) {
	rows, err := s.conn.QueryContext(ctx, `SELECT name, value FROM setting WHERE name NOT IN ($1, $2) ORDER BY name`, movingName, servedBy)
	return collect(rows, err, func(row scanner) (v [2]string, err error) { return v, row.Scan(&v[0], &v[1]) })
}

// query reads the table's rows in the order of their keys, behind one where more is
// set.
func (t *carried) query(more bool) string {
	var keys, places []string
	for i, k := range t.key {
		keys, places = append(keys, t.columns[k].name), append(places, fmt.Sprintf("$%d", i+1))
	}
	where := ""
	if more {
		where = ` WHERE (` + strings.Join(keys, ", ") + `) > (` + strings.Join(places, ", ") + `)`
		if len(keys) == 1 { // a virtual table finds no row value by its index
			where = ` WHERE ` + keys[0] + ` > $1`
		}
	}
	return t.rows() + where + ` ORDER BY ` + strings.Join(keys, ", ")
}

// rows reads all of the table in any order.
func (t *carried) rows() string {
	return `SELECT ` + strings.Join(t.names(), ", ") + ` FROM ` + t.name
}

func (t *carried) names() []string {
	out := make([]string, len(t.columns))
	for i, c := range t.columns {
		out[i] = c.name
	}
	return out
}
