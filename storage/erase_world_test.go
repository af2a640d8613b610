package storage

import (
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rapport/hub/chat"
)

// field is a column as the random worlds fill it.
type field struct {
	name, kind string
	parent     string // table that it refers to, "" for none
}

// chaos fills every table with random rows. Every text of a customer's row carries
// their mark, so that what is left of them can be found wherever it stands.
type chaos struct {
	*testing.T
	s      *Store
	rnd    *rand.Rand
	fields map[string][]field
	order  []string            // parents before children
	rows   map[string][]string // table and mark → keys of the rows
	n      int64
}

const nobody = "nobody"

func mark(person int) string { return fmt.Sprintf("customer-%d.", person) }

func newChaos(t *testing.T, s *Store, schema *Store, seed uint64) *chaos {
	w := &chaos{T: t, s: s, rnd: rand.New(rand.NewPCG(seed, 7)), fields: map[string][]field{}, rows: map[string][]string{}}
	keys := w.parents(schema)
	rows, err := schema.readers.Query(`SELECT m.name, i.name, i.type FROM sqlite_master m, pragma_table_info(m.name) i WHERE ` + plainTables + ` ORDER BY m.name, i.cid`)
	list, err := collect(rows, err, func(row scanner) (v [3]string, err error) { return v, row.Scan(&v[0], &v[1], &v[2]) })
	w.must(err)
	for _, v := range list {
		w.fields[v[0]] = append(w.fields[v[0]], field{v[1], v[2], parentOf(v[0], v[1], keys)})
	}
	tables := slices.Sorted(maps.Keys(w.fields)) // the same order each time
	for len(w.order) < len(w.fields) {
		for _, table := range tables {
			ready := func(f field) bool { return f.parent == "" || f.parent == table || slices.Contains(w.order, f.parent) }
			if !slices.Contains(w.order, table) && !slices.ContainsFunc(w.fields[table], func(f field) bool { return !ready(f) }) {
				w.order = append(w.order, table)
			}
		}
	}
	return w
}

// parentOf is the table whose rows a column names, declared or not. A conversation
// and its matters name each other.
func parentOf(table, column string, declared map[string]string) string {
	switch {
	case declared[table+"."+column] != "":
		return declared[table+"."+column]
	case table == "file" && column == "by_id":
		return "person"
	case table == "conversation":
		return ""
	}
	return links[column]
}

func (w *chaos) parents(schema *Store) map[string]string {
	rows, err := schema.readers.Query(`SELECT m.name || '.' || f."from", f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`)
	list, err := collect(rows, err, func(row scanner) (v [2]string, err error) { return v, row.Scan(&v[0], &v[1]) })
	w.must(err)
	out := map[string]string{}
	for _, v := range list {
		out[v[0]] = v[1]
	}
	return out
}

func (w *chaos) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *chaos) exec(query string, args ...any) error {
	return w.s.exclusive(w.Context(), func(q querier, _ chat.Time) error {
		_, err := q.Exec(query, args...)
		return err
	})
}

// isTheirs reports whether rows of a table belong to a customer: they name one, or
// something of theirs. What erasing knows of the table is not asked.
func (w *chaos) isTheirs(table string) bool {
	return table == "person" || slices.ContainsFunc(w.fields[table], func(f field) bool {
		return slices.Contains([]string{"person", "conversation", "matter", "device"}, f.parent)
	})
}

// own are the tables whose rows the worlds do not make: the store fills them.
var own = []string{"migration", "setting", "site_head", "erasure", "erasure_rest", "erased_blob", "audit", "person_merge", "event", "survey_stop"}

// fill makes a world of so many customers, some of whom have two profiles.
func (w *chaos) fill(people int) {
	for _, table := range w.order {
		if slices.Contains(own, table) {
			continue
		}
		if !w.isTheirs(table) {
			for range 2 {
				w.row(table, nobody, nil)
			}
			continue
		}
		for k := range people {
			for range 1 + w.rnd.IntN(3) {
				w.row(table, mark(k), nil)
			}
		}
	}
	for k := range people {
		w.merges(mark(k))
		w.history(mark(k))
	}
	w.counters()
	w.index("search_text", `SELECT doc, conversation_id FROM search_doc`)
	w.index("search_name", `SELECT doc, person_id FROM search_person`)
}

