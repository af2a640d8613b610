package storage

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// plainTables leaves out the tables of words, which forgetWords and forgetName empty.
const plainTables = `m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' AND m.name NOT LIKE 'search_text_%' AND m.name NOT LIKE 'search_name_%'`

// columnsOf are the columns of every table, in their order.
func columnsOf(t *testing.T, s *Store) map[string][]string {
	t.Helper()
	rows, err := s.readers.Query(`SELECT m.name, i.name FROM sqlite_master m, pragma_table_info(m.name) i WHERE ` + plainTables + ` ORDER BY m.name, i.cid`)
	pairs, err := collect(rows, err, func(row scanner) (v [2]string, err error) { return v, row.Scan(&v[0], &v[1]) })
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, p := range pairs {
		out[p[0]] = append(out[p[0]], p[1])
	}
	return out
}

// Erasing knows every table: its rows go, or each of its columns was thought about.
// If this fails for a table or column of yours: does it hold anything of a
// customer's? Then it stands in theirs, with the column that leads to them; if not,
// in kept, with the reason.
func TestErasingKnowsEveryTableAndColumn(t *testing.T) {
	tables := columnsOf(t, openSQLite(t, newFile(t)))
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		reached := slices.ContainsFunc(theirs, func(r reach) bool { return r.table == name })
		k, stays := kept[name]
		switch {
		case reached == stays:
			t.Errorf("table %s stands in theirs: %t, in kept: %t; it belongs into one of them", name, reached, stays)
		case stays && k.columns != strings.Join(tables[name], " "):
			t.Errorf("table %s has the columns\n\t%s\nand kept has thought about\n\t%s", name, strings.Join(tables[name], " "), k.columns)
		case stays && k.why == "":
			t.Errorf("why does %s stay?", name)
		}
	}
	for _, r := range theirs {
		if !slices.Contains(tables[r.table], r.column) {
			t.Errorf("there is no %s.%s", r.table, r.column)
		}
	}
	for name := range kept {
		if tables[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
}

// What erasing deletes is found by an index, and so are the rows that refer to it:
// a parent that goes makes the database look for its children.
func TestErasingFindsByIndex(t *testing.T) {
	s := openSQLite(t, newFile(t))
	queries := []string{eraseEvents, endErasedRelays, eraseRelays, `UPDATE fact SET conversation_id = $1 WHERE conversation_id = $2`,
		`UPDATE conversation SET previous_id = '' WHERE person_id = $1 AND previous_id = $2`,
		`SELECT blob FROM file WHERE by_id = $1`, `SELECT id FROM person WHERE site_id = $1 AND email = $2 AND email <> ''`}
	for _, r := range theirs {
		queries = append(queries, r.query())
	}
	rows, err := s.readers.Query(`SELECT m.name, f."table", f."from" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`)
	keys, err := collect(rows, err, func(row scanner) (v [3]string, err error) { return v, row.Scan(&v[0], &v[1], &v[2]) })
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if slices.ContainsFunc(theirs, func(r reach) bool { return r.table == k[1] }) {
			queries = append(queries, `SELECT 1 FROM `+k[0]+` WHERE `+k[2]+` = $1`)
		}
	}
	for _, query := range queries {
		for _, line := range planOf(t, s, query) {
			if strings.HasPrefix(line, "SCAN ") {
				t.Errorf("%s\n\tin %s", line, query)
			}
		}
	}
}
