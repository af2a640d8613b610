package storage

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/hub/chat"
	"rapport/hub/search"
)

var (
	placeholder = regexp.MustCompile(`\$([0-9]+)`)
	statement   = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b`)
)

// inOrder reports the first placeholder that is not numbered by its first
// appearance, "" where all are. A number may come again only where the driver
// would bind it right: it does not, so each comes once.
func inOrder(query string) string {
	for i, m := range placeholder.FindAllStringSubmatch(query, -1) {
		if m[1] != strconv.Itoa(i+1) {
			return m[0]
		}
	}
	return ""
}

// Placeholders stand in order in every string of this package that has some.
func TestPlaceholdersInSource(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set, found := token.NewFileSet(), 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.BinaryExpr, *ast.BasicLit:
				query := literal(n.(ast.Expr))
				if placeholder.MatchString(query) {
					found++
					if bad := inOrder(query); bad != "" {
						t.Errorf("%s: %s is out of order in %s", set.Position(n.Pos()), bad, query)
					}
				}
				return false
			}
			return true
		})
	}
	if found < 60 {
		t.Errorf("only %d strings with placeholders were found", found)
	}
}

// literal joins the literals of an expression; the rest of it has none of the
// placeholders.
func literal(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			if err == nil {
				return s
			}
		}
	case *ast.BinaryExpr:
		return literal(e.X) + literal(e.Y)
	case *ast.CallExpr:
		out := ""
		for _, a := range e.Args {
			out += literal(a)
		}
		return out
	}
	return ""
}

// everyStatement calls each method of the store and of a unit of work with empty
// values and returns the SQL that they prepared, for reading and for writing.
func everyStatement(t *testing.T, s *Store) (reads, writes []string) {
	t.Helper()
	for _, list := range []List{Queue, Mine, Live, Asleep, Named, Closed} {
		if _, _, err := s.Rows(t.Context(), Page{SiteID: "s", AgentID: "a", List: list, Limit: 1}); err != nil {
			t.Fatal(err)
		}
	}
	for _, list := range []LedgerList{MyPromises, AnyPromises, SitePromises, LatePromises, EndedPromises} {
		if _, _, err := s.Ledger(t.Context(), LedgerPage{SiteID: "s", AgentID: "a", List: list, Limit: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.LedgerCounts(t.Context(), "s", "a", 0); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.RowsByID(t.Context(), "s", []string{"a", "b", "c"}); !chat.Is(err, chat.NotFound) {
		t.Fatal(err)
	}
	if _, _, err := s.Counts(t.Context(), "s", "a"); !chat.Is(err, chat.NotFound) {
		t.Fatal(err)
	}
	if _, err := s.Backlog(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, ask := range []string{"a b", "-a", "on:today", "a has:file", "state:open", "mood:fine -a", "a from:customer"} {
		q, err := search.Parse(ask, time.Now(), time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Search(t.Context(), Search{Query: q, Limit: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.PeopleNamed(t.Context(), "", "a b", 1); err != nil {
		t.Fatal(err)
	}
	for _, query := range []func() error{
		func() error { _, err := s.docsOf(t.Context(), &searchPlan{}, []string{"a"}, 1); return err },
		func() error { _, err := s.taggedWith(t.Context(), []string{"t"}, nil, 1); return err },
		func() error { _, err := s.taggedWith(t.Context(), []string{"t"}, []string{"a"}, 1); return err },
		func() error { _, err := s.rowsOf(t.Context(), []string{"a"}); return err },
	} {
		if err := query(); err != nil {
			t.Fatal(err)
		}
	}
	callAll(t, reflect.ValueOf(s), "Close", "Write", "Rows", "Search", "CountSearch")
	err := s.writer.submit(context.Background(), func(u *tx) error {
		c := &chat.Conversation{}
		u.heads[""] = &head{}
		_ = u.InsertConversation(c)
		_ = u.SaveConversation(&chat.Conversation{State: chat.Closed})
		_ = u.Append(c, &chat.Event{Type: chat.MessagePosted})
		_ = u.SaveDraft(&chat.Draft{Text: "x"})
		_ = u.UseSecret(&chat.DeviceSecret{Parent: "x"})
		callAll(t, reflect.ValueOf(u))
		_ = u.flush()
		for query := range s.writer.q.stmts {
			writes = append(writes, query)
		}
		return fmt.Errorf("nothing of this is to stay")
	})
	if err == nil {
		t.Fatal("the unit of work was kept")
	}
	s.stmts.Range(func(query, _ any) bool { reads = append(reads, query.(string)); return true })
	return reads, writes
}

// callAll calls every exported method of v but some; errors are of no interest.
func callAll(t *testing.T, v reflect.Value, but ...string) {
	t.Helper()
	for i := range v.NumMethod() {
		if slices.Contains(but, v.Type().Method(i).Name) {
			continue
		}
		f := v.Method(i)
		var args []reflect.Value
		for n := range f.Type().NumIn() {
			in := f.Type().In(n)
			switch {
			case f.Type().IsVariadic() && n == f.Type().NumIn()-1: // none
			case in == reflect.TypeFor[context.Context]():
				args = append(args, reflect.ValueOf(t.Context()))
			case in.Kind() == reflect.Pointer:
				args = append(args, reflect.New(in.Elem()))
			case in.Kind() == reflect.Func:
				args = append(args, nothing(in))
			default:
				args = append(args, reflect.Zero(in))
			}
		}
		f.Call(args)
	}
}

// nothing is a function of a type that returns nothing but zeros.
func nothing(of reflect.Type) reflect.Value {
	return reflect.MakeFunc(of, func([]reflect.Value) (out []reflect.Value) {
		for n := range of.NumOut() {
			out = append(out, reflect.Zero(of.Out(n)))
		}
		return out
	})
}

// mayScan are the statements that read a whole table, because that is what they
// are for or because it is always small; maySort those that sort a handful.
var (
	mayScan = regexp.MustCompile(`FROM site ORDER BY id$|FROM (team|team_member|agent_role) ORDER BY|FROM agent\s+(ORDER BY id$|WHERE (disabled_at|role))|FROM audit ORDER BY number|FROM invitation WHERE (used_at|role|token_hash = \$1 OR)|FROM agent_status WHERE at|FROM server WHERE|FROM absence WHERE ended_at = 0 AND \(until` +
		`|FROM offer$|WHERE c.guests <> '' LIMIT|WHERE q.state = 'open' AND q.by_id|WHERE c.live = 1 AND c.assignee_id <> '' LIMIT|FROM \(SELECT doc, conversation_id|FROM site_head [hc]\b|FROM site_head$|FROM search_stale LIMIT|FROM search_site WHERE back|UPDATE consult SET state = 'dropped'|UPDATE relay SET outcome = 'returned', why = 'gone'|DELETE FROM agent_session|DELETE FROM push_device WHERE NOT EXISTS|FROM erasure_rest ORDER BY|FROM erased_blob|SELECT name FROM page_part` +
		// Of each site there are ten at most.
		`|FROM webhook (w )?WHERE (w.)?paused = ''|UPDATE webhook SET lease_by = ''`)
	// byWords is a look into a table of words: 0 would be the whole of it.
	byWords = regexp.MustCompile(`VIRTUAL TABLE INDEX [1-9]`)
	maySort = regexp.MustCompile(`FROM \(SELECT doc, conversation_id|FROM (prompt|standard|answer) WHERE site_id|FROM template\s+WHERE site_id|FROM identity_secret\s+WHERE site_id` +
		`|ORDER BY (c.started_at DESC, c.|at DESC, |g.|p.)?id DESC LIMIT \$[34]$` +
		`|WHERE p.owner_id = \$1 AND p.state = 'open' AND p.anyone = 0 ORDER BY p.due_at, p.id LIMIT \$2$` +
		`|FROM conversation WHERE site_id = \$1 AND live = 1 GROUP BY assignee_id$` +
		`|FROM webhook w WHERE w.paused = ''` +
		// As many lines as there are pairs of agents, or seconds, or conversations that went far.
		`|FROM relay (r JOIN conversation c ON c.id = r.conversation_id\s+)?WHERE (r.)?site_id = \$1 AND (r.)?day >= \$2` +
		// As many lines as there are agents and days, or seconds, or marks.
		`|FROM fact (f )?WHERE site_id = \$1 AND day >= \$2`)
)

// Placeholders stand in order in every statement as it is put together, each
// finds its rows by an index, and no list is sorted on the way.
func TestStatementsAndTheirPlans(t *testing.T) {
	s := openSQLite(t, newFile(t))
	reads, writes := everyStatement(t, s)
	if len(reads) < 35 || len(writes) < 60 {
		t.Errorf("only %d statements read and %d write", len(reads), len(writes))
	}
	for _, query := range append(reads, writes...) {
		if !statement.MatchString(query) {
			continue
		}
		if bad := inOrder(query); bad != "" {
			t.Errorf("%s is out of order in %s", bad, query)
		}
		for _, line := range planOf(t, s, query) {
			scans := strings.HasPrefix(line, "SCAN ") && line != "SCAN CONSTANT ROW" && !byWords.MatchString(line) || strings.Contains(line, "AUTOMATIC")
			sorts := strings.Contains(line, "TEMP B-TREE")
			if scans && !mayScan.MatchString(query) || sorts && !maySort.MatchString(query) {
				t.Errorf("%s\n\tin %s", line, query)
			}
		}
	}
}

// Each list walks the index that was made for it, from where its page begins, and
// what every message asks for is found by its narrowest index.
func TestListsUseTheirIndexes(t *testing.T) {
	s := openSQLite(t, newFile(t))
	for query, want := range map[string]string{
		liveOfPerson:                "USING INDEX conversation_person (person_id=?)",
		messageByAuthor:             "USING INDEX event_once (client_id=? AND by_id=?)",
		rowSelect + listByState:     "USING INDEX conversation_state (site_id=? AND state=? AND (rank,id)>(?,?))",
		waitingFor:                  "USING INDEX conversation_mine (assignee_id=?)",
		rowSelect + listOfAgent:     "USING INDEX conversation_mine (assignee_id=? AND site_id=? AND (rank,id)>(?,?))",
		ledgerSelect + ledgerEnded:  "USING INDEX promise_ended (site_id=? AND (ended_at,id)<(?,?))",
		ledgerSelect + ledgerAny:    "USING INDEX promise_anyone (site_id=? AND (due_at,id)>(?,?))",
		ledgerSelect + ledgerOfSite: "USING INDEX promise_site (site_id=? AND (due_at,id)>(?,?))",
		aboutSelect + aboutStepOf:   "USING INDEX promise_site (site_id=? AND (due_at,id)>(?,?))",
		rowSelect + listLive:        "USING INDEX conversation_live (site_id=? AND (rank,id)>(?,?))",
	} {
		if plan := planOf(t, s, query); !strings.HasSuffix(plan[0], want) {
			t.Errorf("got %q\nwant %q", plan[0], want)
		}
	}
}

func planOf(t *testing.T, s *Store, query string) []string {
	t.Helper()
	args := make([]any, len(placeholder.FindAllString(query, -1)))
	rows, err := s.readers.Query("EXPLAIN QUERY PLAN "+query, args...)
	plan, err := collect(rows, err, func(row scanner) (string, error) {
		var id, parent, unused int
		var detail string
		err := row.Scan(&id, &parent, &unused, &detail)
		return detail, err
	})
	if err != nil {
		t.Fatalf("%v in %s", err, query)
	}
	return plan
}