// index writes words for each doc that a query finds, with the mark of whom it is of.
func (w *chaos) index(table, docs string) {
	rows, err := w.s.readers.Query(docs)
	list, err := collect(rows, err, func(row scanner) (v struct {
		doc int64
		of  string
	}, err error) {
		return v, row.Scan(&v.doc, &v.of)
	})
	w.must(err)
	insert := `INSERT INTO ` + table + ` (docid, line) VALUES ($1,$2)`
	if w.s.dialect.name() == "postgres" {
		insert = `INSERT INTO ` + table + ` (docid, line, words) VALUES ($1,$2,to_tsvector(''))`
	}
	for _, v := range list {
		w.must(w.exec(insert, v.doc, v.of+" says"))
	}
}

// row makes one, and remembers its key. given says what some columns hold.
func (w *chaos) row(table, of string, given map[string]any) {
	w.Helper()
	given = w.together(table, of, given)
	var columns, places []string
	var values []any
	for i, f := range w.fields[table] {
		v, set := given[f.name]
		if !set {
			v = w.value(table, of, f)
		}
		columns, places, values = append(columns, f.name), append(places, fmt.Sprintf("$%d", i+1)), append(values, v)
	}
	before := w.count(table)
	err := w.exec(`INSERT INTO `+table+` (`+strings.Join(columns, ",")+`) VALUES (`+strings.Join(places, ",")+`) ON CONFLICT DO NOTHING`, values...)
	if err != nil {
		w.Fatalf("%s: %v", table, err)
	}
	if key, text := values[0].(string); text && w.count(table) > before {
		w.rows[table+of] = append(w.rows[table+of], key)
	}
}

// links are the columns that name a row without declaring it.
var links = map[string]string{
	"conversation_id": "conversation", "person_id": "person", "matter_id": "matter", "device_id": "device", "site_id": "site", "agent_id": "agent",
}

// together picks a matter and its conversation where a row names both.
func (w *chaos) together(table, of string, given map[string]any) map[string]any {
	names := func(column string) bool {
		return slices.ContainsFunc(w.fields[table], func(f field) bool { return f.name == column })
	}
	list := w.rows["matter"+of]
	if len(list) == 0 || given != nil || !names("matter_id") || !names("conversation_id") {
		return given
	}
	m := list[w.rnd.IntN(len(list))]
	return map[string]any{"matter_id": m, "conversation_id": w.column(`SELECT conversation_id FROM matter WHERE id = $1`, m)[0]}
}

func (w *chaos) value(table, of string, f field) any {
	w.n++
	if f.kind == "BIGINT" {
		switch {
		case slices.Contains([]string{"verified", "name_given", "email_given", "live", "note", "put_back", "in_public"}, f.name):
			return w.n % 2
		case table == "conversation" && (f.name == "seq" || f.name == "public_seq"):
			return int64(0)
		}
		return w.n
	}
	parent := f.parent
	if (table == "fact" || table == "relay") && parent == "" {
		of = nobody // the rest of it stays
	}
	switch {
	case table == "file" && f.name == "conversation_id" && w.rnd.IntN(2) == 0:
		return "" // uploaded and not sent yet
	case parent != "" && parent != table:
		if list := w.rows[parent+of]; len(list) > 0 {
			return list[w.rnd.IntN(len(list))]
		}
		if list := w.rows[parent+nobody]; len(list) > 0 {
			return list[w.rnd.IntN(len(list))]
		}
		return ""
	case f.name == "merged_into" || f.name == "previous_id":
		return ""
	case f.name == "attributes":
		return fmt.Sprintf(`[{"key":"plan","value":"%s%d"}]`, of, w.n)
	case f.name == "state" && table == "conversation":
		return []string{"waiting", "open", "snoozed", "closed"}[w.rnd.IntN(4)]
	case f.name == "email" && table == "person":
		return []string{of + "@example.org", "shared@example.org"}[w.rnd.IntN(2)]
	}
	return fmt.Sprintf("%s%d", of, w.n)
}

// merges lead a customer's other profiles to the first, one of them undone.
func (w *chaos) merges(of string) {
	all := w.rows["person"+of]
	for _, from := range all[1:] {
		err := w.exec(`UPDATE person SET merged_into = $1 WHERE id = $2`, all[0], from)
		w.must(err)
		w.row("person_merge", of, map[string]any{"from_id": from, "into_id": all[0], "devices": "[]", "profiles": "[]", "filled": "[]"})
	}
}

// history gives each conversation of a customer some events.
func (w *chaos) history(of string) {
	for _, c := range w.rows["conversation"+of] {
		var site string
		w.must(w.s.readers.QueryRow(`SELECT site_id FROM conversation WHERE id = $1`, c).Scan(&site))
		events := 1 + w.rnd.IntN(5)
		for seq := range events {
			w.row("event", of, map[string]any{"conversation_id": c, "seq": seq + 1, "site_id": site, "type": "message.posted", "by_kind": "person"})
		}
		err := w.exec(`UPDATE conversation SET seq = $1 WHERE id = $2`, events, c)
		w.must(err)
	}
}

// counters are what a recount gives.
func (w *chaos) counters() {
	err := w.exec(`UPDATE conversation SET live = CASE state WHEN 'closed' THEN 0 WHEN 'snoozed' THEN 2 ELSE 1 END`)
	w.must(err)
	err = w.exec(`INSERT INTO site_head (site_id, queue, live, snoozed) SELECT id,
		(SELECT count(*) FROM conversation WHERE site_id = site.id AND state = 'waiting'), (SELECT count(*) FROM conversation WHERE site_id = site.id AND live = 1),
		(SELECT count(*) FROM conversation WHERE site_id = site.id AND live = 2) FROM site`)
	w.must(err)
	for _, address := range append(w.column(`SELECT DISTINCT email FROM person`), "stranger@example.org") {
		for _, site := range w.rows["site"+nobody] {
			err := w.exec(`INSERT INTO survey_stop (site_id, address_hash, at) VALUES ($1,$2,$3)`, site, chat.HashSecret(address), 1)
			w.must(err)
			w.copied(site, address)
		}
	}
}

// copied is what is kept of an address that got a copy and wants no more.
func (w *chaos) copied(site, address string) {
	w.n++
	hash := w.s.seal.address(site, chat.Mailbox(address))
	w.must(w.exec(`INSERT INTO transcript_stop (site_id, address_hash, at, keyed) VALUES ($1,$2,$3,1)`, site, hash, w.n))
	w.must(w.exec(`INSERT INTO transcript_count (id, site_id, address_hash, at, unproven) VALUES ($1,$2,$3,$4,1)`, chat.NewID(), site, hash, w.n))
	w.must(w.exec(`INSERT INTO transcript_link (token_hash, site_id, address_hash, locale, expires_at) VALUES ($1,$2,$3,'en',$4)`, chat.HashSecret(chat.NewSecret()), site, hash, w.n))
}

func (w *chaos) count(table string) (n int) {
	w.Helper()
	w.must(w.s.readers.QueryRow(`SELECT count(*) FROM ` + table).Scan(&n))
	return n
}

func (w *chaos) column(query string, args ...any) []string {
	w.Helper()
	rows, err := w.s.readers.Query(query, args...)
	list, err := collect(rows, err, scanString)
	w.must(err)
	return list
}

// dump is every row of every table as text.
func (w *chaos) dump() map[string][]string {
	w.Helper()
	out := map[string][]string{}
	for table, fields := range w.fields {
		rows, err := w.s.readers.Query(`SELECT * FROM ` + table)
		out[table], err = collect(rows, err, func(row scanner) (string, error) {
			values, to := make([]sql.NullString, len(fields)), []any{}
			for i := range values {
				to = append(to, &values[i])
			}
			err := row.Scan(to...)
			var cells []string
			for _, v := range values {
				cells = append(cells, v.String)
			}
			return strings.Join(cells, "|"), err
		})
		w.must(err)
		slices.Sort(out[table])
	}
	for _, table := range []string{"search_text", "search_name"} {
		out[table] = w.column(`SELECT line FROM ` + table)
	}
	return out
}
